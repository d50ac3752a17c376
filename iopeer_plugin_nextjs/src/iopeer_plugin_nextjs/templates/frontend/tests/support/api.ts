import { vi } from "vitest";

/** What a test's API was asked. */
export interface Asked {
  method: string;
  url: string;
  headers: Headers;
  authorization: string | null;
  body: string;
}

type Answer = Response | Promise<Response>;

/** Stands in for the network: each request is answered by `answer`, and kept. */
export function fakeApi(answer: (asked: Asked) => Answer): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (input: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const one = {
      method: init.method ?? "GET",
      url: input,
      headers,
      authorization: headers.get("authorization"),
      body: String(init.body ?? ""),
    };
    asked.push(one);
    return answer(one);
  });
  return asked;
}

/** An error of the API. */
export function problem(status: number, more: object = {}): Response {
  return Response.json({ type: "about:blank", title: "No", status, ...more }, { status });
}
