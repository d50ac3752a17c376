import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import Rendered from "@/components/markdown/rendered";

describe("a link in a text", () => {
  it.each(["https://example.com/", "mailto:ada@example.com", "tel:+34600", "/tasks", "#top"])(
    "leads to %s",
    (address) => {
      render(<Rendered source={`[there](${address})`} />);
      expect(screen.getByText("there").closest("a")).toHaveAttribute("href", address);
    },
  );

  it.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://example.com/x",
    "about:blank",
  ])("leads nowhere from %s", (address) => {
    render(<Rendered source={`[there](${address}) <${address}>`} />);
    for (const link of document.querySelectorAll("a")) expect(link).not.toHaveAttribute("href");
  });
});
