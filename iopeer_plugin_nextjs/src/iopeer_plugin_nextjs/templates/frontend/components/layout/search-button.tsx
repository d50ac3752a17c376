"use client";

import { SearchIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

const CommandPalette = dynamic(
  () => import("@/components/layout/command-palette").then((module) => module.CommandPalette),
  { ssr: false },
);

/** Opens the command palette, by click or Ctrl+K (⌘K); it is loaded when it is first wanted. */
export function SearchButton() {
  const t = useTranslations("palette");
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setWanted(true);
      setOpen((current) => !current);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  return (
    <>
      <Button
        variant="outline"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={show}
        className="px-2.5! font-normal! text-muted-foreground md:w-44 md:justify-start"
      >
        <SearchIcon />
        <span className="sr-only md:not-sr-only">{t("search")}</span>
        <kbd
          aria-hidden="true"
          className="ml-auto hidden rounded border bg-muted px-1.5 py-0.5 font-sans text-[0.6875rem] md:inline"
        >
          Ctrl K
        </kbd>
      </Button>
      {wanted && <CommandPalette open={open} onOpenChange={setOpen} />}
    </>
  );
}
