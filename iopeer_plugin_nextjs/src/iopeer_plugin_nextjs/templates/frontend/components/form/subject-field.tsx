"use client";

import { useState } from "react";
import { useFormContext } from "react-hook-form";

import type { Resource } from "@/api/resource";
import type { Id, Subject } from "@/api/types";
import { Field, type FieldProps } from "@/components/form/field";
import { RowPicker } from "@/components/form/row-picker";
import { Select } from "@/components/ui/select";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useEntityLabels } from "@/hooks/use-places";
import { useTranslations } from "@/lib/i18n";

/** A link to a row of one of several entities: which entity first, then which row. */
export function SubjectField({
  targets,
  current,
  ...props
}: FieldProps & {
  /** Each entity, by the member that leads to its rows. */
  targets: Record<string, Resource>;
  current?: Subject | null;
}) {
  const t = useTranslations("form");
  const labels = useEntityLabels();
  const own = useOwnLabels();
  const { formState, setValue, watch } = useFormContext<Record<string, Id | null>>();
  const keys = Object.keys(targets);
  const set = keys.find((key) => watch(key) != null);
  const [chosen, choose] = useState(set ?? keys[0] ?? "");
  const of = targets[chosen];
  const field = props.field ?? props.name;
  const lead = (id: Id | null) => {
    const options = { shouldDirty: true, shouldTouch: true, shouldValidate: formState.isSubmitted };
    for (const key of keys) setValue(key, key === chosen ? id : null, options);
  };
  const switchTo = (key: string) => {
    choose(key);
    for (const one of keys) setValue(one, null, { shouldDirty: true });
  };
  return (
    <Field<Id> {...props} name={keys[0] ?? props.name} field={field}>
      {(control) => (
        <div className="flex gap-2">
          <div className="w-40 shrink-0">
            <Select
              aria-label={`${own.field(field)}: ${t("kind")}`}
              value={chosen}
              onChange={(event) => switchTo(event.target.value)}
              disabled={control.disabled}
            >
              {Object.entries(targets).map(([key, target]) => (
                <option key={key} value={key}>
                  {labels.one(target.entity)}
                </option>
              ))}
            </Select>
          </div>
          <div className="min-w-0 flex-1">
            {of && (
              <RowPicker
                {...control}
                key={chosen}
                of={of}
                value={watch(chosen) ?? null}
                current={current?.type === of.entity ? current : null}
                required={props.required}
                onChange={lead}
              />
            )}
          </div>
        </div>
      )}
    </Field>
  );
}
