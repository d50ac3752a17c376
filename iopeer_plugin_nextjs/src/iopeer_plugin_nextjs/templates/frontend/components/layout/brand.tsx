import Link from "next/link";

import { title } from "@/lib/app";
import { cn } from "@/lib/utils";

/** The application's mark and name; leads home. */
export function Brand({ className }: { className?: string }) {
  return (
    <Link
      href="/"
      className={cn(
        "flex min-w-0 items-center gap-2.5 rounded-md font-semibold tracking-tight outline-none focus-visible:ring-2 focus-visible:ring-ring",
        className,
      )}
    >
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-content-center rounded-md bg-primary text-sm font-bold text-primary-foreground"
      >
        {[...title].find((letter) => /[\p{L}\p{N}]/u.test(letter))?.toUpperCase()}
      </span>
      <span className="truncate">{title}</span>
    </Link>
  );
}
