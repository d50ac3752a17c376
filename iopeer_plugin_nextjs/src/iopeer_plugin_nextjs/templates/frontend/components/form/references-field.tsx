"use client";

import { XIcon } from "lucide-react";
import { useState } from "react";

import type { Resource } from "@/api/resource";
import type { Id } from "@/api/types";
import { Field, type FieldProps } from "@/components/form/field";
import { Picker } from "@/components/form/picker";
import { useRowOptions } from "@/components/form/row-picker";
import { Badge } from "@/components/ui/badge";
import { type Linked, nameOf } from "@/components/value/reference";
import { useRow } from "@/hooks/use-resource";
import { useTranslations } from "@/lib/i18n";

/** Links to several rows of another entity. */
export function ReferencesField({
  of,
  current = [],
  ...props
}: FieldProps & {
  of: Resource;
  /** The rows that it leads to before anything is changed. */
  current?: readonly Linked[];
}) {
  const { options, idOf, picker } = useRowOptions(of);
  // What was once chosen keeps its name when the search goes on to other rows.
  const [names, setNames] = useState(
    () => new Map(current.map((row) => [String(row.id), nameOf(row)])),
  );
  return (
    <Field<Id[]> {...props} wide>
      {({ value, onChange, ...control }) => {
        const ids = value ?? [];
        const toggle = (chosen: string) => {
          const label = options.find((option) => option.value === chosen)?.label;
          if (label) setNames((known) => new Map(known).set(chosen, label));
          const others = ids.filter((id) => String(id) !== chosen);
          onChange(others.length === ids.length ? [...ids, idOf(chosen)] : others);
        };
        return (
          <div className="flex flex-col gap-2">
            {ids.length > 0 && (
              <ul className="flex flex-wrap gap-1.5">
                {ids.map((id) => (
                  <Chosen
                    key={id}
                    of={of}
                    id={id}
                    name={names.get(String(id))}
                    disabled={control.disabled}
                    onRemove={() => toggle(String(id))}
                  />
                ))}
              </ul>
            )}
            <Picker
              {...control}
              {...picker}
              keepOpen
              shown={null}
              isChosen={(one) => ids.some((id) => String(id) === one)}
              onChoose={toggle}
            />
          </div>
        );
      }}
    </Field>
  );
}

/** A row that is linked; one that came by the page's address is asked for its name. */
function Chosen({
  of,
  id,
  name: known,
  disabled,
  onRemove,
}: {
  of: Resource;
  id: Id;
  name?: string;
  disabled?: boolean;
  onRemove: () => void;
}) {
  const t = useTranslations("form");
  const asked = useRow(of, known === undefined ? id : null);
  const name = known ?? (asked.data ? of.label(asked.data) : `#${id}`);
  return (
    <li className="max-w-full">
      <Badge className="max-w-full pr-1">
        <span className="truncate">{name}</span>
        <button
          type="button"
          aria-label={t("remove", { name })}
          className="rounded-full p-0.5 outline-none hover:bg-foreground/10 focus-visible:ring-2 focus-visible:ring-ring"
          disabled={disabled}
          onClick={onRemove}
        >
          <XIcon className="size-3" />
        </button>
      </Badge>
    </li>
  );
}
