"use client";

import type { ComponentProps } from "react";

import { ChoiceField } from "@/components/auth/choice-field";
import { useCountries } from "@/hooks/use-country-names";

/** A country. */
export function CountryField(props: Omit<ComponentProps<typeof ChoiceField>, "choices">) {
  return <ChoiceField {...props} choices={useCountries()} />;
}
