import { useCallback } from "react";
import type * as z from "zod/mini";

import { useTranslations } from "@/lib/i18n";

/** What is said where a number was expected. */
const NUMBERS: Partial<Record<string, string>> = { int: "whole", number: "number" };

/** Says in the reader's language what is wrong with a value. */
export function useIssueText(): (issue: z.core.$ZodRawIssue) => string {
  const t = useTranslations("validation");
  return useCallback(
    (issue) => {
      switch (issue.code) {
        case "too_small":
          if (issue.origin === "string" && issue.minimum === 1) return t("required");
          return t(`least_${kindOf(issue.origin)}`, { limit: String(issue.minimum) });
        case "too_big":
          return t(`most_${kindOf(issue.origin)}`, { limit: String(issue.maximum) });
        case "invalid_format":
          return t.has(`format_${issue.format}`) ? t(`format_${issue.format}`) : t("format");
        case "custom": {
          const { rule, ...facts } = issue.params ?? {};
          return typeof rule === "string" && t.has(rule) ? t(rule, facts) : t("invalid");
        }
        case "invalid_type":
          if (issue.input === null || issue.input === undefined) return t("required");
          return t(NUMBERS[issue.expected] ?? "invalid");
        default:
          return t("invalid");
      }
    },
    [t],
  );
}

function kindOf(origin: string): "text" | "items" | "value" {
  if (origin === "string") return "text";
  return origin === "array" ? "items" : "value";
}
