"use client";

import { AlertDialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";

import { Button, type ButtonProps } from "@/components/ui/button";
import { overlayClasses } from "@/components/ui/dialog";
import { cn } from "@/lib/utils";

export { DialogFooter as AlertDialogFooter } from "@/components/ui/dialog";

export const AlertDialog = Primitive.Root;

/** A question that must be answered before anything else. */
export function AlertDialogContent({
  className,
  ...props
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClasses} />
      <Primitive.Content
        className={cn(
          "fixed top-1/2 left-1/2 z-50 grid w-[calc(100%-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 gap-4 rounded-xl border bg-background p-6 shadow-lg outline-none",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

export function AlertDialogHeader({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("flex flex-col gap-1.5", className)} {...props} />;
}

export function AlertDialogTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return (
    <Primitive.Title className={cn("text-lg leading-snug font-semibold", className)} {...props} />
  );
}

export function AlertDialogDescription({
  className,
  ...props
}: ComponentProps<typeof Primitive.Description>) {
  return (
    <Primitive.Description className={cn("text-sm text-muted-foreground", className)} {...props} />
  );
}

/** The button that does what was asked. */
export function AlertDialogAction({ variant = "destructive", ...props }: ButtonProps) {
  return (
    <Primitive.Action asChild>
      <Button variant={variant} {...props} />
    </Primitive.Action>
  );
}

/** The button that leaves everything as it is; it has the focus first. */
export function AlertDialogCancel(props: ButtonProps) {
  return (
    <Primitive.Cancel asChild>
      <Button variant="outline" {...props} />
    </Primitive.Cancel>
  );
}
