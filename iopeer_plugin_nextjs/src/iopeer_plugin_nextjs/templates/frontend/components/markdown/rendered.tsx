import MarkdownToJsx from "markdown-to-jsx";
import { Fragment } from "react";

import { textLink } from "@/lib/urls";

const classes: Record<string, string> = {
  a: "text-primary underline underline-offset-4",
  blockquote: "border-l-2 pl-3 text-muted-foreground",
  code: "rounded-sm bg-muted px-1 py-0.5 font-mono text-[0.85em]",
  h1: "text-lg font-semibold",
  h2: "text-base font-semibold",
  h3: "font-semibold",
  li: "ml-5",
  ol: "list-decimal space-y-1",
  pre: "overflow-x-auto rounded-md bg-muted p-3",
  table: "text-left [&_td]:border [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:px-2 [&_th]:py-1",
  ul: "list-disc space-y-1",
};

const options = {
  // What looks like HTML is shown as it was typed, never made part of the page.
  disableParsingRawHTML: true,
  forceBlock: true,
  sanitizer: textLink,
  wrapper: Fragment,
  overrides: {
    ...Object.fromEntries(
      Object.entries(classes).map(([tag, className]) => [tag, { props: { className } }]),
    ),
    // Pictures of other sites would tell them who reads this.
    img: ({ alt }: { alt?: string }) => <span>{alt}</span>,
  },
};

/** Formatted text as elements. */
export default function Rendered({ source }: { source: string }) {
  return (
    <div className="space-y-3 text-sm break-words">
      <MarkdownToJsx options={options}>{source}</MarkdownToJsx>
    </div>
  );
}
