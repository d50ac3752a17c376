"use client";

import { Combobox } from "@/components/form/combobox";
import { Field, type FieldProps } from "@/components/form/field";
import { useCountries } from "@/hooks/use-country-names";

/** A country. */
export function CountryField(props: FieldProps) {
  const countries = useCountries();
  return (
    <Field<string> {...props}>
      {(control) => <Combobox {...control} options={countries} required={props.required} />}
    </Field>
  );
}
