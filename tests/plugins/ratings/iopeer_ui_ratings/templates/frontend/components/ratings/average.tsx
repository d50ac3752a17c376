"use client";

import { useQuery } from "@tanstack/react-query";

import { innApi, type InnQuery } from "@/api/inns";
import { Stars } from "@/components/ratings/stars";
import { useTranslations } from "@/lib/i18n";

/** What the inns of a list are rated on average. */
export function Average({ query }: { query: InnQuery }) {
  const t = useTranslations("ratings");
  const inns = useQuery({
    queryKey: ["inn", "average", query],
    queryFn: ({ signal }) => innApi.list(query, signal),
  });
  const ratings = (inns.data?.items ?? []).flatMap(({ rating }) => rating ?? []);
  if (ratings.length === 0) return null;
  const sum = ratings.reduce((one, other) => one + other, 0);
  return (
    <p role="status">
      {t("average")} <Stars value={Math.round(sum / ratings.length)} place="page" />
    </p>
  );
}
