"use client";

import { PlusIcon, XIcon } from "lucide-react";

import { Field, type FieldProps } from "@/components/form/field";
import { ListItemInput, type ListItemType } from "@/components/form/list-item-input";
import { Button } from "@/components/ui/button";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";

type Item = string | number | boolean | null;

/** Several values, one under the other. */
export function ListField({ of, ...props }: FieldProps & { of: ListItemType }) {
  const t = useTranslations("form");
  const labels = useOwnLabels();
  const name = labels.field(props.field ?? props.name);
  return (
    <Field<Item[]> {...props} wide>
      {({ id, value, onChange, onBlur, disabled, ...control }) => {
        const items = value ?? [];
        const set = (index: number, item: Item) => onChange(items.with(index, item));
        return (
          <div
            role="group"
            aria-labelledby={`${id}-label`}
            aria-describedby={control["aria-describedby"]}
            className="flex flex-col gap-2"
            onBlur={onBlur}
          >
            {items.map((item, index) => (
              <div key={index} className="flex items-center gap-2">
                <ListItemInput
                  id={index === 0 ? id : undefined}
                  of={of}
                  label={t("item", { name, number: index + 1 })}
                  value={item}
                  disabled={disabled}
                  invalid={control["aria-invalid"]}
                  onChange={(next) => set(index, next)}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  disabled={disabled}
                  aria-label={t("removeItem", { name, number: index + 1 })}
                  onClick={() => onChange(items.toSpliced(index, 1))}
                >
                  <XIcon />
                </Button>
              </div>
            ))}
            <Button
              id={items.length === 0 ? id : undefined}
              variant="outline"
              size="sm"
              className="self-start"
              disabled={disabled}
              onClick={() => onChange([...items, of === "boolean" ? false : null])}
            >
              <PlusIcon />
              {t("addItem")}
            </Button>
          </div>
        );
      }}
    </Field>
  );
}
