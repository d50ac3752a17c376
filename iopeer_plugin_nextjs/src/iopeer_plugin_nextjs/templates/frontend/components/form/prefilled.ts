import type * as z from "zod/mini";

import { fromList } from "@/lib/lists";

/** What a form starts with, where its address already says something: `?project_id=3`. */
export function prefilled<Schema extends z.ZodMiniObject>(
  schema: Schema,
  values: z.input<Schema>,
  parameters: Pick<URLSearchParams, "get">,
): z.input<Schema> {
  const given: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const text = parameters.get(name);
    if (text === null) continue;
    const list = fromList(text);
    const readings = [text, Number(text), list, list.map(Number)];
    const fitting = readings.find((reading) => (field as z.ZodMiniType).safeParse(reading).success);
    if (fitting !== undefined) given[name] = fitting;
  }
  return { ...values, ...given };
}
