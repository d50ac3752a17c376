import { type Language, languages } from "@/lib/app";

/**
 * The language for a reader.
 *
 * @param chosen what a cookie says.
 * @param accepted the browser's header, "es-AR,es;q=0.9,en;q=0.8".
 */
export function negotiate(chosen: string | undefined, accepted: string | null): Language {
  const wanted = (accepted ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part.trim().split(";q=");
      return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .sort((one, other) => other.weight - one.weight);
  for (const tag of [chosen?.toLowerCase(), ...wanted.map((one) => one.tag)]) {
    const found = languages.find(
      (language) =>
        language.toLowerCase() === tag || base(language) === (tag ? base(tag) : undefined),
    );
    if (found) return found;
  }
  return languages[0];
}

function base(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? tag;
}

/** What a language calls itself. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
