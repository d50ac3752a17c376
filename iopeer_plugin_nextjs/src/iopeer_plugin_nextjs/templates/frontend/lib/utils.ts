import { clsx, type ClassValue } from "clsx";
import { twMerge } from "tailwind-merge";

/** The member of a record, of its own alone: a field may be called like what every object has. */
export function ownOf<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Joins class names; of Tailwind classes that contradict each other the last one stays. */
export function cn(...classes: ClassValue[]): string {
  return twMerge(clsx(classes));
}
