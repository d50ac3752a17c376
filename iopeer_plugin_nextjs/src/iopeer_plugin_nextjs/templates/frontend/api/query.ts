/** Parameters of lists, by the operators that suit a member. */

/** What every list takes; `q` searches, `deleted` asks for the rows that were removed. */
export type ListQuery<Extra extends "q" | "deleted" = never> = {
  /** How many rows, at most 100. */
  limit?: number;
  offset?: number;
  /** Members, with commas; "-due" descends. */
  sort?: string;
  /** Whether to count all rows. */
  count?: boolean;
} & { [Name in Extra]?: Name extends "q" ? string : boolean };

type Value<Row, Name extends keyof Row> = NonNullable<Row[Name]>;

/** `done=true` */
export type Equal<Row, Name extends keyof Row & string> = { [N in Name]?: Value<Row, N> };

/** `status=todo`, `status__in=todo,done` */
export type Exact<Row, Name extends keyof Row & string> = Equal<Row, Name> & {
  [N in Name as `${N}__in`]?: readonly Value<Row, N>[];
};

/** `points__gte=3`, and the other comparisons */
export type Ordered<Row, Name extends keyof Row & string> = Exact<Row, Name> & {
  [N in Name as `${N}__${"gte" | "gt" | "lte" | "lt"}`]?: Value<Row, N>;
};

/** `title__contains=report` */
export type Textual<Row, Name extends keyof Row & string> = Exact<Row, Name> & {
  [N in Name as `${N}__contains`]?: string;
};

/** `due__isnull=true` */
export type Nullable<Name extends string> = { [N in Name as `${N}__isnull`]?: boolean };
