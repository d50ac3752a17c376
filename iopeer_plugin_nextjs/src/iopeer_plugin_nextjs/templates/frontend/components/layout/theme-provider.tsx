"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

import { keepPreference, type Theme, THEME_COOKIE } from "@/lib/preferences";

const ThemeContext = createContext<{ theme: Theme; setTheme: (theme: Theme) => void }>({
  theme: "system",
  setTheme: () => undefined,
});

/** Light, dark, or what the system says; the server has already set the first one on the page. */
export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, show] = useState(initial);
  const setTheme = (chosen: Theme) => {
    if (chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    keepPreference(THEME_COOKIE, chosen);
    show(chosen);
  };
  return <ThemeContext value={{ theme, setTheme }}>{children}</ThemeContext>;
}

/** The theme, and how to change it. */
export function useTheme() {
  return useContext(ThemeContext);
}
