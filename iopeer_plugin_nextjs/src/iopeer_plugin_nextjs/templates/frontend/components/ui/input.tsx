import type { ComponentProps } from "react";

import { cn } from "@/lib/utils";

/** The look of every control that holds a value. */
export const controlClasses =
  "w-full min-w-0 rounded-md border border-input bg-background px-3 text-base transition-shadow outline-none placeholder:text-muted-foreground focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/40 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-destructive aria-invalid:focus-visible:ring-destructive/30 md:text-sm";

/** A line of text, or whatever `type` says. */
export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input type={type} className={cn(controlClasses, "h-9 py-1", className)} {...props} />;
}
