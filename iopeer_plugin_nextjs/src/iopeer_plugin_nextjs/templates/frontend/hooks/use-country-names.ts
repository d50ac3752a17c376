import { useCallback, useMemo } from "react";

import { COUNTRIES } from "@/lib/countries";
import { useLocale } from "@/lib/i18n";

/** Names countries in the reader's language. */
export function useCountryName(): (code: string) => string {
  const locale = useLocale();
  const names = useMemo(() => new Intl.DisplayNames([locale], { type: "region" }), [locale]);
  return useCallback((code) => names.of(code) ?? code, [names]);
}

/** All countries, by name. */
export function useCountries(): { value: string; label: string }[] {
  const locale = useLocale();
  const nameOf = useCountryName();
  return useMemo(
    () =>
      COUNTRIES.map((value) => ({ value, label: nameOf(value) })).sort((one, other) =>
        one.label.localeCompare(other.label, locale),
      ),
    [locale, nameOf],
  );
}
