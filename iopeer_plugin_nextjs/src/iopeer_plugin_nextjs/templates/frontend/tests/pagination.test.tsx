import { renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { useLastPage } from "@/components/data-table/pagination";
import type { ListState } from "@/hooks/use-list-state";

function changeOf(offset: number, rows: Parameters<typeof useLastPage>[1]) {
  const change = vi.fn<ListState["change"]>();
  const state = { values: {}, query: {}, limit: 20, offset, sort: null, change };
  renderHook(() => useLastPage(state, rows));
  return change;
}

describe("a page that is no more", () => {
  it.each([
    [40, 40, { offset: "20" }],
    [40, 12, { offset: null }],
    [20, 0, { offset: null }],
  ])("from %i of %i rows on leads to the last one", (offset, total, changed) => {
    const change = changeOf(offset, { data: { total }, isPlaceholderData: false });
    expect(change).toHaveBeenCalledExactlyOnceWith(changed, "replace");
  });

  it("is not taken for one before the rows are there", () => {
    expect(changeOf(40, { data: { total: 5 }, isPlaceholderData: true })).not.toHaveBeenCalled();
    expect(changeOf(40, { isPlaceholderData: false })).not.toHaveBeenCalled();
    expect(changeOf(20, { data: { total: 40 }, isPlaceholderData: false })).not.toHaveBeenCalled();
  });
});
