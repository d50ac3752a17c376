"use client";

import type { ReactNode } from "react";

import { useBilling } from "@/components/billing/billing-data";

/** Shows what is inside to whoever's plan has a feature, and `otherwise` to everybody else. */
export function PlanGate({
  feature,
  otherwise = null,
  children,
}: {
  feature: string;
  otherwise?: ReactNode;
  children: ReactNode;
}) {
  const { data } = useBilling();
  return data?.plan.features.includes(feature) ? children : otherwise;
}
