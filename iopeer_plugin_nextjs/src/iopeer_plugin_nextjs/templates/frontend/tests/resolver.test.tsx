import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useForm } from "react-hook-form";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";

import { useFormResolver } from "@/components/form/resolver";
import { text } from "@/lib/schemas/rules";

import { messages, renderPage } from "./support/render";

const read = z.transform((written: string) => JSON.parse(written) as unknown);
const schema = z.object({ note: z.nullable(text()), data: z.pipe(z.string(), read) });
const chosen = { field: "note", required: true, holds: (row: object) => "chosen" in row };

function Form({ rules, send }: { rules: (typeof chosen)[]; send: (values: object) => void }) {
  const resolver = useFormResolver(schema, ["note", "data"], rules);
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { note: "", data: '""' },
    resolver,
  });
  return (
    <form onSubmit={(event) => void handleSubmit(send)(event)}>
      <input aria-label="note" {...register("note")} />
      <button>send</button>
      {String(formState.errors.note?.message)}
    </form>
  );
}

describe("what a form sends", () => {
  it("has nothing for a text of blanks, and data as it was written", async () => {
    const send = vi.fn();
    renderPage(<Form rules={[]} send={send} />);
    await userEvent.type(screen.getByLabelText("note"), "  ");
    await userEvent.click(screen.getByRole("button", { name: "send" }));
    expect(send.mock.calls[0]?.[0]).toEqual({ note: null, data: "" });
  });

  it("is nothing while something is missing, which it says", async () => {
    const send = vi.fn();
    renderPage(<Form rules={[chosen]} send={send} />);
    await userEvent.click(screen.getByRole("button", { name: "send" }));
    expect(await screen.findByText(messages.validation.required)).toBeVisible();
    expect(send).not.toHaveBeenCalled();
  });
});
