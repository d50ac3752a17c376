import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { Guard } from "@/components/layout/guard";
import { places } from "@/lib/navigation";
import { loginPage } from "@/lib/next-page";
import { destinationOf } from "@/lib/places";

import { fakeApi, problem } from "./support/api";
import { signedIn } from "./support/signed-in";
import { navigation } from "./support/navigation";
import { messages, renderPage } from "./support/render";

describe("the guard", () => {
  beforeEach(() => {
    navigation.pathname = "/account";
  });

  it("sends visitors to sign in, and shows them nothing", async () => {
    renderPage(<Guard>secret</Guard>);
    await waitFor(() => expect(navigation.replace).toHaveBeenCalledWith(loginPage("/account")));
    expect(screen.queryByText("secret")).toBeNull();
  });

  it("lets whoever is signed in pass", async () => {
    signedIn();
    fakeApi(() => Response.json({ id: 1, label: "Ada" }));
    renderPage(<Guard>secret</Guard>);
    expect(await screen.findByText("secret")).toBeVisible();
    expect(navigation.replace).not.toHaveBeenCalled();
  });

  it("says so where the API does not tell, and asks again", async () => {
    signedIn();
    let answer = () => problem(500);
    fakeApi(() => answer());
    renderPage(<Guard>secret</Guard>);
    const again = await screen.findByRole("button", { name: messages.errors.try_again });
    expect(navigation.replace).not.toHaveBeenCalled();
    answer = () => Response.json({ id: 1, label: "Ada" });
    await userEvent.click(again);
    expect(await screen.findByText("secret")).toBeVisible();
  });

  it("sends those whose session has ended to sign in", async () => {
    signedIn();
    fakeApi(() => problem(401));
    renderPage(<Guard>secret</Guard>);
    await waitFor(() => expect(navigation.replace).toHaveBeenCalled());
  });
});

describe("an address", () => {
  it.each(places.map((place) => [place.href, place] as const))("%s is known", (href, place) => {
    expect(destinationOf(href)).toEqual({ place, verb: "read" });
    expect(destinationOf(`${href}/new`)).toEqual({ place, verb: "create" });
    expect(destinationOf(`${href}/a%2Fb`)).toEqual({ place, verb: "read", id: "a/b" });
    expect(destinationOf(`${href}/7/edit`)).toEqual({ place, verb: "update", id: "7" });
  });

  it("of the application itself is of no entity", () => {
    expect(destinationOf("/account")).toBeUndefined();
    expect(destinationOf("/")).toBeUndefined();
  });
});

