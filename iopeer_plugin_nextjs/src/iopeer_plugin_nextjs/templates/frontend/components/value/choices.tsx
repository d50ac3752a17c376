import { Choice } from "@/components/value/choice";
import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";

/** Some of a few values. */
export function choices<Name extends string>(
  name: Name,
  values: readonly string[],
): Field<Holding<Name, readonly string[]>> {
  return {
    name,
    cell: (row) =>
      row[name]?.length ? (
        <span className="flex flex-wrap gap-1">
          {row[name].map((value) => (
            <Choice key={value} field={name} values={values} value={value} />
          ))}
        </span>
      ) : (
        <Empty />
      ),
    text: (row) => (row[name] ?? []).join("; "),
  };
}
