import { describe, expect, it } from "vitest";

import { number } from "@/lib/typed-number";

describe("a number of a new account", () => {
  it.each([
    ["7", true],
    ["", false],
    ["seven", false],
  ])("may be %j: %s", (typed, good) => {
    expect(number().safeParse(typed).success).toBe(good);
  });
});
