"use client";

import { useCallback } from "react";

import { ApiError } from "@/api/client";
import type { AnyRow } from "@/api/resource";
import type { FieldError } from "@/api/types";
import { useTranslations } from "@/lib/i18n";

const STATUSES = [0, 401, 402, 403, 404, 409, 412, 413, 422, 429] as const;

/** Says what went wrong in the reader's language: of a whole request, and of one field. */
export function useProblems() {
  const t = useTranslations("errors");
  const ofRequest = useCallback(
    (error: unknown): string => {
      if (!(error instanceof ApiError)) return t("unknown");
      const status = STATUSES.find((one) => one === error.status);
      return t(status === undefined ? "unknown" : `status_${status}`);
    },
    [t],
  );
  const ofField = useCallback(
    (error: FieldError): string => (t.has(error.code) ? t(error.code) : error.message),
    [t],
  );
  return { ofRequest, ofField };
}

/** How a row is now, where what was asked for was refused because somebody else has changed it. */
export function changedMeanwhile<Row extends AnyRow>(error: unknown): Row | undefined {
  const current = error instanceof ApiError && error.status === 412 && error.problem.current;
  return current ? (current as unknown as Row) : undefined;
}
