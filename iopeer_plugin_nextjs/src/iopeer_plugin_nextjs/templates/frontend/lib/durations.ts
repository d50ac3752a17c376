/** Durations, as ISO 8601 writes them: `PT1H30M`. */

const FORM =
  /^(?<sign>-)?P(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = { weeks: 604_800, days: 86_400, hours: 3_600, minutes: 60, seconds: 1 };

/** How many seconds it has; NaN where it is none. */
export function durationSeconds(value: string): number {
  const parts = FORM.exec(value)?.groups;
  if (!parts) return NaN;
  const total = Object.entries(SECONDS).reduce(
    (sum, [name, seconds]) => sum + Number(parts[name] ?? 0) * seconds,
    0,
  );
  return parts.sign ? -total : total;
}

/** Whole hours and the minutes beyond them. */
export function hoursAndMinutes(value: string): { hours: number; minutes: number } {
  const minutes = Math.round(durationSeconds(value) / 60);
  return { hours: Math.trunc(minutes / 60), minutes: minutes % 60 };
}

/** The duration of so many hours and minutes; more than 59 minutes are hours. */
export function durationOf(hours: number, minutes: number): string {
  const whole = hours + Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (whole === 0) return `PT${rest}M`;
  return rest === 0 ? `PT${whole}H` : `PT${whole}H${rest}M`;
}
