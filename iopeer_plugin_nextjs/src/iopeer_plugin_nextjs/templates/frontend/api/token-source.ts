/** How requests become somebody's: which session there is, and what proves it. */
export interface TokenSource {
  /** Which session there is: another text is another one. Null for a visitor; undefined while that is not known. */
  current: () => string | null | undefined;
  /** Calls back when that changes; gives the function that ends this. */
  watch: (listener: () => void) => () => void;
  /**
   * The headers that make a request theirs; null for a visitor.
   *
   * @param refused headers that the API did not take: they are renewed, or the session has ended.
   */
  headers: (refused?: Record<string, string>) => Promise<Record<string, string> | null>;
  /** Ends the session. */
  end: () => Promise<void>;
}
