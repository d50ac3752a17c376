"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { request } from "@/api/client";
import { useFormatter } from "@/lib/i18n";

const ADDRESS = "/api/v1/billing";
const KEY = ["billing"];
/** Milliseconds after which the page asks again: payments are made elsewhere. */
const AGAIN = 10_000;

export type Cycle = "monthly" | "yearly";

/** A plan; prices are in the currency's smallest unit, and a limit that is null is none. */
export interface Plan {
  key: string;
  label: string;
  monthly: number | null;
  yearly: number | null;
  trial_days: number;
  rows: Record<string, number>;
  requests: number | null;
  features: string[];
}

export interface Usage {
  name: string;
  used: number;
  limit: number | null;
}

export interface Billing {
  enabled: boolean;
  currency: string;
  plan: Plan;
  status: string | null;
  cycle: Cycle | null;
  trial_end: string | null;
  period_end: string | null;
  grace_end: string | null;
  ending: boolean;
  tried: boolean;
  usage: Usage[];
  plans: Plan[];
}

export interface Bill {
  number: string | null;
  at: string;
  total: number;
  currency: string;
  status: string | null;
  url: string | null;
}

/** What the reader has, uses, and could have. */
export function useBilling(again = false) {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<Billing>("GET", ADDRESS, { signal }),
    refetchInterval: again ? AGAIN : false,
  });
}

/** The reader's last invoices. */
export function useBills() {
  return useQuery({
    queryKey: [...KEY, "invoices"],
    queryFn: ({ signal }) => request<Bill[]>("GET", `${ADDRESS}/invoices`, { signal }),
  });
}

/** Something that is done to the reader's subscription: where it leads elsewhere, the browser goes there. */
export function useStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ path, json }: { path: string; json?: { plan: string; cycle: Cycle } }) => {
      const told = await request<{ url: string } | undefined>("POST", `${ADDRESS}/${path}`, { json });
      if (told) window.location.assign(told.url);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Whether there is a subscription that can be changed. */
export function runs({ status }: Billing): boolean {
  return ["active", "trialing", "past_due", "unpaid", "paused"].includes(status ?? "");
}

/** Writes an amount of a currency's smallest unit. */
export function useMoney() {
  const format = useFormatter();
  return (amount: number, currency: string) => {
    const style = { style: "currency", currency: currency.toUpperCase() } as const;
    const digits = new Intl.NumberFormat("en", style).resolvedOptions().maximumFractionDigits ?? 2;
    return format.number(amount / 10 ** digits, style);
  };
}
