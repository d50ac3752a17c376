"use client";

import { useQueries } from "@tanstack/react-query";
import { type LucideIcon, PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import type { AnyRow } from "@/api/resource";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";
import { useAuth } from "@/hooks/use-auth";
import { useDebounced } from "@/hooks/use-debounced";
import { useEntityLabels, useReadablePlaces } from "@/hooks/use-places";
import { useTranslations } from "@/lib/i18n";
import { leave } from "@/lib/leaving";
import { pages, type Place } from "@/lib/navigation";

const SHORTEST = 2;
const FOUND = 5;

/** Goes anywhere by typing: to pages, to new rows, to what a search finds. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("palette");
  const tAll = useTranslations();
  const tLayout = useTranslations("layout");
  const labels = useEntityLabels();
  const { account, can } = useAuth();
  const router = useRouter();
  const places = useReadablePlaces();
  const [query, setQuery] = useState("");
  const results = useResults(places, query, open);
  const selection = useSelection(results);

  const close = (next: boolean) => {
    if (!next) setQuery("");
    onOpenChange(next);
  };
  const go = (href: string) => {
    close(false);
    leave(() => router.push(href));
  };
  return (
    <Dialog open={open} onOpenChange={close}>
      <DialogContent
        aria-describedby={undefined}
        className="top-[15%]! max-w-xl! translate-y-0! gap-0! overflow-hidden! p-0!"
      >
        <DialogTitle className="sr-only">{t("open")}</DialogTitle>
        <Command label={t("open")} loop {...selection}>
          <CommandInput
            placeholder={t("placeholder")}
            value={query}
            onValueChange={setQuery}
            className="h-14! pr-8"
          />
          <CommandList className="max-h-[min(24rem,60dvh)]!">
            <CommandEmpty>{t("empty")}</CommandEmpty>
            {results.map(({ place, rows }) => (
              <CommandGroup key={place.entity} heading={labels.many(place.entity)}>
                {rows.map((row) => (
                  <Entry
                    key={row.id}
                    value={valueOf(place, row)}
                    keywords={[query]}
                    icon={place.icon}
                    label={place.rows.label(row)}
                    onSelect={() => go(`${place.href}/${encodeURIComponent(row.id)}`)}
                  />
                ))}
              </CommandGroup>
            ))}
            <CommandGroup heading={t("pages")}>
              {pages
                .filter((page) => account || page.open)
                .map(({ href, icon, label }) => (
                  <Entry key={href} icon={icon} label={tAll(label)} onSelect={() => go(href)} />
                ))}
              {places.map(({ entity, href, icon }) => (
                <Entry
                  key={entity}
                  icon={icon}
                  label={labels.many(entity)}
                  onSelect={() => go(href)}
                />
              ))}
            </CommandGroup>
            <CommandGroup heading={t("create")}>
              {places
                .filter(({ entity }) => can("create", entity))
                .map(({ entity, href }) => (
                  <Entry
                    key={entity}
                    icon={PlusIcon}
                    label={tLayout("new_one", { entity: labels.inSentence(entity) })}
                    onSelect={() => go(`${href}/new`)}
                  />
                ))}
            </CommandGroup>
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

function Entry({
  icon: Icon,
  label,
  value,
  keywords,
  onSelect,
}: {
  icon: LucideIcon;
  label: string;
  value?: string;
  keywords?: string[];
  onSelect: () => void;
}) {
  return (
    <CommandItem value={value ?? label} keywords={keywords} onSelect={onSelect} className="py-2!">
      <Icon className="text-muted-foreground" aria-hidden="true" />
      <span className="truncate">{label}</span>
    </CommandItem>
  );
}

interface Result {
  place: Place;
  rows: AnyRow[];
}

/** What is chosen: the first row whenever others are found, then what the reader moves to. */
function useSelection(results: Result[]) {
  const [first] = results;
  const found = results.flatMap(({ place, rows }) => rows.map((row) => valueOf(place, row))).join();
  const [moved, setMoved] = useState({ found: "", value: "" });
  const fresh = first?.rows[0] && moved.found !== found;
  return {
    value: fresh ? valueOf(first.place, first.rows[0]) : moved.value,
    onValueChange: (value: string) => setMoved({ found, value }),
  };
}

function valueOf(place: Place, row: AnyRow | undefined): string {
  return `${place.entity} ${row?.id}`;
}

/** The first rows that a search finds, of every entity that can be searched. */
function useResults(places: Place[], query: string, open: boolean): Result[] {
  const q = useDebounced(query.trim(), 200);
  const searched = places.filter(({ rows }) => rows.search === "q");
  const found = useQueries({
    queries: searched.map(({ entity, rows }) => ({
      queryKey: [entity, "found", q],
      queryFn: ({ signal }: { signal: AbortSignal }) => rows.list({ q, limit: FOUND }, signal),
      enabled: open && q.length >= SHORTEST,
    })),
  });
  return searched.flatMap((place, index) => {
    const rows = found[index]?.data?.items ?? [];
    return rows.length > 0 ? [{ place, rows }] : [];
  });
}
