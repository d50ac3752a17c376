import { describe, expect, it } from "vitest";

import { toDecimal, writtenDecimal } from "@/lib/decimals";

describe("a number that is written", () => {
  it.each([
    ["en", "1234", "1234"],
    ["en", "1.234", "1.234"],
    ["en", "1,234", "?"],
    ["en", "-12,345", "?"],
    ["en", "1,5", "1.5"],
    ["en", "0,123", "0.123"],
    ["en", "1,234.5", "1234.5"],
    ["en", "1,234,567", "1234567"],
    ["en", "1.234,5", "1234.5"],
    ["es", "1,234", "1.234"],
    ["es", "1.234", "?"],
    ["es", "12.50", "12.50"],
    ["es", "1.234,50", "1234.50"],
    ["es", "1 234,5", "1234.5"],
    ["en", "1,23,4", "1,23,4"],
    ["en", "1..2", "1..2"],
    ["en", "two", "two"],
  ])("in %s as %s is %s", (locale, written, meant) => {
    expect(toDecimal(written, locale)).toBe(meant);
  });

  it("is shown as it may be written", () => {
    for (const locale of ["en", "es"]) {
      for (const value of ["1234.567", "-0.5", "7"]) {
        expect(toDecimal(writtenDecimal(value, locale), locale)).toBe(value);
      }
    }
    expect(writtenDecimal("1.5", "es")).toBe("1,5");
  });
});
