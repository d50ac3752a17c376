import { useQuery } from "@tanstack/react-query";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { register, type RegisterInput } from "@/api/auth";
import { request } from "@/api/client";
import { LOGIN, LOGOUT, ME, REGISTER } from "@/api/endpoints";
import { readSession } from "@/api/session";
import { LoginForm } from "@/components/auth/login-form";
import { RegisterForm } from "@/components/auth/register-form";
import { VisitorsOnly } from "@/components/auth/visitors-only";
import { UserMenu } from "@/components/layout/user-menu";
import { useAuth } from "@/hooks/use-auth";
import { loginPage, safeNext } from "@/lib/next-page";

import { fakeApi, problem } from "./support/api";
import { navigation } from "./support/navigation";
import { messages, renderPage } from "./support/render";
import { tokens } from "./support/tokens";

const texts = messages.auth;
const me = { id: 1, label: "Ada" };

function Status() {
  const { status, logout } = useAuth();
  return <button onClick={() => void logout()}>{status}</button>;
}

function Seen() {
  const { account } = useAuth();
  const seen = useQuery({ queryKey: ["seen"], queryFn: () => request<string>("GET", "/seen") });
  return `${account?.label}: ${seen.data}`;
}

async function signIn() {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText(texts.email), "ada@example.com");
  await user.type(screen.getByLabelText(texts.password), "correct horse");
  await user.click(screen.getByRole("button", { name: texts.login }));
}

describe("signing in", () => {
  it("keeps the session and goes on to where the reader wanted", async () => {
    navigation.search = "next=%2Faccount";
    fakeApi(({ url }) => (url === LOGIN ? tokens("one") : Response.json(me)));
    renderPage(
      <VisitorsOnly>
        <LoginForm />
      </VisitorsOnly>,
    );
    await signIn();
    await waitFor(() => expect(navigation.replace).toHaveBeenCalledWith("/account"));
    expect(readSession()?.accessToken).toBe("access-one");
  });

  it("says so where the API does not tell of whom the session is", async () => {
    fakeApi(({ url }) => (url === LOGIN ? tokens("one") : problem(500)));
    renderPage(
      <VisitorsOnly>
        <LoginForm />
      </VisitorsOnly>,
    );
    await signIn();
    expect(await screen.findByRole("alert")).toHaveTextContent(messages.errors.unknown);
    expect(navigation.replace).not.toHaveBeenCalled();
  });

  it("says that address or password are wrong", async () => {
    fakeApi(() => problem(401));
    renderPage(<LoginForm />);
    await signIn();
    expect(await screen.findByRole("alert")).toHaveTextContent(texts.wrong_credentials);
    expect(readSession()).toBeNull();
  });

  it("asks nothing while a field is empty", async () => {
    const asked = fakeApi(() => problem(500));
    renderPage(<LoginForm />);
    await userEvent.click(screen.getByRole("button", { name: texts.login }));
    expect(await screen.findAllByText(messages.errors.required)).toHaveLength(2);
    expect(screen.getByLabelText(texts.email)).toHaveAttribute("aria-invalid", "true");
    expect(asked).toEqual([]);
  });

  it("shows the password when it is asked to", async () => {
    renderPage(<LoginForm />);
    await userEvent.click(screen.getByRole("button", { name: texts.show_password }));
    expect(screen.getByLabelText(texts.password)).toHaveAttribute("type", "text");
  });
});

describe("opening an account", () => {
  it("refuses a short password before anything is sent", async () => {
    const asked = fakeApi(() => problem(500));
    renderPage(<RegisterForm />);
    await userEvent.type(screen.getByLabelText(texts.password), "short");
    await userEvent.click(screen.getByRole("button", { name: texts.register }));
    expect(await screen.findByText(messages.errors.password_short)).toBeVisible();
    expect(asked.filter(({ url }) => url === REGISTER)).toEqual([]);
  });

  it("shows the token of the link that opens the first account of a public server", async () => {
    const asked = fakeApi(() => tokens("one"));
    const input = { password: "correct horse" } as RegisterInput;
    window.location.hash = "#setup=0a1b";
    await register(input);
    window.location.hash = "";
    await register(input);
    expect(asked.map(({ headers }) => headers.get("x-setup-token"))).toEqual(["0a1b", null]);
  });
});

describe("signing out", () => {
  it("forgets the session, and tells the API", async () => {
    window.localStorage.setItem("session", JSON.stringify(session()));
    const asked = fakeApi(({ url }) =>
      url === ME ? Response.json(me) : new Response(null, { status: 204 }),
    );
    renderPage(<Status />);
    await userEvent.click(await screen.findByRole("button", { name: "signed-in" }));
    expect(await screen.findByRole("button", { name: "signed-out" })).toBeVisible();
    expect(readSession()).toBeNull();
    await waitFor(() => expect(asked.at(-1)?.url).toBe(LOGOUT));
  });

  it("in one tab signs out in the others", async () => {
    window.localStorage.setItem("session", JSON.stringify(session()));
    fakeApi(() => Response.json(me));
    renderPage(<Status />);
    await screen.findByRole("button", { name: "signed-in" });
    window.localStorage.removeItem("session");
    act(() => {
      window.dispatchEvent(new StorageEvent("storage", { key: "session" }));
    });
    expect(await screen.findByRole("button", { name: "signed-out" })).toBeVisible();
  });
});

describe("another account", () => {
  const other = { ...session(), accessToken: "b", refreshToken: "s", since: 2 };

  it("of another tab takes over, and sees nothing of the one before", async () => {
    window.localStorage.setItem("session", JSON.stringify({ ...session(), since: 1 }));
    fakeApi(({ url, authorization }) => {
      const name = authorization?.endsWith("b") ? "Grace" : "Ada";
      return Response.json(url === ME ? { id: name, label: name } : `what ${name} sees`);
    });
    renderPage(<Seen />);
    expect(await screen.findByText("Ada: what Ada sees")).toBeVisible();
    window.localStorage.setItem("session", JSON.stringify(other));
    act(() => {
      window.dispatchEvent(new StorageEvent("storage", { key: "session" }));
    });
    expect(await screen.findByText("Grace: what Grace sees")).toBeVisible();
  });
});

describe("the page after signing in", () => {
  it.each([
    ["/account", "/account"],
    [null, "/"],
    ["//example.com", "/"],
    ["/\\example.com", "/"],
    ["/\t/example.com", "/"],
    ["/.//example.com", "/"],
    ["https://example.com", "/"],
    ["javascript:alert(1)", "/"],
  ])("of %s is %s", (wanted, safe) => {
    expect(safeNext(wanted)).toBe(safe);
  });

  it("is where the reader was", () => {
    expect(loginPage("/account")).toBe("/login?next=%2Faccount");
    expect(loginPage("/")).toBe("/login");
  });

  it("is the one with the search that the reader came from", async () => {
    fakeApi(() => problem(401));
    Object.assign(navigation, { pathname: "/public", search: "q=a" });
    renderPage(<UserMenu />);
    const link = await screen.findByRole("link", { name: messages.layout.login });
    expect(link).toHaveAttribute("href", "/login?next=%2Fpublic%3Fq%3Da");
  });
});

function session() {
  return { accessToken: "a", refreshToken: "r", expiresAt: Date.now() + 900_000 };
}
