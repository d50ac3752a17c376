import type { Json } from "@/api/types";
import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { Badge } from "@/components/ui/badge";

const MOST_IN_A_CELL = 3;

function written(item: Json): string {
  return typeof item === "object" ? JSON.stringify(item) : String(item);
}

function Item({ item }: { item: Json }) {
  const text = written(item);
  if (!/^https?:\/\//.test(text)) return <>{text}</>;
  return (
    <a href={text} rel="noreferrer" className="break-all text-primary hover:underline">
      {text}
    </a>
  );
}

/** Several values: the first ones in a table. */
export function list<Name extends string>(name: Name): Field<Holding<Name, Json[]>> {
  return {
    name,
    cell: (row) => {
      const items = row[name] ?? [];
      if (items.length === 0) return <Empty />;
      return (
        <span className="flex max-w-72 flex-wrap gap-1">
          {items.slice(0, MOST_IN_A_CELL).map((item, index) => (
            <Badge key={index} variant="outline" className="max-w-40!">
              {written(item)}
            </Badge>
          ))}
          {items.length > MOST_IN_A_CELL && <Badge>+{items.length - MOST_IN_A_CELL}</Badge>}
        </span>
      );
    },
    full: (row) =>
      row[name]?.length ? (
        <ul className="list-disc space-y-1 pl-5">
          {row[name].map((item, index) => (
            <li key={index}>
              <Item item={item} />
            </li>
          ))}
        </ul>
      ) : (
        <Empty />
      ),
    text: (row) => (row[name] ?? []).map(written).join("; "),
    wide: true,
  };
}
