import { describe, expect, it } from "vitest";

import { ApiError } from "@/api/client";
import { failureOf } from "@/hooks/use-resource";

const error = (status: number) => new ApiError({ type: "about:blank", title: "No", status });

describe("what is shown", () => {
  it.each([0, 429, 500, 503])("stays where it was asked for again and answered %i", (status) => {
    expect(failureOf({ data: {}, error: error(status) })).toBeNull();
  });

  it.each([401, 403, 404])("goes where the answer is %i", (status) => {
    expect(failureOf({ data: {}, error: error(status) })).toMatchObject({ status });
  });

  it("is the failure where there is nothing else", () => {
    expect(failureOf({ data: undefined, error: error(503) })).toMatchObject({ status: 503 });
    expect(failureOf({ data: undefined, error: null })).toBeNull();
  });
});
