import type { Filter, FilterProps } from "@/components/data-table/filters/filter";
import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

const ANSWERS = ["true", "false"] as const;

/** Yes or no. */
export function flag(name: string, parameter = name): Filter {
  function Editor({ values, change }: FilterProps) {
    const t = useTranslations("table");
    return (
      <div className="grid grid-cols-2 gap-2">
        {ANSWERS.map((answer) => {
          const chosen = values[parameter] === answer;
          return (
            <Button
              key={answer}
              size="sm"
              variant={chosen ? "default" : "outline"}
              aria-pressed={chosen}
              onClick={() => change({ [parameter]: chosen ? null : answer })}
            >
              {t(answer === "true" ? "yes" : "no")}
            </Button>
          );
        })}
      </div>
    );
  }

  function Summary({ values }: Pick<FilterProps, "values">) {
    const t = useTranslations("table");
    return values[parameter] ? t(values[parameter] === "true" ? "yes" : "no") : null;
  }

  return { name, parameters: [parameter], Editor, Summary };
}
