import type { Field, Holding } from "@/components/value/field";
import { anchored } from "@/components/value/link";

/** A telephone number. */
export function phone<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return anchored(name, (value) => `tel:${value.replace(/[^+\d]/g, "")}`);
}
