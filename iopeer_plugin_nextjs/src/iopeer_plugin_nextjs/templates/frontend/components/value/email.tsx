import type { Field, Holding } from "@/components/value/field";
import { anchored } from "@/components/value/link";

/** An e-mail address. */
export function email<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return anchored(name, (value) => `mailto:${value}`);
}
