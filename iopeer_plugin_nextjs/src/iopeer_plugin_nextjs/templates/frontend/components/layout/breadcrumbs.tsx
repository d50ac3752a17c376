"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect } from "react";

import { useCurrentCrumb } from "@/components/layout/crumbs";
import { useEntityLabels } from "@/hooks/use-places";
import { title } from "@/lib/app";
import { useTranslations } from "@/lib/i18n";
import { destinationOf, pageAt } from "@/lib/places";

interface Crumb {
  label: string;
  href?: string;
}

/** Where the reader is, and the way back. */
export function Breadcrumbs() {
  const t = useTranslations("layout");
  const crumbs = useCrumbs();
  useTitle([...crumbs.map(({ label }) => label).reverse(), title].join(" · "));
  return (
    <nav aria-label={t("breadcrumbs")} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2 text-sm">
        {crumbs.map(({ label, href }, index) => (
          <li
            key={`${index}-${label}`}
            className={href ? "hidden shrink-0 items-center gap-2 sm:flex" : "min-w-0 truncate"}
          >
            {href ? (
              <>
                <Link href={href} className="text-muted-foreground hover:text-foreground">
                  {label}
                </Link>
                <span aria-hidden="true" className="text-muted-foreground">
                  /
                </span>
              </>
            ) : (
              <span aria-current="page" className="font-medium">
                {label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Calls the tab by where the reader is: the server may not know what everything is called to him. */
function useTitle(text: string) {
  useEffect(() => {
    const set = () => {
      if (document.title !== text) document.title = text;
    };
    set();
    const observer = new MutationObserver(set);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [text]);
}

function useCrumbs(): Crumb[] {
  const t = useTranslations("layout");
  const tAll = useTranslations();
  const labels = useEntityLabels();
  const pathname = usePathname();
  const crumb = useCurrentCrumb();
  const destination = destinationOf(pathname);
  if (!destination) {
    const page = pageAt(pathname);
    return page ? [{ label: tAll(page.label) }] : [];
  }
  const { place, verb, id } = destination;
  const list: Crumb = { label: labels.many(place.entity), href: place.href };
  if (verb === "create") return [list, { label: t("new") }];
  if (id === undefined) return [{ label: list.label }];
  const row: Crumb = { label: crumb ?? `#${id}` };
  if (verb !== "update") return [list, row];
  return [list, { ...row, href: `${place.href}/${encodeURIComponent(id)}` }, { label: t("edit") }];
}
