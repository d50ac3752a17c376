import type { ComponentProps } from "react";

import { controlClasses } from "@/components/ui/input";
import { cn } from "@/lib/utils";

/** Several lines of text; it grows with what is written. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(controlClasses, "field-sizing-content max-h-96 min-h-24 py-2", className)}
      {...props}
    />
  );
}
