import type { ComponentType } from "react";

/** Parameters of a list, by name, as an address holds them; those without a value are null. */
export type Values = Record<string, string | null>;

/** What the parts of a filter are given: its parameters, and how to set them. */
export interface FilterProps {
  values: Values;
  change: (values: Values) => void;
}

/** A way to narrow a list by one field. */
export interface Filter {
  /** The field: names its label and its grants. */
  name: string;
  /** The API's parameters that it sets. */
  parameters: readonly string[];
  /** Where its values are chosen. */
  Editor: ComponentType<FilterProps>;
  /** What was chosen, in a few words. */
  Summary: ComponentType<Pick<FilterProps, "values">>;
}

export interface FilterOptions {
  /** Whether rows may have no value: then those can be asked for too. */
  optional?: boolean;
}

/** Whether any of the parameters of a filter is set. */
export function isActive(filter: Filter, values: Values): boolean {
  return filter.parameters.some((name) => values[name]);
}
