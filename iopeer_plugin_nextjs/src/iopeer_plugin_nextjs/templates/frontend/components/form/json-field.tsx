"use client";

import { BracesIcon } from "lucide-react";

import { Field, type FieldProps } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { useTranslations } from "@/lib/i18n";

/** Data of any shape, as JSON. */
export function JsonField(props: FieldProps) {
  const t = useTranslations("form");
  return (
    <Field<string> {...props} wide>
      {({ value, onChange, ...control }) => (
        <div className="relative">
          <Textarea
            {...control}
            spellCheck={false}
            className="pr-12 font-mono md:text-[0.8125rem]!"
            value={value ?? ""}
            onChange={(event) => onChange(event.target.value || null)}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            className="absolute top-1.5 right-1.5"
            aria-label={t("format")}
            disabled={control.disabled || !value}
            onClick={() => onChange(formatted(value ?? ""))}
          >
            <BracesIcon />
          </Button>
        </div>
      )}
    </Field>
  );
}

/** The same data, well laid out; what is no JSON stays as it is. */
function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
