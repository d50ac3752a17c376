import { useEffect } from "react";

import { title } from "@/lib/app";

/** For a page of one row: what the window is called, since only the browser may know the row. */
export function useTitle(text: string): void {
  useEffect(() => {
    document.title = `${text} · ${title}`;
  }, [text]);
}
