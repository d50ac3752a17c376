"use client";

import type { LucideIcon } from "lucide-react";
import { usePathname } from "next/navigation";

import { NearLink } from "@/components/layout/near-link";
import { useEntityLabels, useReadablePlaces } from "@/hooks/use-places";
import { useTranslations } from "@/lib/i18n";
import { pages } from "@/lib/navigation";
import { cn } from "@/lib/utils";

/** The pages that the reader may go to. */
export function SidebarNav({ onNavigate }: { onNavigate?: () => void }) {
  const t = useTranslations("layout");
  const tAll = useTranslations();
  const labels = useEntityLabels();
  const places = useReadablePlaces();
  const [first, ...others] = pages.filter((page) => page.listed);
  return (
    <nav aria-label={t("navigation")} className="flex-1 overflow-y-auto p-3">
      <ul className="grid grid-cols-1 gap-1">
        {first && <NavItem {...first} label={tAll(first.label)} onNavigate={onNavigate} />}
        {places.map(({ entity, href, icon }) => (
          <NavItem
            key={entity}
            href={href}
            icon={icon}
            label={labels.many(entity)}
            onNavigate={onNavigate}
          />
        ))}
        {others.map((page) => (
          <NavItem key={page.href} {...page} label={tAll(page.label)} onNavigate={onNavigate} />
        ))}
      </ul>
    </nav>
  );
}

function NavItem({
  href,
  icon: Icon,
  label,
  onNavigate,
}: {
  href: string;
  icon: LucideIcon;
  label: string;
  onNavigate?: () => void;
}) {
  const pathname = usePathname();
  const active = href === "/" ? pathname === "/" : `${pathname}/`.startsWith(`${href}/`);
  return (
    <li>
      <NearLink
        href={href}
        aria-current={active ? "page" : undefined}
        onClick={onNavigate}
        className={cn(
          "flex min-h-9 items-center gap-3 rounded-md px-3 py-1.5 text-sm font-medium text-muted-foreground outline-none hover:bg-accent hover:text-accent-foreground focus-visible:ring-2 focus-visible:ring-ring",
          active && "bg-accent text-accent-foreground!",
        )}
      >
        <Icon className="size-4 shrink-0" aria-hidden="true" />
        <span className="line-clamp-2 min-w-0 break-words">{label}</span>
      </NearLink>
    </li>
  );
}
