"use client";

import { createContext, type ReactNode, type Ref, useContext, useId } from "react";
import { useController } from "react-hook-form";

import { Label } from "@/components/ui/label";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";
import { cn, ownOf } from "@/lib/utils";

const WritableContext = createContext<(field: string) => boolean>(() => true);

/** Says which fields the reader may write: the others are not offered. */
export const WritableProvider = WritableContext;

const TheirsContext = createContext<ReadonlyMap<string, ReactNode> | undefined>(undefined);

/** Says what somebody else has written meanwhile, by field: it is shown where something was typed. */
export const TheirsProvider = TheirsContext;

/** What every field of a form takes. */
export interface FieldProps {
  /** The member that the API takes. */
  name: string;
  /** The field that it belongs to, where that is called otherwise: names its label and its grants. */
  field?: string;
  required?: boolean;
  disabled?: boolean;
}

/** What a control is given to hold a value. */
export interface Control<Value> {
  id: string;
  name: string;
  value: Value | null;
  onChange: (value: Value | null) => void;
  onBlur: () => void;
  ref: Ref<never>;
  disabled?: boolean;
  "aria-invalid": boolean;
  "aria-required": boolean;
  "aria-describedby"?: string;
}

/** A control with its label, what helps to fill it in, and what is wrong with it. */
export function Field<Value>({
  name,
  field = name,
  required = false,
  disabled,
  wide = false,
  beside = false,
  children,
}: FieldProps & {
  /** Takes the whole width of the form. */
  wide?: boolean;
  /** The label stands beside the control. */
  beside?: boolean;
  children: (control: Control<Value>) => ReactNode;
}) {
  const writable = useContext(WritableContext);
  if (!writable(field)) return null;
  return (
    <Shown
      name={name}
      field={field}
      required={required}
      disabled={disabled}
      wide={wide}
      beside={beside}
    >
      {children}
    </Shown>
  );
}

function Shown<Value>({
  name,
  field,
  required,
  disabled,
  wide,
  beside,
  children,
}: Required<Pick<FieldProps, "name" | "field" | "required">> & {
  disabled?: boolean;
  wide: boolean;
  beside: boolean;
  children: (control: Control<Value>) => ReactNode;
}) {
  const t = useTranslations("form");
  const labels = useOwnLabels();
  const id = useId();
  const { field: control, fieldState, formState } = useController({ name });
  const written = useContext(TheirsContext)?.get(field);
  const theirs = fieldState.isDirty ? written : undefined;
  const error = ownOf(formState.errors, name);
  const message = typeof error?.message === "string" ? error.message : firstMessage(error);
  const hint = labels.hint(field);
  const describedBy = [
    hint && `${id}-hint`,
    theirs !== undefined && `${id}-theirs`,
    message && `${id}-error`,
  ];
  const label = (
    <Label htmlFor={id} id={`${id}-label`}>
      {labels.field(field)}
      {required && (
        <>
          <span aria-hidden="true" className="text-destructive">
            *
          </span>
          <span className="sr-only">({t("required")})</span>
        </>
      )}
    </Label>
  );
  return (
    <div className={cn("flex min-w-0 flex-col gap-2", wide && "sm:col-span-2")}>
      {!beside && label}
      <div className={cn(beside && "flex h-9 items-center gap-2 sm:mt-5.5")}>
        {children({
          id,
          name,
          value: control.value as Value | null,
          onChange: control.onChange,
          onBlur: control.onBlur,
          ref: control.ref as Ref<never>,
          disabled: disabled || undefined,
          "aria-invalid": Boolean(message),
          "aria-required": required,
          "aria-describedby": describedBy.filter(Boolean).join(" ") || undefined,
        })}
        {beside && label}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted-foreground">
          {hint}
        </p>
      )}
      {theirs !== undefined && (
        <div id={`${id}-theirs`} className="flex min-w-0 gap-1 text-sm">
          <span className="text-muted-foreground">{t("theirs")}</span>
          <div className="min-w-0">{theirs}</div>
        </div>
      )}
      {/* Has room for a line from the start: what is below stays where it is, also under a pointer. */}
      <div className="-mt-1 min-h-4 text-xs">
        {message && (
          <p id={`${id}-error`} role="alert" className="text-destructive">
            {message}
          </p>
        )}
      </div>
    </div>
  );
}

/** What is wrong with one of several values, where nothing is wrong with them as a whole. */
function firstMessage(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  for (const part of Object.values(error) as unknown[]) {
    if (typeof part === "object" && part !== null && "message" in part) return String(part.message);
  }
  return undefined;
}
