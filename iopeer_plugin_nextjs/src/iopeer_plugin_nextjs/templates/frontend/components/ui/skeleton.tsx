import type { ComponentProps } from "react";

import { cn } from "@/lib/utils";

/** Stands for what is still loading, in its final size. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      aria-hidden="true"
      className={cn("animate-pulse rounded-md bg-muted-foreground/15", className)}
      {...props}
    />
  );
}
