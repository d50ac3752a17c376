import { describe, expect, it } from "vitest";

import { cn } from "@/lib/utils";

describe("cn", () => {
  it("keeps the last of two classes that contradict each other", () => {
    expect(cn("p-2", { "text-sm": true, hidden: false }, "p-4")).toBe("text-sm p-4");
  });
});
