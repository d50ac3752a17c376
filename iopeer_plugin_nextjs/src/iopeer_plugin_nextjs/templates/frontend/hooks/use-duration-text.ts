import { hoursAndMinutes } from "@/lib/durations";
import { useTranslations } from "@/lib/i18n";

/** Writes durations out in hours and minutes. */
export function useDurationText(): (value: string) => string {
  const t = useTranslations("table");
  return (value) => {
    const span = hoursAndMinutes(value);
    if (span.hours === 0) return t("durationMinutes", span);
    return t(span.minutes === 0 ? "durationHours" : "duration", span);
  };
}
