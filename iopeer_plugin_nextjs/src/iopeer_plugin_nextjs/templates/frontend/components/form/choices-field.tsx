"use client";

import { Field, type FieldProps } from "@/components/form/field";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { useOwnLabels } from "@/hooks/use-entity-labels";

/** Some of a few values. */
export function ChoicesField({ values, ...props }: FieldProps & { values: readonly string[] }) {
  const labels = useOwnLabels();
  return (
    <Field<string[]> {...props} wide>
      {({ id, value, onChange, onBlur, disabled, ref, "aria-describedby": describedBy }) => (
        <div
          id={id}
          role="group"
          aria-labelledby={`${id}-label`}
          aria-describedby={describedBy}
          className="flex flex-wrap gap-x-5 gap-y-2.5"
          onBlur={onBlur}
        >
          {values.map((one, index) => (
            <span key={one} className="flex items-center gap-2">
              <Checkbox
                id={`${id}-${index}`}
                ref={index === 0 ? ref : undefined}
                disabled={disabled}
                checked={value?.includes(one) ?? false}
                onCheckedChange={(checked) =>
                  onChange(
                    values.filter((each) => (each === one ? checked : value?.includes(each))),
                  )
                }
              />
              <Label htmlFor={`${id}-${index}`} className="font-normal!">
                {labels.choice(props.field ?? props.name, values, one)}
              </Label>
            </span>
          ))}
        </div>
      )}
    </Field>
  );
}
