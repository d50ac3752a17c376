import type { ComponentProps } from "react";

import { cn } from "@/lib/utils";

/** The name of a control. */
export function Label({ className, children, ...props }: ComponentProps<"label">) {
  return (
    <label
      className={cn(
        "flex items-center gap-1 text-sm leading-tight font-medium select-none",
        className,
      )}
      {...props}
    >
      {children}
    </label>
  );
}
