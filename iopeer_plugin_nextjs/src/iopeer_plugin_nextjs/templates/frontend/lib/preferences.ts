/** What a reader chose for this device. In cookies, so that the server's first answer already follows it. */

export const THEME_COOKIE = "theme";
export const LOCALE_COOKIE = "locale";

export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

const YEAR = 365 * 24 * 60 * 60;

/** The theme that a cookie names; the system's where it names none. */
export function asTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** Keeps a choice for a year. */
export function keepPreference(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}
