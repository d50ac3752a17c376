"use client";

import { useState } from "react";

import type { AnyRow, Resource } from "@/api/resource";
import type { Id } from "@/api/types";
import { type Linked, nameOf } from "@/components/value/reference";
import { Picker, type PickerProps } from "@/components/form/picker";
import { EndOfRows, MoreRows } from "@/components/form/more-rows";
import { useDebounced } from "@/hooks/use-debounced";
import { useRow, useSearch } from "@/hooks/use-resource";

/** Finds rows by what is typed, while a list of them is open. */
export function useRowOptions(of: Resource) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const found = useSearch(of, useDebounced(text.trim(), 250), open);
  const rows: AnyRow[] = found.data?.pages.flatMap((page) => page.items) ?? [];
  const options = rows.map((row) => ({ value: String(row.id), label: of.label(row) }));
  const idOf = (value: string): Id => rows.find((row) => String(row.id) === value)?.id ?? value;
  return {
    options,
    idOf,
    picker: {
      options,
      // Without a parameter to search with, what is typed narrows the rows that are there.
      filter: !of.search,
      search: of.search ? { text, onChange: setText } : undefined,
      onOpen: (opened: boolean) => {
        setOpen(opened);
        if (!opened) setText("");
      },
      end: <EndOfRows found={found} />,
      footer: <MoreRows found={found} />,
    },
  };
}

/** Chooses a row of an entity: it searches as one types, and loads page by page. */
export function RowPicker({
  of,
  value,
  current,
  onChange,
  required = false,
  ...props
}: PickerProps & {
  of: Resource;
  value: Id | null;
  /** The row that was chosen before, whose name is known. */
  current?: Linked | null;
  onChange: (id: Id | null) => void;
  required?: boolean;
}) {
  const { options, idOf, picker } = useRowOptions(of);
  const chosen = value === null ? null : String(value);
  const known =
    current && String(current.id) === chosen
      ? nameOf(current)
      : options.find((option) => option.value === chosen)?.label;
  const asked = useRow(of, chosen !== null && known === undefined ? chosen : null);
  const read = asked.data && of.label(asked.data);
  return (
    <Picker
      {...props}
      {...picker}
      shown={chosen === null ? null : (known ?? read ?? `#${chosen}`)}
      isChosen={(one) => one === chosen}
      onChoose={(one) => onChange(idOf(one))}
      onClear={required ? undefined : () => onChange(null)}
    />
  );
}
