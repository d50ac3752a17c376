import { describe, expect, it } from "vitest";

import { addressOf } from "@/lib/callers";

describe("the address of a caller", () => {
  it.each([
    [[], "198.51.100.7", 0, "198.51.100.7"],
    [["203.0.113.5"], "::ffff:198.51.100.7", 0, "198.51.100.7"],
    [["203.0.113.5", "192.0.2.1"], "127.0.0.1", 1, "192.0.2.1"],
    [["203.0.113.5, 192.0.2.1, 198.51.100.8"], "127.0.0.1", 2, "192.0.2.1"],
    [["203.0.113.5"], "127.0.0.1", 2, "127.0.0.1"],
    [["unknown"], "127.0.0.1", 1, undefined],
    [[], undefined, 0, undefined],
  ])("%j from %s through %i proxies is %s", (written, saw, proxies, address) => {
    expect(addressOf(written, saw, proxies)).toBe(address);
  });
});
