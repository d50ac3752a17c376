import type { ValueProps } from "@/components/value/shown-by";

/** A rating, as stars. */
export function Stars({ value }: ValueProps<number>) {
  return (
    <span role="img" aria-label={`${value}/5`}>
      {"★".repeat(value)}
      {"☆".repeat(Math.max(0, 5 - value))}
    </span>
  );
}
