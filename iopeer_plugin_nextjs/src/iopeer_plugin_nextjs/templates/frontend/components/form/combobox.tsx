"use client";

import { type Option, Picker, type PickerProps } from "@/components/form/picker";

/** Chooses one of many known options. */
export function Combobox({
  options,
  value,
  onChange,
  required = false,
  ...props
}: PickerProps & {
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  required?: boolean;
}) {
  return (
    <Picker
      {...props}
      options={options}
      shown={options.find((option) => option.value === value)?.label}
      isChosen={(one) => one === value}
      onChoose={onChange}
      onClear={required ? undefined : () => onChange(null)}
    />
  );
}
