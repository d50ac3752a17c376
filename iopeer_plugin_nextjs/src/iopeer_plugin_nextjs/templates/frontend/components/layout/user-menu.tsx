"use client";

import { LogInIcon, LogOutIcon, UserRoundCogIcon } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";

import { emailOf } from "@/api/account";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Skeleton } from "@/components/ui/skeleton";
import { useAuth } from "@/hooks/use-auth";
import { useTranslations } from "@/lib/i18n";
import { leave } from "@/lib/leaving";
import { loginPage } from "@/lib/next-page";

/** Who is signed in: their account, and the way out; for a visitor, the way in. */
export function UserMenu() {
  const t = useTranslations("layout");
  const { account, status, logout } = useAuth();
  if (status === "loading" || status === "failed") {
    return <Skeleton className="mx-2 size-8 rounded-full!" />;
  }
  if (!account) return <SignIn />;
  const name = account.label ?? emailOf(account);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="gap-2.5! px-2!" aria-label={t("user_menu", { name })}>
          <span
            data-initial={name.charAt(0).toUpperCase()} // drawn, not said: the name beside it is
            className="grid size-7 place-content-center rounded-full bg-primary text-xs font-semibold text-primary-foreground before:content-[attr(data-initial)]"
          />
          <span className="hidden max-w-36 truncate md:inline">{name}</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <DropdownMenuLabel className="grid gap-0.5">
          <span className="truncate text-sm text-foreground">{name}</span>
          <span className="truncate font-normal">{emailOf(account)}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRoundCogIcon />
            {t("account")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => leave(() => void logout())}>
          <LogOutIcon />
          {t("logout")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The way in, which leads back to what is shown here. */
function SignIn() {
  const t = useTranslations("layout");
  const search = useSearchParams().toString();
  const here = usePathname() + (search && `?${search}`);
  return (
    <Button asChild size="sm" className="ml-1">
      <Link href={loginPage(here)}>
        <LogInIcon />
        {t("login")}
      </Link>
    </Button>
  );
}
