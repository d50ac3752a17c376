import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError, path, request, withQuery } from "@/api/client";
import { REFRESH } from "@/api/endpoints";
import { clearSession, readSession, watchSession, writeSession } from "@/api/session";

import { fakeApi, problem } from "./support/api";
import { tokens } from "./support/tokens";

function signIn(name: string, seconds = 900): void {
  writeSession({
    access_token: `access-${name}`,
    refresh_token: `refresh-${name}`,
    token_type: "bearer",
    expires_in: seconds,
  });
}

describe("addresses", () => {
  it("escape what is put into them", () => {
    expect(path`/rows/${"a/b?c"}/links/${7}`).toBe("/rows/a%2Fb%3Fc/links/7");
  });

  it("leave out what is not said, and join several values", () => {
    const query = { q: "", sort: undefined, limit: 5, status__in: ["a", "b"], count: true };
    expect(withQuery("/rows", query)).toBe("/rows?limit=5&status__in=a%2Cb&count=true");
  });
});

describe("requests", () => {
  it("carry the token of whoever is signed in", async () => {
    signIn("one");
    const asked = fakeApi(() => Response.json({ id: 1 }));
    await expect(request("GET", "/rows/1")).resolves.toEqual({ id: 1 });
    expect(asked).toMatchObject([
      { method: "GET", url: "/rows/1", authorization: "Bearer access-one", body: "" },
    ]);
  });

  it("carry none where they are anonymous", async () => {
    signIn("one");
    const asked = fakeApi(() => new Response(null, { status: 204 }));
    await expect(request("POST", "/x", { json: {}, anonymous: true })).resolves.toBeUndefined();
    expect(asked[0]?.authorization).toBeNull();
  });

  it("tell what the API objects to", async () => {
    const errors = [{ field: "name", code: "conflict", message: "taken" }];
    fakeApi(() => problem(409, { detail: "No.", errors }));
    const error = await request("POST", "/rows", { json: {} }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, message: "No.", fields: errors });
  });

  it("tell that there was no answer", async () => {
    fakeApi(() => Promise.reject(new TypeError("offline")));
    await expect(request("GET", "/rows")).rejects.toMatchObject({ status: 0 });
  });

  it("take an answer that is no JSON as an error without words", async () => {
    fakeApi(() => new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
    await expect(request("GET", "/rows")).rejects.toMatchObject({ status: 502 });
  });
});

describe("a session", () => {
  beforeEach(() => signIn("old", 10));

  it("is renewed before its end, once for however many requests", async () => {
    const asked = fakeApi(({ url }) => (url === REFRESH ? tokens("new") : Response.json({})));
    await Promise.all([request("GET", "/a"), request("GET", "/b"), request("GET", "/c")]);
    expect(asked.filter(({ url }) => url === REFRESH)).toHaveLength(1);
    const others = asked.filter(({ url }) => url !== REFRESH);
    expect(others.map(({ authorization }) => authorization)).toEqual(
      Array(3).fill("Bearer access-new"),
    );
    expect(readSession()?.refreshToken).toBe("refresh-new");
  });

  it("is renewed when its token is refused, and the request sent again", async () => {
    signIn("revoked");
    const asked = fakeApi(({ url, authorization }) => {
      if (url === REFRESH) return tokens("new");
      return authorization === "Bearer access-new" ? Response.json({ ok: true }) : problem(401);
    });
    await expect(request("GET", "/a")).resolves.toEqual({ ok: true });
    expect(asked.map(({ url }) => url)).toEqual(["/a", REFRESH, "/a"]);
  });

  it("ends where it cannot be renewed", async () => {
    const ended = vi.fn();
    const stop = watchSession(ended);
    fakeApi(() => problem(401));
    await expect(request("GET", "/a")).rejects.toMatchObject({ status: 401 });
    expect(readSession()).toBeNull();
    expect(ended).toHaveBeenCalled();
    stop();
  });

  it("outlives an API that cannot be reached", async () => {
    fakeApi(() => Promise.reject(new TypeError("offline")));
    await expect(request("GET", "/a")).rejects.toMatchObject({ status: 0 });
    expect(readSession()?.refreshToken).toBe("refresh-old");
  });

  it.each(["the answer", "its end"])("outlives a refresh of which %s was lost", async (lost) => {
    let refreshes = 0;
    fakeApi(({ url }) => {
      if (url !== REFRESH) return Response.json({ ok: true });
      refreshes += 1;
      if (refreshes > 1) return tokens("new");
      if (lost === "the answer") throw new TypeError("connection reset");
      return new Response('{"access_tok', { status: 200 });
    });
    await expect(request("GET", "/a")).resolves.toEqual({ ok: true });
    expect(readSession()?.refreshToken).toBe("refresh-new");
  });

  it("outlives an API that is asked too often", async () => {
    fakeApi(() => problem(429));
    await expect(request("GET", "/a")).rejects.toMatchObject({ status: 429 });
    expect(readSession()?.refreshToken).toBe("refresh-old");
  });

  it("does not come back where somebody signs out while it is renewed", async () => {
    const asked = fakeApi(({ url }) => {
      if (url === REFRESH) clearSession();
      return url === REFRESH ? tokens("new") : Response.json({});
    });
    await request("GET", "/a");
    expect(readSession()).toBeNull();
    expect(asked.at(-1)?.authorization).toBeNull();
  });

  it("takes what another tab has renewed at the same time, where browsers have no locks", async () => {
    vi.stubGlobal("navigator", {}); // as over plain http
    const asked = fakeApi(({ url, authorization }) => {
      if (url !== REFRESH) return Response.json({ authorization });
      signIn("other");
      return problem(401);
    });
    await expect(request("GET", "/a")).resolves.toEqual({ authorization: "Bearer access-other" });
    expect(readSession()?.refreshToken).toBe("refresh-other");
    expect(asked.map(({ url }) => url)).toEqual([REFRESH, "/a"]);
  });

  it("takes what another tab has renewed while this one waited", async () => {
    const locks = {
      request: (_name: string, work: () => Promise<unknown>) => {
        signIn("other");
        return work();
      },
    };
    vi.stubGlobal("navigator", { locks });
    const asked = fakeApi(() => Response.json({}));
    await request("GET", "/a");
    expect(asked.map(({ url }) => url)).toEqual(["/a"]);
    expect(asked[0]?.authorization).toBe("Bearer access-other");
  });
});
