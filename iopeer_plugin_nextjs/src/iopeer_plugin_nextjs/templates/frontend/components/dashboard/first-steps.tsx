"use client";

import { CircleCheckIcon, CircleIcon, PlusIcon } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useAuth } from "@/hooks/use-auth";
import type { Overview } from "@/hooks/use-overview";
import { useEntityLabels } from "@/hooks/use-places";
import { useTranslations } from "@/lib/i18n";
import { firstSteps } from "@/lib/navigation";

/** How to begin, while there is hardly anything yet. */
export function FirstSteps({ counts }: Pick<Overview, "counts">) {
  const t = useTranslations("dashboard");
  const tLayout = useTranslations("layout");
  const labels = useEntityLabels();
  const { can } = useAuth();
  const steps = firstSteps.flatMap((entity) =>
    can("create", entity) ? [...counts.keys()].filter((place) => place.entity === entity) : [],
  );
  const done = steps.map((place) => (counts.get(place) ?? 0) > 0);
  if (steps.length === 0 || done.filter(Boolean).length * 2 > steps.length) return null;
  const next = done.indexOf(false);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("first_steps")}</CardTitle>
        <CardDescription>{t("first_steps_description")}</CardDescription>
      </CardHeader>
      <CardContent>
        <ol className="grid gap-1">
          {steps.map(({ entity, href }, index) => (
            <li key={entity} className="flex min-h-10 items-center gap-3 text-sm">
              {done[index] ? (
                <CircleCheckIcon className="size-5 shrink-0 text-success" aria-label={t("done")} />
              ) : (
                <CircleIcon className="size-5 shrink-0 text-muted-foreground" aria-hidden="true" />
              )}
              <span className={done[index] ? "text-muted-foreground line-through" : "font-medium"}>
                {t("add_first", { entity: labels.inSentence(entity) })}
              </span>
              {!done[index] && (
                <Button
                  asChild
                  size="sm"
                  variant={index === next ? "default" : "outline"}
                  className="ml-auto"
                >
                  <Link
                    href={`${href}/new`}
                    aria-label={tLayout("new_one", { entity: labels.inSentence(entity) })}
                  >
                    <PlusIcon />
                    {tLayout("add")}
                  </Link>
                </Button>
              )}
            </li>
          ))}
        </ol>
      </CardContent>
    </Card>
  );
}
