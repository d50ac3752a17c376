"use client";

import { type ComponentProps, useSyncExternalStore } from "react";

import { ChoiceField } from "@/components/auth/choice-field";
import { useCountries } from "@/hooks/use-country-names";

const never = () => () => undefined;

/** A country; the server, which may name some otherwise, leaves the names to the browser. */
export function CountryField(props: Omit<ComponentProps<typeof ChoiceField>, "choices">) {
  const countries = useCountries();
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return <ChoiceField {...props} choices={isBrowser ? countries : []} />;
}
