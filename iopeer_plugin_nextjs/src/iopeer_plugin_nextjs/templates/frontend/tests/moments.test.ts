import { describe, expect, it } from "vitest";

import { fromLocal, toLocal } from "@/lib/moments";

describe("a moment", () => {
  it("is written as inputs take it, also while its year is typed", () => {
    for (const local of ["0002-05-06T10:00", "2026-12-31T23:59"]) {
      expect(toLocal(fromLocal(local) ?? "")).toBe(local);
    }
  });

  it("is none where it is half written", () => {
    expect(fromLocal("2026-12-31T")).toBeNull();
    expect(toLocal("soon")).toBe("");
  });
});
