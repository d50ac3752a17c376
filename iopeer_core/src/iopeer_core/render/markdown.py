"""Text of a spec in a Markdown document: labels as plain words, prose as Markdown without HTML."""

from __future__ import annotations

import re

# What Markdown would read as markup: not an underscore within a word, nor a lone & or <.
_MARKUP = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# A code span, an autolink, both as they are; or what begins HTML.
_HTML = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|<(?:https?://|mailto:)[^\s<>]*>|(<)(?=[A-Za-z/!?])")


def inline(text: str) -> str:
    """Plain words for a heading or a cell of a table, on one line: nothing in them is markup."""
    return _MARKUP.sub(lambda match: "&lt;" if match[0] == "<" else f"\\{match[0]}", " ".join(text.split()))


def prose(text: str) -> str:
    """Paragraphs that the user wrote: Markdown, but no HTML, no open code block, no blank lines to spare."""
    lines: list[str] = []
    fence = ""
    for line in text.strip().splitlines():
        mark = _FENCE.match(line)
        if fence:
            lines.append(line)
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            lines.append(line)
            fence = mark[1]
        elif line.strip() or lines[-1]:
            lines.append(_HTML.sub(lambda match: "&lt;" if match[2] else match[0], line.rstrip()))
    return "\n".join([*lines, fence] if fence else lines)
