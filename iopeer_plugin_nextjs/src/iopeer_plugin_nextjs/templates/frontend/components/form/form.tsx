"use client";

import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { type FieldValues, FormProvider, useForm } from "react-hook-form";
import { toast } from "sonner";
import type * as z from "zod/mini";

import { ApiError } from "@/api/client";
import type { AnyRow, Resource, Version } from "@/api/resource";
import { TheirsProvider, WritableProvider } from "@/components/form/field";
import { prefilled } from "@/components/form/prefilled";
import { useFormResolver } from "@/components/form/resolver";
import { LeaveGuard } from "@/components/form/leave-guard";
import { ChangedMeanwhile, differences } from "@/components/form/meanwhile";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardFooter } from "@/components/ui/card";
import type { Field } from "@/components/value/field";
import { pageOf } from "@/components/value/reference";
import { useAuth } from "@/hooks/use-auth";
import { EntityProvider } from "@/hooks/use-entity-labels";
import { routes } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";
import { writable } from "@/lib/permissions";
import { changedMeanwhile, useProblems } from "@/lib/problems";
import type { Rule } from "@/lib/schemas/rules";
import { ownOf } from "@/lib/utils";

/** The form that adds or changes a row; what the API refuses is shown where it belongs. */
export function Form<Row extends AnyRow, Schema extends z.ZodMiniObject>({
  resource,
  row,
  schema,
  rules = [],
  fieldOf = {},
  unseen = [],
  values,
  fields,
  create,
  update,
  children,
}: {
  resource: Resource<Row>;
  /** The row that is changed; without one, a new one is made. */
  row?: Row;
  schema: Schema;
  /** The rules between fields. */
  rules?: readonly Rule[];
  /** The fields that members belong to, where they are called otherwise. */
  fieldOf?: Readonly<Record<string, string>>;
  /** The fields that are given when a row is made, and never shown. */
  unseen?: readonly string[];
  /** What the form starts with: the row, or the defaults of a new one. */
  values: (row?: Row) => z.input<Schema>;
  /** How the fields are shown, where somebody else has changed some. */
  fields: () => Promise<readonly Field<Row>[]>;
  create: (input: z.output<Schema>) => Promise<Row>;
  /** Sends what is new, for the version that was seen. */
  update: (change: {
    id: Row["id"];
    input: Partial<z.output<Schema>>;
    seen: Version;
  }) => Promise<Row>;
  /** The fields; none where rows are made of defaults alone. */
  children?: ReactNode;
}) {
  const t = useTranslations("form");
  const problems = useProblems();
  const router = useRouter();
  const parameters = useSearchParams();
  const { account } = useAuth();
  const { entity } = resource;
  const [saved, setSaved] = useState(false);
  /** The row as the form was filled with it, and as it is now. */
  const [known, setKnown] = useState({ loaded: row, now: row });
  const [theirs, setTheirs] = useState<ReadonlyMap<string, ReactNode>>();

  const mayWrite = (field: string) =>
    !(row && unseen.includes(field)) &&
    writable(account, row ? "update" : "create", entity, field, row);
  const ownerOf = (name: string) => ownOf(fieldOf, name) ?? name;
  const offered = Object.keys(schema.shape).filter((name) => mayWrite(ownerOf(name)));
  const form = useForm<FieldValues>({
    defaultValues: row ? values(row) : prefilled(schema, values(), parameters),
    mode: "onTouched",
    resolver: useFormResolver(schema, offered, rules, row),
  });
  const { errors, isDirty, isSubmitting, dirtyFields } = form.formState;

  const show = (error: unknown) => {
    const unplaced: string[] = [];
    // What has to be paid for is told in figures, which are of no field.
    const wrong = error instanceof ApiError && error.status !== 402 ? error.fields : [];
    for (const one of wrong) {
      const member = one.field.split(".")[0] ?? "";
      // Of several members of one field, the first tells what is wrong with it.
      const name = offered.find((other) => ownerOf(other) === ownerOf(member));
      if (name) form.setError(name, { message: problems.ofField(one) });
      else unplaced.push(problems.ofField(one));
    }
    const placed = Object.keys(form.formState.errors).length > 0;
    if (!placed || unplaced.length > 0) {
      form.setError("root", { message: unplaced.join(" ") || problems.ofRequest(error) });
    }
  };
  const compare = async (loaded: Row, now: Row) => {
    setTheirs(differences(await fields(), loaded, now));
    setKnown({ loaded, now });
    form.reset(values(now), { keepDirtyValues: true });
  };
  const takeTheirs = () => {
    setTheirs(undefined);
    setKnown({ loaded: known.now, now: known.now });
    form.reset(values(known.now));
  };
  const submit = form.handleSubmit(async (input) => {
    const changed = row ? offered.filter((name) => Object.hasOwn(dirtyFields, name)) : offered;
    if (row && changed.length === 0) return router.push(pageOf(entity, row.id));
    const given = Object.fromEntries(changed.map((name) => [name, input[name] as unknown]));
    try {
      const result = row
        ? await update({
            id: row.id,
            input: given as Partial<z.output<Schema>>,
            seen: known.now?.updated_at,
          })
        : await create(given as z.output<Schema>);
      setSaved(true);
      toast.success(t("saved"));
      router.push(pageOf(entity, result.id));
    } catch (error) {
      const now = changedMeanwhile<Row>(error);
      if (known.loaded && now) await compare(known.loaded, now);
      else show(error);
    }
  });

  return (
    <EntityProvider value={entity}>
      <WritableProvider value={mayWrite}>
        <FormProvider {...form}>
          <LeaveGuard active={isDirty && !saved} />
          <form noValidate className="max-w-3xl" onSubmit={(event) => void submit(event)}>
            <Card>
              <CardContent className="grid gap-x-4 gap-y-3 pb-1 sm:grid-cols-2">
                <TheirsProvider value={theirs}>{children}</TheirsProvider>
                {errors.root?.message && (
                  <p
                    role="alert"
                    className="rounded-md border border-destructive/50 px-3 py-2 text-sm text-destructive sm:col-span-2"
                  >
                    {errors.root.message}
                  </p>
                )}
                {theirs && (
                  <ChangedMeanwhile
                    fields={theirs.keys()}
                    disabled={isSubmitting || saved}
                    onTake={takeTheirs}
                  />
                )}
              </CardContent>
              <CardFooter>
                <Button asChild variant="outline">
                  <Link href={row ? pageOf(entity, row.id) : routes[entity]}>{t("cancel")}</Link>
                </Button>
                <Button type="submit" disabled={isSubmitting || saved}>
                  {t(isSubmitting ? "saving" : "save")}
                </Button>
              </CardFooter>
            </Card>
          </form>
        </FormProvider>
      </WritableProvider>
    </EntityProvider>
  );
}
