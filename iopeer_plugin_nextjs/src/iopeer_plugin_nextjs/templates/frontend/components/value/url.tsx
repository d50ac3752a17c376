import type { Field, Holding } from "@/components/value/field";
import { anchored } from "@/components/value/link";
import { safeUrl } from "@/lib/urls";

/** A web address; shown without its scheme. */
export function url<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return anchored(name, safeUrl, (value) => value.replace(/^https?:\/\/(www\.)?/, ""));
}
