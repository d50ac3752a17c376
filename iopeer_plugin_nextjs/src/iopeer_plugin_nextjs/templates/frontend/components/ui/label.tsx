"use client";

import { Label as Primitive } from "radix-ui";
import type { ComponentProps } from "react";

import { cn } from "@/lib/utils";

/** The name of a control. */
export function Label({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "flex items-center gap-1 text-sm leading-none font-medium select-none",
        className,
      )}
      {...props}
    />
  );
}
