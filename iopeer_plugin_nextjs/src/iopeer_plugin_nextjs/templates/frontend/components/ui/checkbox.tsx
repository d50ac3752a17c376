import type { ComponentProps } from "react";

import { cn } from "@/lib/utils";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "checked" | "onChange"> & {
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
};

/** Yes, no, or (`"indeterminate"`) some of each. */
export function Checkbox({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  return (
    <input
      {...props}
      type="checkbox"
      ref={(box) => {
        if (box) box.indeterminate = checked === "indeterminate";
      }}
      checked={checked === true}
      onChange={(event) => onCheckedChange(event.target.checked)}
      className={cn(
        "inline-grid size-4 shrink-0 appearance-none place-content-center rounded-[4px] border border-muted-foreground/60 bg-background align-middle outline-none before:hidden before:size-2.5 before:bg-primary-foreground focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-1 focus-visible:ring-offset-background disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive forced-colors:appearance-auto",
        "checked:border-primary checked:bg-primary checked:before:block checked:before:[clip-path:polygon(12%_48%,2%_60%,38%_94%,98%_18%,86%_8%,36%_70%)]",
        "indeterminate:border-primary indeterminate:bg-primary indeterminate:before:block indeterminate:before:[clip-path:inset(42%_5%)]",
        className,
      )}
    />
  );
}
