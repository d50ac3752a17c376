import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { createTranslator } from "use-intl/core";

import type { Language } from "@/lib/app";
import { negotiate } from "@/lib/locale";
import { openMessagesOf } from "@/lib/messages";
import { LOCALE_COOKIE } from "@/lib/preferences";

/** The language of whoever asks for a page. */
export async function requestLocale(): Promise<Language> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return negotiate(jar.get(LOCALE_COOKIE)?.value, sent.get("accept-language"));
}

/** For `generateMetadata`: the page's title is the texts of these keys, where everybody may know them. */
export function titled(...keys: string[]): () => Promise<Metadata> {
  return async () => {
    const locale = await requestLocale();
    const t = createTranslator({ locale, messages: await openMessagesOf(locale) });
    return keys.every((key) => t.has(key)) ? { title: keys.map((key) => t(key)).join(" · ") } : {};
  };
}
