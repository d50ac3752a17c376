import { clsx, type ClassValue } from "clsx";

/** The member of a record, of its own alone: a field may be called like what every object has. */
export function ownOf<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Joins class names. What a component's own classes say otherwise is marked as important: `px-2!`. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
