/** The shapes that every part of the API shares. */

export type Id = number | string;

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** Some rows of a list. */
export interface Page<T> {
  items: T[];
  /** How many there are in all; null unless they were counted. */
  total: number | null;
  limit: number;
  offset: number;
}

/** A row that another one links to; the label is null where the caller may not read it. */
export interface Reference<K extends Id = number> {
  id: K;
  label: string | null;
}

/** A row of one of several entities. */
export interface Subject<K extends Id = Id> {
  type: string;
  id: K;
  label: string | null;
}

/** What is wrong with one member of what was sent. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** An error, as RFC 9457 writes it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  request_id?: string;
  errors?: FieldError[];
  /** Of a row that was changed meanwhile: how it is now. */
  current?: Record<string, unknown>;
}
