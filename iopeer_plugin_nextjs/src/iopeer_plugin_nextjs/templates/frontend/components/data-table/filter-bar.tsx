"use client";

import { ListFilterIcon, XIcon } from "lucide-react";
import { useRef, useState } from "react";

import { type Filter, isActive } from "@/components/data-table/filters/filter";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import type { ListState } from "@/hooks/use-list-state";
import { useTranslations } from "@/lib/i18n";

/** The menu that adds a filter. */
export function FilterMenu({
  filters,
  onChoose,
}: {
  filters: readonly Filter[];
  onChoose: (name: string) => void;
}) {
  const t = useTranslations("table");
  const labels = useOwnLabels();
  const chosen = useRef(false);
  const choose = (name: string) => {
    chosen.current = true;
    onChoose(name);
  };
  const keepFocus = (event: Event) => {
    // A filter that was chosen opens by itself, and takes the focus.
    if (chosen.current) event.preventDefault();
    chosen.current = false;
  };
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" disabled={filters.length === 0}>
          <ListFilterIcon />
          {t("filter")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" onCloseAutoFocus={keepFocus}>
        {filters.map(({ name }) => (
          <DropdownMenuItem key={name} onSelect={() => choose(name)}>
            {labels.field(name)}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The filters that are set, each one a button that opens it. */
export function ActiveFilters({
  filters,
  added,
  state,
  onRemove,
}: {
  filters: readonly Filter[];
  /** The filter that was just added, and has no value yet. */
  added: string | null;
  state: ListState;
  onRemove: () => void;
}) {
  const t = useTranslations("table");
  const shown = filters.filter((filter) => filter.name === added || isActive(filter, state.values));
  if (shown.length === 0) return null;
  const clear = (cleared: readonly Filter[]) => {
    const names = cleared.flatMap((filter) => filter.parameters);
    state.change(Object.fromEntries(names.map((name) => [name, null])));
    onRemove();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {shown.map((filter) => (
        <ActiveFilter
          key={filter.name}
          filter={filter}
          state={state}
          openFirst={filter.name === added}
          onRemove={() => clear([filter])}
        />
      ))}
      <Button variant="ghost" size="sm" onClick={() => clear(shown)}>
        {t("clearFilters")}
      </Button>
    </div>
  );
}

function ActiveFilter({
  filter,
  state,
  openFirst,
  onRemove,
}: {
  filter: Filter;
  state: ListState;
  openFirst: boolean;
  onRemove: () => void;
}) {
  const t = useTranslations("table");
  const name = useOwnLabels().field(filter.name);
  const [open, setOpen] = useState(openFirst);
  const { Editor, Summary } = filter;
  const close = (next: boolean) => {
    setOpen(next);
    if (!next && !isActive(filter, state.values)) onRemove();
  };
  return (
    <span className="inline-flex max-w-full items-center rounded-md border border-dashed bg-background">
      <Popover open={open} onOpenChange={close}>
        <PopoverTrigger asChild>
          <Button variant="ghost" size="sm" className="min-w-0 rounded-r-none font-normal!">
            <span className="text-muted-foreground">{name}</span>
            {isActive(filter, state.values) && (
              <span className="truncate font-medium">
                <Summary values={state.values} />
              </span>
            )}
          </Button>
        </PopoverTrigger>
        <PopoverContent className="w-64!" aria-label={name}>
          <Editor values={state.values} change={state.change} />
        </PopoverContent>
      </Popover>
      <Button
        variant="ghost"
        size="icon-sm"
        className="rounded-l-none border-l border-dashed"
        aria-label={t("removeFilter", { name })}
        onClick={onRemove}
      >
        <XIcon className="size-3.5" />
      </Button>
    </span>
  );
}
