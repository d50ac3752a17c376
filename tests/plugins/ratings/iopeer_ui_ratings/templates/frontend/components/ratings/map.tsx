"use client";

import type { ValueProps } from "@/components/value/shown-by";
import { useTranslations } from "@/lib/i18n";

/** Where something is: in words in a table, on a map on its own page. */
export function Map({ value, place }: ValueProps<string>) {
  const t = useTranslations("ratings");
  if (place === "table") return value;
  // eslint-disable-next-line @next/next/no-img-element -- it comes from elsewhere, in the size that it has
  return <img alt={value} src={`${t("maps")}?at=${encodeURIComponent(value)}`} />;
}
