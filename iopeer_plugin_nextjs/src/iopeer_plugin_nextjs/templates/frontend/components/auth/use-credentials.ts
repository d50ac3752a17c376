"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  useForm,
  type UseFormRegisterReturn,
} from "react-hook-form";
import type { ZodMiniType } from "zod/mini";

import { ApiError } from "@/api/client";
import { useProblems } from "@/lib/problems";

/** What a field of such a form is given. */
export type Entered = UseFormRegisterReturn & { error?: string };

/** What the form around its fields is given. */
export type Credentials = Pick<ReturnType<typeof useCredentials>, "onSubmit" | "error" | "busy">;

/**
 * A form that signs in or sets a password: it checks the schema, submits, and puts what the API objects to at the field
 * concerned, or at the form.
 *
 * @param statuses what an answer's status means for this form, where it means more than usual.
 */
export function useCredentials<Values extends FieldValues>({
  schema,
  defaultValues,
  submit,
  statuses = {},
}: {
  schema: ZodMiniType<Values, FieldValues>;
  defaultValues: DefaultValues<Values>;
  submit: (values: Values) => Promise<void>;
  statuses?: Record<number, { field?: Path<Values>; message: string }>;
}) {
  const problems = useProblems();
  const form = useForm<FieldValues, unknown, Values>({
    resolver: zodResolver(schema),
    defaultValues: defaultValues as FieldValues,
  });
  const fail = (error: unknown) => {
    const known = error instanceof ApiError ? statuses[error.status] : undefined;
    if (known) {
      form.setError(known.field ?? "root", { message: known.message }, { shouldFocus: true });
      return;
    }
    const fields = error instanceof ApiError ? error.fields : [];
    const here = fields.filter((one) => one.field in form.getValues());
    for (const one of here) form.setError(one.field, { message: problems.ofField(one) });
    if (here.length > 0) return;
    const elsewhere = fields.map(problems.ofField).join(" ");
    form.setError("root", { message: elsewhere || problems.ofRequest(error) });
  };
  const onSubmit = form.handleSubmit((values) => submit(values).catch(fail));
  const error = (name: string) => form.formState.errors[name]?.message?.toString();
  return {
    field: (name: string): Entered => ({ ...form.register(name), error: error(name) }),
    error,
    busy: form.formState.isSubmitting,
    onSubmit,
    reset: form.reset,
  };
}
