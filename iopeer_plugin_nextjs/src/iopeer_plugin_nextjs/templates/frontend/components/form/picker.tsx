"use client";

import { CheckIcon, ChevronsUpDownIcon, XIcon } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import {
  Command,
  CommandEmpty,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { controlClasses } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useTranslations } from "@/lib/i18n";
import { cn } from "@/lib/utils";

export interface Option {
  value: string;
  label: string;
}

export interface PickerProps {
  /** What it picks, for those who cannot see its label. */
  label?: string;
  id?: string;
  disabled?: boolean;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
  "aria-labelledby"?: string;
  onBlur?: () => void;
}

/** A button that opens a list to search in and to choose from. */
export function Picker({
  label,
  shown,
  options,
  isChosen,
  onChoose,
  onClear,
  onOpen,
  search,
  filter = true,
  empty,
  end,
  footer,
  keepOpen = false,
  onBlur,
  className,
  ...props
}: PickerProps & {
  /** What is chosen, as the button shows it; nothing where nothing is. */
  shown: ReactNode;
  options: readonly Option[];
  isChosen: (value: string) => boolean;
  onChoose: (value: string) => void;
  /** Takes the choice back, where it may be. */
  onClear?: () => void;
  onOpen?: (open: boolean) => void;
  /** The text that is searched for, where the options are found elsewhere. */
  search?: { text: string; onChange: (text: string) => void };
  /** Whether options are searched here. */
  filter?: boolean;
  empty?: ReactNode;
  /** The end of the options, which may load more of them. */
  end?: ReactNode;
  /** Below the options: that they are loading, or could not be loaded. */
  footer?: ReactNode;
  /** Whether it stays open for another choice. */
  keepOpen?: boolean;
  className?: string;
}) {
  const t = useTranslations("form");
  const [open, setOpen] = useState(false);
  const panel = useId();
  const change = (next: boolean) => {
    setOpen(next);
    onOpen?.(next);
    if (!next) onBlur?.();
  };
  return (
    <div className="relative">
      <Popover open={open} onOpenChange={change}>
        <PopoverTrigger asChild>
          <button
            type="button"
            role="combobox"
            aria-expanded={open}
            aria-controls={panel}
            aria-haspopup="dialog"
            aria-label={label}
            className={cn(
              controlClasses,
              "flex h-9 items-center justify-between gap-2 py-1 text-left",
              onClear && shown && "pr-9",
              className,
            )}
            {...props}
          >
            <span className={cn("truncate", !shown && "text-muted-foreground")}>
              {shown || t("choose")}
            </span>
            {!(onClear && shown) && (
              <ChevronsUpDownIcon
                aria-hidden="true"
                className="size-4 shrink-0 text-muted-foreground"
              />
            )}
          </button>
        </PopoverTrigger>
        <PopoverContent
          id={panel}
          aria-label={label}
          aria-labelledby={label ? undefined : `${props.id}-label`}
          className="w-(--radix-popover-trigger-width)! min-w-56 p-0!"
        >
          <Command shouldFilter={filter} label={t("search")}>
            <CommandInput
              placeholder={t("search")}
              value={search?.text}
              onValueChange={search?.onChange}
            />
            <CommandList>
              <CommandEmpty>{empty ?? t("nothingFound")}</CommandEmpty>
              {options.map((option) => (
                <CommandItem
                  key={option.value}
                  value={option.value}
                  keywords={[option.label]}
                  onSelect={() => {
                    onChoose(option.value);
                    if (!keepOpen) change(false);
                  }}
                >
                  <CheckIcon className={isChosen(option.value) ? "" : "invisible"} />
                  <span className="truncate">{option.label}</span>
                </CommandItem>
              ))}
              {end}
            </CommandList>
            {footer}
          </Command>
        </PopoverContent>
      </Popover>
      {onClear && shown && !props.disabled && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("clear")}
          className="absolute top-1 right-1 size-7! text-muted-foreground"
          onClick={onClear}
        >
          <XIcon />
        </Button>
      )}
    </div>
  );
}
