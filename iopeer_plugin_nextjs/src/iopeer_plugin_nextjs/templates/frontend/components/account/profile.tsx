"use client";

import { PencilIcon } from "lucide-react";
import Link from "next/link";

import { emailOf } from "@/api/auth";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import { useAuth } from "@/hooks/use-auth";
import { useTranslations } from "@/lib/i18n";
import { accountEntity } from "@/lib/navigation";
import { placeOf } from "@/lib/places";

/** Who the reader is, and the way to change it. */
export function Profile() {
  const t = useTranslations("account");
  const { account, can } = useAuth();
  const place = placeOf(accountEntity);
  if (!account) return null;
  const name = account.label ?? emailOf(account);
  return (
    <Card>
      <CardContent className="flex flex-wrap items-center gap-4">
        <span
          aria-hidden="true"
          className="grid size-12 shrink-0 place-content-center rounded-full bg-primary text-lg font-semibold text-primary-foreground"
        >
          {name.charAt(0).toUpperCase()}
        </span>
        <div className="min-w-0 grow basis-48">
          <h2 className="flex flex-wrap items-center gap-2 font-semibold">
            <span className="truncate">{name}</span>
            {"role" in account && typeof account.role === "string" && <Badge>{account.role}</Badge>}
          </h2>
          <p className="truncate text-sm text-muted-foreground">{emailOf(account)}</p>
        </div>
        {place && can("update", accountEntity, account) && (
          <Button asChild variant="outline">
            <Link href={`${place.href}/${encodeURIComponent(account.id)}/edit`}>
              <PencilIcon />
              {t("edit_profile")}
            </Link>
          </Button>
        )}
      </CardContent>
    </Card>
  );
}
