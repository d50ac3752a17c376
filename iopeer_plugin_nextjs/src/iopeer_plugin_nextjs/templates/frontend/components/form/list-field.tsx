"use client";

import { PlusIcon, XIcon } from "lucide-react";
import { flushSync } from "react-dom";
import { useFormState } from "react-hook-form";

import { Field, type FieldProps } from "@/components/form/field";
import { ListItemInput, type ListItemType } from "@/components/form/list-item-input";
import { Button } from "@/components/ui/button";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";
import { ownOf } from "@/lib/utils";

type Item = string | number | boolean | null;

/** Several values, one under the other. */
export function ListField({ of, ...props }: FieldProps & { of: ListItemType }) {
  const t = useTranslations("form");
  const labels = useOwnLabels();
  const name = labels.field(props.field ?? props.name);
  const error: unknown = ownOf(useFormState({ name: props.name }).errors, props.name);
  const isWrong = (index: number) => !Array.isArray(error) || error[index] !== undefined;
  return (
    <Field<Item[]> {...props} wide>
      {({ id, value, onChange, onBlur, disabled, ref, ...control }) => {
        const items = value ?? [];
        const idOf = (index: number) => (index === 0 ? id : `${id}-${index}`);
        const set = (index: number, item: Item) => onChange(items.with(index, item));
        /** Shows other items, with the focus in one of them. */
        const change = (next: Item[], index: number) => {
          flushSync(() => onChange(next));
          document.getElementById(idOf(Math.max(index, 0)))?.focus();
        };
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
                  id={idOf(index)}
                  ref={index === 0 ? ref : undefined}
                  of={of}
                  label={t("item", { name, number: index + 1 })}
                  value={item}
                  disabled={disabled}
                  invalid={control["aria-invalid"] && isWrong(index)}
                  onChange={(next) => set(index, next)}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  disabled={disabled}
                  aria-label={t("removeItem", { name, number: index + 1 })}
                  onClick={() =>
                    change(items.toSpliced(index, 1), Math.min(index, items.length - 2))
                  }
                >
                  <XIcon />
                </Button>
              </div>
            ))}
            <Button
              id={items.length === 0 ? id : undefined}
              ref={items.length === 0 ? ref : undefined}
              aria-labelledby={items.length === 0 ? `${id}-label ${id}` : undefined}
              variant="outline"
              size="sm"
              className="self-start"
              disabled={disabled}
              onClick={() => change([...items, of === "boolean" ? false : null], items.length)}
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
