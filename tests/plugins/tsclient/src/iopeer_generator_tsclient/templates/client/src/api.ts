/** What every part of the client shares: the shapes of answers, and the one function that sends a request. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Some rows of a list. */
export interface Page<T> {
  items: T[];
  /** How many there are in all; null unless `count` was asked for. */
  total: number | null;
  limit: number;
  offset: number;
}

/** A row that another one links to; the label is null where the caller may not read it. */
export interface Reference<Id> {
  id: Id;
  label: string | null;
}

/** A row of one of several entities. */
export interface Subject extends Reference<number | string> {
  type: string;
}

/** An error as RFC 9457 writes it. */
export interface Problem {
  title: string;
  status: number;
  detail?: string;
  errors?: { field: string; code: string; message: string }[];
}

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

export interface Options {
  baseUrl: string;
  /** Gives the access token of whoever is signed in. */
  token?: () => string | undefined;
  fetch?: typeof globalThis.fetch;
}

interface Content {
  query?: object;
  json?: unknown;
  form?: object;
}

export class Http {
  constructor(private readonly options: Options) {}

  async send<T>(method: string, path: string, content: Content = {}): Promise<T> {
    const url = new URL(path, this.options.baseUrl);
    for (const [name, value] of Object.entries(content.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = { accept: "application/json" };
    const token = this.options.token?.();
    if (token) headers["authorization"] = `Bearer ${token}`;
    let body: string | URLSearchParams | undefined;
    if (content.json !== undefined) {
      headers["content-type"] = "application/json";
      body = JSON.stringify(content.json);
    } else if (content.form) {
      body = new URLSearchParams(Object.entries(content.form));
    }
    const send = this.options.fetch ?? globalThis.fetch;
    const response = await send(url, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const answer: unknown = text ? JSON.parse(text) : undefined;
    if (!response.ok) throw new ApiError(answer as Problem);
    return answer as T;
  }
}

/** A path whose parts are escaped. */
export function path(texts: TemplateStringsArray, ...values: (string | number)[]): string {
  return texts.reduce((whole, text, at) => whole + encodeURIComponent(String(values[at - 1])) + text);
}
