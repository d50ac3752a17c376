import type { Json } from "@/api/types";

/** What the document says nothing of is data of any shape. */
type Known<T> = unknown extends T ? Json : T extends unknown[] ? Known<T[number]>[] : T;
type Members<T> = { [Name in keyof T]: Known<T[Name]> };
type Optional<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? Name : never }[keyof T];

/** Whether two types have the same members, and may leave out the same of them. */
export type Alike<Ours, Theirs> = [keyof Ours, Optional<Ours>] extends [
  keyof Theirs,
  Optional<Theirs>,
]
  ? [keyof Theirs, Optional<Theirs>] extends [keyof Ours, Optional<Ours>]
    ? true
    : false
  : false;

/** Whether what the API takes has the members of a type, may leave out the same, and takes what they hold. */
export type Takes<Ours, Theirs> = Ours extends Members<Theirs> ? Alike<Ours, Theirs> : false;

/** Whether what the API gives is of a type, and that says no more than the API does. */
export type Gives<Ours, Theirs> = Members<Theirs> extends Ours ? Takes<Ours, Theirs> : false;

/** Does not compile where its argument's type is false. */
export function holds<Claim extends true>(...claims: Claim[]): void {
  void claims;
}

interface Content<Body> {
  content: { "application/json": Body };
}

/** What an operation of the document answers. */
export type Answer<Operation> = Operation extends { responses: { 200: Content<infer Body> } }
  ? Body
  : Operation extends { responses: { 201: Content<infer Body> } }
    ? Body
    : never;

/** What an operation of the document takes. */
export type Input<Operation> = Operation extends { requestBody: Content<infer Body> }
  ? Body
  : never;

/** The parameters that an operation of the document takes in its address. */
export type Query<Operation> = Operation extends { parameters: { query?: infer Parameters } }
  ? Parameters
  : never;

/** The rows in a page. */
export type Item<Page> = Page extends { items: (infer Row)[] } ? Row : never;

/** Of the paths, the one of a single row below a list's. */
export type RowPath<Paths, List extends string> = Exclude<
  Extract<Paths, `${List}/{${string}}`>,
  `${List}/{${string}}/${string}`
>;
