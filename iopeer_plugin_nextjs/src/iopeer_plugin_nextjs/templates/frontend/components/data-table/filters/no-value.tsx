import { useId } from "react";

import type { FilterProps } from "@/components/data-table/filters/filter";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { useTranslations } from "@/lib/i18n";

/** Asks for the rows that have no value in a field. */
export function NoValue({ parameter, values, change }: FilterProps & { parameter: string }) {
  const t = useTranslations("table");
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Checkbox
        id={id}
        checked={values[parameter] === "true"}
        onCheckedChange={(checked) => change({ [parameter]: checked ? "true" : null })}
      />
      <Label htmlFor={id} className="font-normal!">
        {t("isEmpty")}
      </Label>
    </div>
  );
}
