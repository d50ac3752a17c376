import { screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ME } from "@/api/endpoints";
import { GET } from "@/app/names/route";
import { Guard } from "@/components/layout/guard";
import { NamesProvider, useNames } from "@/hooks/use-names";
import { languages } from "@/lib/app";
import { openMessagesOf } from "@/lib/messages";
import { type Names, namesFor } from "@/lib/names";
import { can, type EntityName, type Verb } from "@/lib/permissions";

import { fakeApi, problem } from "./support/api";
import { navigation } from "./support/navigation";
import { withPolicies } from "./support/policies";
import { messages, renderPage } from "./support/render";
import { signedIn } from "./support/signed-in";

const entity = (name: string, inverses: Record<string, string> = {}) => ({
  label: `One ${name}`,
  plural: `Many ${name}`,
  fields: { a: "A", b: "B", theirs: "Theirs" },
  hints: { a: "What a is", b: "What b is" },
  choices: { b: ["x", "y"] },
  inverses: inverses as Record<string, EntityName>,
});

const VERBS: Verb[] = ["create", "read", "update", "delete"];
const POLICIES = {
  open: { public: { read: [{}] } },
  partly: { public: { read: [{ fields: ["a"] }] } },
  closed: {},
};

describe("names", () => {
  let takeBack = () => {};
  beforeEach(() => (takeBack = withPolicies(POLICIES)));
  afterEach(() => takeBack());

  it("are told of what may be read alone", () => {
    const all = {
      open: entity("open", { theirs: "partly" }),
      partly: entity("partly", { theirs: "closed" }),
      closed: entity("closed"),
    };
    expect(namesFor(null, all as unknown as Names)).toEqual({
      open: { ...all.open, inverses: undefined },
      partly: {
        label: "One partly",
        plural: "Many partly",
        fields: { a: "A" },
        hints: { a: "What a is" },
        choices: {},
      },
    });
  });

  it("of entities that visitors may not read are in no page", async () => {
    const { entities } = await openMessagesOf(languages[0]);
    for (const [name, names] of Object.entries(entities as Names)) {
      const open = VERBS.some((verb) => can(null, verb, name as EntityName));
      expect(names?.label === undefined).toBe(!open); // else there are the fields of a new account
    }
  });

  it("are told to nobody whom the API does not know", async () => {
    const asked = fakeApi(() => problem(401));
    const answer = await GET(new Request("http://app/names", { headers: { authorization: "x" } }));
    expect([answer.status, await answer.text()]).toEqual([401, ""]);
    expect(asked[0]?.headers.get("authorization")).toBe("x");
  });
});

function First() {
  const { names } = useNames();
  return <p>{Object.values(names)[0]?.plural}</p>;
}

describe("a page", () => {
  beforeEach(() => {
    navigation.pathname = "/account";
    signedIn();
  });
  const show = () =>
    renderPage(
      <NamesProvider>
        <Guard>
          <First />
        </Guard>
      </NamesProvider>,
    );

  it("waits for the names that its reader may know", async () => {
    let tell: (answer: Response) => void = () => undefined;
    const told = new Promise<Response>((resolve) => (tell = resolve));
    fakeApi(({ url }) => (url === ME ? Response.json({ id: 1, label: "Ada" }) : told));
    show();
    await vi.waitFor(() => expect(document.querySelector("[aria-busy], .animate-pulse")).not.toBeNull());
    expect(screen.queryByText("Secrets")).toBeNull();
    tell(Response.json({ secret: { label: "Secret", plural: "Secrets", fields: {} } }));
    expect(await screen.findByText("Secrets")).toBeVisible();
  });

  it("is shown without them where they are not told", async () => {
    fakeApi(({ url }) => (url === ME ? Response.json({ id: 1, label: "Ada" }) : problem(500)));
    show();
    const [first] = Object.values(messages.entities as Names);
    expect(await screen.findByText(first?.plural ?? "")).toBeVisible();
  });
});
