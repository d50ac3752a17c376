"use client";

import { useState } from "react";

import { BrowserInput } from "@/components/form/browser-input";
import { type Control, Field, type FieldProps } from "@/components/form/field";
import { durationOf, hoursAndMinutes } from "@/lib/durations";
import { useTranslations } from "@/lib/i18n";

/** Hours and minutes. */
export function DurationField(props: FieldProps) {
  return <Field<string> {...props}>{(control) => <DurationInput {...control} />}</Field>;
}

interface Typed {
  hours: string;
  minutes: string;
}

function DurationInput({ value, onChange, id, ref, name, ...control }: Control<string>) {
  const t = useTranslations("form");
  // What is typed stays as it is typed, also while it is no duration.
  const [typed, setTyped] = useState<Typed & { value: string | null }>();
  const { hours, minutes } = typed?.value === value ? typed : written(value);
  const change = (part: Partial<Typed>) => {
    const next = { hours, minutes, ...part };
    const meant = meaning(next);
    setTyped({ ...next, value: meant });
    onChange(meant);
  };
  return (
    <div role="group" aria-labelledby={`${id}-label`} className="flex items-center gap-2">
      <BrowserInput
        {...control}
        id={id}
        ref={ref}
        name={name}
        type="number"
        min={0}
        aria-label={t("hours")}
        value={hours}
        onChange={(text) => change({ hours: text ?? "" })}
      />
      <span aria-hidden="true" className="text-sm text-muted-foreground">
        {t("hoursUnit")}
      </span>
      <BrowserInput
        {...control}
        type="number"
        min={0}
        max={59}
        aria-label={t("minutes")}
        value={minutes}
        onChange={(text) => change({ minutes: text ?? "" })}
      />
      <span aria-hidden="true" className="text-sm text-muted-foreground">
        {t("minutesUnit")}
      </span>
    </div>
  );
}

function written(value: string | null): Typed {
  if (!value) return { hours: "", minutes: "" };
  const { hours, minutes } = hoursAndMinutes(value);
  return { hours: String(hours), minutes: String(minutes) };
}

/** The duration that is meant; nothing where both are empty, and none that is one where they are no whole numbers. */
function meaning({ hours, minutes }: Typed): string | null {
  if (hours === "" && minutes === "") return null;
  const whole = /^\d*$/.test(hours) && /^\d*$/.test(minutes);
  return whole ? durationOf(Number(hours), Number(minutes)) : `${hours}:${minutes}`;
}
