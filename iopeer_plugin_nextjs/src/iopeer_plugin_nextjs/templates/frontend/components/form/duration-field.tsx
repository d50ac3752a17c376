"use client";

import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { durationOf, hoursAndMinutes } from "@/lib/durations";
import { useTranslations } from "@/lib/i18n";

/** Hours and minutes. */
export function DurationField(props: FieldProps) {
  const t = useTranslations("form");
  return (
    <Field<string> {...props}>
      {({ value, onChange, id, ref, name, ...control }) => {
        const { hours, minutes } = value ? hoursAndMinutes(value) : { hours: "", minutes: "" };
        const change = (next: { hours?: string; minutes?: string }) => {
          const given = { hours: String(hours), minutes: String(minutes), ...next };
          const empty = given.hours === "" && given.minutes === "";
          onChange(empty ? null : durationOf(Number(given.hours), Number(given.minutes)));
        };
        return (
          <div role="group" aria-labelledby={`${id}-label`} className="flex items-center gap-2">
            <Input
              {...control}
              id={id}
              ref={ref}
              name={name}
              type="number"
              min={0}
              aria-label={t("hours")}
              value={hours}
              onChange={(event) => change({ hours: event.target.value })}
            />
            <span aria-hidden="true" className="text-sm text-muted-foreground">
              {t("hoursUnit")}
            </span>
            <Input
              {...control}
              type="number"
              min={0}
              max={59}
              aria-label={t("minutes")}
              value={minutes}
              onChange={(event) => change({ minutes: event.target.value })}
            />
            <span aria-hidden="true" className="text-sm text-muted-foreground">
              {t("minutesUnit")}
            </span>
          </div>
        );
      }}
    </Field>
  );
}
