import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { ME } from "@/api/endpoints";
import { CommandPalette } from "@/components/layout/command-palette";
import { places } from "@/lib/navigation";

import { account } from "./support/account";
import { fakeApi } from "./support/api";
import { navigation } from "./support/navigation";
import { messages, renderPage } from "./support/render";
import { signedIn } from "./support/signed-in";

const [searched] = places.filter(({ rows }) => rows.search === "q");
const names: Record<string, { fields: object }> = messages.entities;

describe.skipIf(!searched)("the command palette", () => {
  it("goes to the first row that a search finds", async () => {
    signedIn();
    const fields = Object.keys(names[searched?.entity ?? ""]?.fields ?? {});
    const row = { ...Object.fromEntries(fields.map((name) => [name, "Found by name"])), id: 7 };
    fakeApi(({ url }) => {
      if (url === ME) return Response.json(account());
      const items = new URL(url, "http://app").searchParams.has("q") ? [row] : [];
      return Response.json({ items, total: null, limit: 5, offset: 0 });
    });
    renderPage(<CommandPalette open onOpenChange={() => undefined} />);
    await userEvent.type(screen.getByPlaceholderText(messages.palette.placeholder), "by na");
    await screen.findByRole("option", { name: "Found by name", selected: true });
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(navigation.push).toHaveBeenCalledWith(`${searched?.href}/7`));
  });
});
