import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo } from "react";
import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";
import * as z from "zod/mini";

import { useIssueText } from "@/hooks/use-issue-text";
import { useTranslations } from "@/lib/i18n";
import type { Rule } from "@/lib/schemas/rules";

/** Checks the fields that are offered by the schema, then the rules between them and those of the row. */
export function useFormResolver(
  schema: z.ZodMiniObject,
  offered: readonly string[],
  rules: readonly Rule[],
  row?: object,
): Resolver<FieldValues> {
  const t = useTranslations("validation");
  const textOf = useIssueText();
  const names = offered.join(",");
  return useMemo(() => {
    const shape: Record<string, true> = Object.fromEntries(
      names.split(",").flatMap((name) => (name ? [[name, true] as const] : [])),
    );
    const fields: Resolver<FieldValues> = zodResolver(z.pick(schema, shape), { error: textOf });
    return async (values, context, options) => {
      const result = await fields(values, context, options);
      const errors: FieldErrors = { ...result.errors };
      const sound = Object.keys(errors).length === 0;
      const given = sound ? withoutBlanks(result.values, values) : values;
      for (const rule of rules) {
        // Rules compare sound values; a missing one is seen beside others that are wrong.
        if ((!sound && !rule.required) || rule.holds({ ...row, ...given })) continue;
        errors[Object.hasOwn(shape, rule.field) ? rule.field : "root"] ??= {
          type: "rule",
          message: rule.message ?? t(rule.required ? "required" : "rule"),
        };
      }
      return Object.keys(errors).length > 0
        ? { values: {}, errors }
        : { values: given, errors: {} };
    };
  }, [schema, names, rules, row, t, textOf]);
}

/** Texts of which only blanks were written are none. */
function withoutBlanks(values: FieldValues, written: FieldValues): FieldValues {
  const isBlank = (text: unknown) => typeof text === "string" && text.trim() === "";
  const entries = Object.entries<unknown>(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isBlank(written[name]) ? null : value]),
  );
}
