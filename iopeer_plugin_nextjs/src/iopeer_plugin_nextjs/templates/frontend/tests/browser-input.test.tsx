import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { BrowserInput } from "@/components/form/browser-input";
import { toNumber } from "@/components/form/number-field";
import { UNREADABLE } from "@/lib/unreadable";

const seen: (string | number | null)[] = [];

function Numbers() {
  const [value, setValue] = useState<string | number | null>(5);
  seen.push(value);
  return (
    <BrowserInput type="number" value={value ?? ""} onChange={(text) => setValue(toNumber(text))} />
  );
}

describe("an input that the browser reads", () => {
  it("tells what cannot be read from nothing", () => {
    render(<Numbers />);
    const input = screen.getByRole<HTMLInputElement>("spinbutton");
    const become = (value: string, badInput: boolean) => {
      Object.defineProperty(input, "validity", { configurable: true, value: { badInput } });
      fireEvent.change(input, { target: { value } });
      fireEvent.keyUp(input);
      return seen.at(-1);
    };
    expect(become("", true)).toBe(UNREADABLE); // "5-"
    expect(become("", false)).toBeNull();
    expect(become("", true)).toBe(UNREADABLE);
    expect(become("7", false)).toBe(7);
  });
});
