import { CheckIcon, XIcon } from "lucide-react";

import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useTranslations } from "@/lib/i18n";

function YesOrNo({ value }: { value: boolean }) {
  const t = useTranslations("table");
  const Icon = value ? CheckIcon : XIcon;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon
        aria-hidden="true"
        className={value ? "size-4 text-success" : "size-4 text-muted-foreground"}
      />
      {t(value ? "yes" : "no")}
    </span>
  );
}

/** Yes or no. */
export function boolean<Name extends string>(name: Name): Field<Holding<Name, boolean>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] == null ? <Empty /> : <YesOrNo value={row[name]} />),
    text: (row) => (row[name] == null ? "" : String(row[name])),
  };
}
