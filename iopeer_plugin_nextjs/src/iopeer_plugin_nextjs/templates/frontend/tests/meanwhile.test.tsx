import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";

import { resource } from "@/api/resource";
import { Form } from "@/components/form/form";
import { TextField } from "@/components/form/text-field";
import { useRemoval } from "@/components/row/removal";
import { text as shown } from "@/components/value/text";
import { useUpdate } from "@/hooks/use-resource";
import { type EntityName, routes } from "@/lib/entities";
import { policies } from "@/lib/policies";
import { text } from "@/lib/schemas/rules";

import { type Asked, fakeApi, problem } from "./support/api";
import { navigation } from "./support/navigation";
import { messages, renderPage } from "./support/render";

const texts = messages.form;
const schema = z.object({ "a title": z.nullable(text()), "a note": z.nullable(text()) });
const first = { id: 1, updated_at: "then", "a title": "Milk", "a note": "a litre" };
const theirs = { ...first, updated_at: "now", "a title": "Bread", "a note": "a loaf" };
type Row = typeof first;

const entity = Object.keys(routes)[0] as EntityName;
const granted = { [entity]: policies[entity] };
const everybody = { [entity]: { public: { read: [{}], update: [{}], delete: [{}] } } };

const api = resource<Row, object, Partial<Row>, object>({
  entity,
  base: "/rows",
  label: (row) => row["a title"],
});

function Edit() {
  const update = useUpdate(api);
  return (
    <Form<Row, typeof schema>
      resource={api}
      row={first}
      schema={schema}
      values={(row) => ({ "a title": row?.["a title"] ?? null, "a note": row?.["a note"] ?? null })}
      fields={() => Promise.resolve([shown("a title"), shown("a note")])}
      create={api.create}
      update={({ id, input, seen }) => update.mutateAsync({ id, input: input as object, seen })}
    >
      <TextField name="a title" />
      <TextField name="a note" />
    </Form>
  );
}

function Remove() {
  const { ask, dialog } = useRemoval(api);
  return (
    <>
      <button onClick={() => ask([first])}>ask</button>
      {dialog}
    </>
  );
}

/** An API where somebody else was faster: it takes the version that is there now alone. */
function otherwise(done: Response): Asked[] {
  return fakeApi(({ headers, method }) => {
    if (method === "GET") return problem(401);
    return headers.get("if-match") === '"now"' ? done : problem(412, { current: theirs });
  });
}

const sent = (asked: Asked[]) =>
  asked
    .filter(({ method }) => method !== "GET")
    .map(({ method, headers, body }) => [method, headers.get("if-match"), body]);
const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => void Object.assign(policies, everybody));
afterEach(() => void Object.assign(policies, granted));

describe("a row that somebody else has changed meanwhile", () => {
  let asked: Asked[] = [];

  beforeEach(async () => {
    asked = otherwise(Response.json({ ...theirs, "a title": "Eggs" }));
    renderPage(<Edit />);
    const [title] = await screen.findAllByRole("textbox");
    await userEvent.clear(title!);
    await userEvent.type(title!, "Eggs");
    await click(texts.save);
    await screen.findByRole("button", { name: texts.keepMine });
  });

  it("is shown beside what was typed, which stays", () => {
    const [title, note] = screen.getAllByRole("textbox");
    expect(title).toHaveValue("Eggs");
    expect(title).toHaveAccessibleDescription(`${texts.theirs} Bread`);
    expect(note).toHaveValue("a loaf");
    expect(screen.getByText(/a title.*a note/)).toHaveRole("paragraph");
    expect(navigation.push).not.toHaveBeenCalled();
  });

  it("is changed all the same where the reader keeps his own", async () => {
    await click(texts.keepMine);
    await vi.waitFor(() => expect(navigation.push).toHaveBeenCalled());
    const body = JSON.stringify({ "a title": "Eggs" });
    expect(sent(asked)).toEqual([
      ["PATCH", '"then"', body],
      ["PATCH", '"now"', body],
    ]);
  });

  it("is left alone where the reader takes theirs", async () => {
    await click(texts.takeTheirs);
    expect(screen.getByDisplayValue("Bread")).toHaveAccessibleDescription("");
    expect(screen.queryByRole("button", { name: texts.keepMine })).toBeNull();
    expect(sent(asked)).toHaveLength(1);
  });
});

describe("the removal of such a row", () => {
  it("is asked for again", async () => {
    const asked = otherwise(new Response(null, { status: 204 }));
    renderPage(<Remove />);
    await click("ask");
    await click(messages.remove.remove);
    const changed = new RegExp(`^${messages.remove.changedMeanwhile}`);
    const dialog = await screen.findByRole("alertdialog", { description: changed });
    expect(dialog).toHaveTextContent("Bread");
    await userEvent.click(within(dialog).getByRole("button", { name: messages.remove.remove }));
    await screen.findByText(messages.remove.removed.replace(/.*one \{(.*?)\}.*/, "$1"));
    expect(sent(asked)).toEqual([
      ["DELETE", '"then"', ""],
      ["DELETE", '"now"', ""],
    ]);
  });
});
