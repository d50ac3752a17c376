import { useTranslations } from "@/lib/i18n";

/** Stands where a value is missing. */
export function Empty() {
  const t = useTranslations("table");
  return (
    <span className="text-muted-foreground">
      <span aria-hidden="true">—</span>
      <span className="sr-only">{t("noValue")}</span>
    </span>
  );
}
