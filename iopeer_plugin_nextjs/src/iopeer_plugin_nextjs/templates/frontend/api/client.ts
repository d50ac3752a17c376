import { caller } from "@/api/caller";
import type { FieldError, Id, Problem } from "@/api/types";
import { toList } from "@/lib/lists";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions {
  /** Parameters of the address; those that are undefined or null are left out, several values are joined by commas. */
  query?: object;
  json?: unknown;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** As nobody, whoever is signed in. */
  anonymous?: boolean;
}

/** What the API answers in place of what was asked for. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
  }

  /** The HTTP status; 0 where there was no answer at all. */
  get status(): number {
    return this.problem.status;
  }

  /** Whether the same request may well be answered later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What is wrong with which member. */
  get fields(): FieldError[] {
    return this.problem.errors ?? [];
  }
}

/**
 * Sends a request as whoever is signed in, and gives what is answered.
 *
 * @throws ApiError for every answer that is not a success, and where there is none.
 */
export async function request<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const proof = options.anonymous ? null : await caller.headers();
  let response = await send(method, path, options, proof);
  if (response.status === 401 && proof) {
    const renewed = await caller.headers(proof);
    if (renewed) response = await send(method, path, options, renewed);
  }
  const answer = await content(response);
  if (!response.ok) throw new ApiError(asProblem(answer, response));
  return answer as T;
}

/** A path whose parts are escaped: path`/tasks/${id}`. */
export function path(strings: TemplateStringsArray, ...values: Id[]): string {
  return strings.reduce(
    (whole, text, index) => whole + encodeURIComponent(String(values[index - 1])) + text,
  );
}

/** The address of a path with its parameters. */
export function withQuery(address: string, query: object = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    parameters.set(name, Array.isArray(value) ? toList(value) : String(value));
  }
  const text = parameters.toString();
  return text ? `${address}?${text}` : address;
}

async function send(
  method: Method,
  address: string,
  options: RequestOptions,
  proof: Record<string, string> | null,
): Promise<Response> {
  const headers = new Headers({ accept: "application/json", ...options.headers, ...proof });
  let body: BodyInit | undefined;
  if (options.form) {
    body = new URLSearchParams(options.form);
  } else if (options.json !== undefined) {
    headers.set("content-type", "application/json");
    body = JSON.stringify(options.json);
  }
  try {
    const init: RequestInit = { method, headers, body, signal: options.signal, cache: "no-store" };
    return await fetch(withQuery(address, options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError({ type: "about:blank", title: "No answer", status: 0 });
  }
}

async function content(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asProblem(answer: unknown, response: Response): Problem {
  const told = typeof answer === "object" && answer !== null ? answer : {};
  return { type: "about:blank", title: response.statusText, ...told, status: response.status };
}
