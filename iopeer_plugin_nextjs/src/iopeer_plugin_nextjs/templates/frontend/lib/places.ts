import { type AppPage, pages, type Place, places } from "@/lib/navigation";
import type { EntityName, Verb } from "@/lib/permissions";

/** What an address asks for: an entity's page, and what must be allowed there. */
export interface Destination {
  place: Place;
  verb: Verb;
  /** The row, where the page is of one. */
  id?: string;
}

/** The entity's page at an address; undefined for the pages of the application itself. */
export function destinationOf(pathname: string): Destination | undefined {
  const [slug = "", second, third] = pathname.split("/").slice(1);
  const place = places.find((one) => one.href === `/${slug}`);
  if (!place) return undefined;
  if (!second) return { place, verb: "read" };
  if (second === "new") return { place, verb: "create" };
  return { place, verb: third === "edit" ? "update" : "read", id: decodeURIComponent(second) };
}

/** The application's own page at an address, or the one that it is a part of. */
export function pageAt(pathname: string): AppPage | undefined {
  return (
    pages.find((page) => page.href === pathname) ??
    pages.find((page) => page.href !== "/" && pathname.startsWith(`${page.href}/`))
  );
}

/** The place of an entity. */
export function placeOf(entity: EntityName): Place | undefined {
  return places.find((place) => place.entity === entity);
}

/** A label in the middle of a sentence: small, unless it is an acronym. */
export function inSentence(label: string, locale: string): string {
  const second = label.charAt(1);
  if (second !== second.toLocaleLowerCase(locale)) return label;
  return label.charAt(0).toLocaleLowerCase(locale) + label.slice(1);
}
