import { describe, expect, it } from "vitest";

import { fromList, toList } from "@/lib/lists";

describe("several values in one text", () => {
  it.each([
    [["a", "b"], "a,b"],
    [["Smith, John", "b\\"], "Smith\\, John,b\\\\"],
    [["😀,", ""], "😀\\,,"],
  ])("%j are %s", (values, text) => {
    expect(toList(values)).toBe(text);
    expect(fromList(text)).toEqual(values);
  });
});
