import type { ComponentProps } from "react";

import { cn } from "@/lib/utils";

/** On or off. */
export function Switch({
  className,
  onCheckedChange,
  ...props
}: Omit<ComponentProps<"input">, "type" | "role" | "onChange"> & {
  onCheckedChange: (checked: boolean) => void;
}) {
  return (
    <input
      {...props}
      type="checkbox"
      role="switch"
      onChange={(event) => onCheckedChange(event.target.checked)}
      className={cn(
        "inline-flex h-5 w-9 shrink-0 appearance-none items-center rounded-full bg-muted-foreground/60 outline-none before:size-4 before:translate-x-0.5 before:rounded-full before:bg-background before:shadow-sm before:transition-transform checked:bg-primary checked:before:translate-x-4.5 focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 focus-visible:ring-offset-background disabled:cursor-not-allowed disabled:opacity-50 forced-colors:appearance-auto",
        className,
      )}
    />
  );
}
