import { describe, expect, it } from "vitest";

import { csv } from "@/lib/csv";

describe("a file for spreadsheets", () => {
  const lines = [
    ["Name", "Price"],
    ["Ada, Lovelace", "1,5"],
    ["=1+1", ""],
  ];

  it("has semicolons between its cells where the comma is before decimals", () => {
    expect(csv(lines, "es-ES")).toBe('\uFEFFName;Price\r\n"Ada, Lovelace";"1,5"\r\n\'=1+1;\r\n');
  });

  it("has commas between them elsewhere", () => {
    expect(csv(lines, "en")).toBe('\uFEFFName,Price\r\n"Ada, Lovelace","1,5"\r\n\'=1+1,\r\n');
  });
});
