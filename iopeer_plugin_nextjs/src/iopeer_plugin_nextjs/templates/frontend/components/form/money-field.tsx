import { DecimalInput } from "@/components/form/decimal-input";
import { Field, type FieldProps } from "@/components/form/field";
import { currency } from "@/lib/app";
import { useLocale } from "@/lib/i18n";

/** An amount of money, beside the sign of its currency. */
export function MoneyField(props: FieldProps) {
  const sign = useCurrencySign();
  return (
    <Field<string> {...props}>
      {(control) => (
        <div className="relative">
          <DecimalInput {...control} className={sign ? "pr-12" : undefined} />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-sm text-muted-foreground"
          >
            {sign}
          </span>
        </div>
      )}
    </Field>
  );
}

/** `€`; nothing where the application has no currency. */
function useCurrencySign(): string | undefined {
  const locale = useLocale();
  if (!currency) return undefined;
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency }).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value;
}
