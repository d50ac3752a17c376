"""Texts that nobody would write by mistake, and texts made by shaking the pieces of the grammar."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterator
from random import Random

from iopeer_core.language.vocabulary import core_words

NAMES = (
    *keyword.kwlist, "self", "cls", "print", "list", "type", "id", "None", "metadata", "registry", "query",
    "model_config",
    "select", "from", "table", "order", "group", "user", "where", "default", "constraint", "primary", "references",
    "function", "interface", "enum", "constructor", "__proto__", "prototype", "undefined", "await", "typeof", "never",
    "../../etc/passwd", "..", ".", "/etc/shadow", "C:\\windows", "con", "nul", "a/b", "a\\b", "%2e%2e", "~root",
    "$HOME", "`id`",
    "'; drop table x; --", '" or 1=1', "{{ 7*7 }}", "{% raw %}", "${7*7}", "<script>alert(1)</script>", "&amp;",
    "a\u202eb",
    "\u200b", "\u2066a\u2069", "é", "名前", "имя", "😀", "ﬁeld", "ñ", "İ", "ß", "a" * 64, "a" * 5000, "1", "1a",
    "-", "+", "#", "_", "__",
    "created at", "updated_at", "ID", "role", "public", "all", "limit", "offset", "sort", "q", "count", "\x00",
    "\x1b[31m", "\ud800",
)  # fmt: skip
REGEXES = (
    "(a+)+$", "(a|a)*$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?=a)", "(?<n>a)", "(?P<n>a)", "\\1",
    "[[:alpha:]]", "a{99999}",
    "a{1,99999}{1,99999}", "(" * 5000, "(" * 500 + ")" * 500, "[" * 1000, "\\", "\\/", "", "a/,b", "(?i)a",
    "(?s:.)", "\\p{L}", "\\u{1F600}",
    "^[^/]+/,/$", "((a{1,30}){1,30}){1,30}", "(x+x+)+y", "\x00", "é+", "\\d+(\\.\\d+)?(e\\d+)?",
)  # fmt: skip
NUMBERS = (
    "1e999", "nan", "-nan", "inf", "-0", "9" * 400, "9" * 10_000, "0." + "0" * 5000 + "1", "٣", "1_000", "0x10",
    "+1", "--1", "½",
    "9007199254740993", "9999-99-99", "0000-00-00", "10000-01-01", "2024-02-30", "2024-01-01T00:00:00+99:99",
    "P99999999999999Y",
)  # fmt: skip
SIGNS = ("", " ", ",", ":", "|", "—", " — ", "--", "(", ")", "`", '"', "/", "+", "\\", "\\|", "#", "<!--",
    "-->", "```", "\t", "\r", "\x0b",
    "\x0c", "\x85", "\u2028", "\ufeff", "\x00", "{", "}", "=", "!=", ">=", "“", "”", "[x]: y", "&#0;", "\n",
    "\n\n", "\n- ", "\n## ", "\n### ")  # fmt: skip


def _doc(body: str) -> str:
    return f"# T\n\n## Entities\n\n### A\n\n- name: text\n{body}\n"


def _field(line: str) -> str:
    return _doc(f"- {line}")


def _check(expr: str) -> str:
    return _doc(f"\n#### Rules\n\n- check: {expr}")


MILLION = 1_000_000


def huge(wide: int = 10 * MILLION, tall: int = 100_000) -> Iterator[tuple[str, str]]:
    """Texts of so many characters in a line, or so many lines; each must be answered in seconds.

    The reader refuses what is larger than any spec; `huge(18_000, 20_000)` is what it still looks at.
    """
    yield from _wide(wide)
    yield from _tall(tall)


def _wide(size: int) -> Iterator[tuple[str, str]]:
    """One line with a great many of something."""
    yield "a long modifier", _field("x: text, " + "a" * size)
    yield "a long doc", _field("x: text — " + "word " * (size // 5))
    yield "zeros", "\x00" * size
    yield "hashes", "#" * size
    yield "a long title", "# T " + "x" * size
    yield "commas", _field("x: text" + ", required" * (size // 10))
    yield "bare commas", _field("x: text" + "," * size)
    yield "typos", _field("x: text" + ", requird" * (size // 9))
    yield "bars", _field("x: one of: " + "|" * size)
    yield "choices", _field("x: one of: " + " | ".join(f"c{i}" for i in range(size // 9)))
    yield "dashes", _field("x: text" + " —" * (size // 2))
    yield "backticks", _field("`" * size + ": text")
    yield "quotes", _field("x: text, default " + '"' * size)
    yield "open brackets", _field("x: decimal" + "(" * size)
    yield "slashes", _field("x: text" + ", matches /" * (size // 11))
    yield "a long regex", _field("x: text, matches /" + "a?" * (size // 4) + "a" * (size // 4) + '/, default "aaaa"')
    yield "nested quotes", _doc(">" * size + " x")
    yield "lists in a line", _doc("- " * (size // 2) + "x")
    yield "open comments", _doc("<!-- " * (size // 5))
    yield "open comments in a fact", _field("x: text " + "<!-- " * (size // 6))
    yield "emphasis", _doc("*a_" * (size // 3))
    yield "brackets of links", _doc("[" * (size // 2) + "](" * (size // 4))
    yield "spaces", _doc(" " * size + "x")
    yield "tabs", _doc("-" + "\t" * (size // 2) + "x: text")
    yield "spaces in a fact", _field("x:" + " " * size + "text," + " " * 9 + "required")
    yield "check brackets", _check("(" * (size // 2) + "name = name" + ")" * (size // 2))
    yield "check nots", _check("not (" * (size // 8) + "name is empty" + ")" * (size // 8))
    yield "check open", _check("(" * size)
    yield "check ands", _check(" and ".join(["name is empty"] * (size // 18)))
    yield "check words", _check("a " * (size // 2))
    yield "check in", _doc("- n: integer\n\n#### Rules\n\n- check: n in (" + ", ".join(["7"] * (size // 3)) + ")")
    yield "a table of bars", _doc("\n## Seeds\n\n### A\n\n| name |\n|---|\n|" + "\\|" * (size // 2) + "|")
    columns = size // 8
    yield (
        "a wide table",
        _doc("\n## Seeds\n\n### A\n\n" + "".join(f"{cell * columns}|\n" for cell in ("| name ", "|---", "| x "))),
    )
    yield "unique of many", _doc("\n#### Rules\n\n- unique: " + " + ".join(["name"] * (size // 7)))
    yield "links to everything", _doc("- x: belongs to " + " | ".join(["A"] * (size // 4)))
    yield "grants", _granted(", ".join(["read"] * (size // 6)))
    yield "owns", _granted("read" + " own" * (size // 4))
    yield "wheres", _granted("read" + " where name = name" * (size // 18))
    yield "only of many", _granted("read only (" + "name, " * (size // 6) + "name)")


def _tall(size: int) -> Iterator[tuple[str, str]]:
    """A great many lines."""
    numbers = range(size)
    for marks in ("#", "##", "###", "####", "#######"):
        yield f"headings {marks}", "# T\n\n## Entities\n\n" + "".join(f"{marks} H{i}\n" for i in numbers)
    yield "equal entities", "# T\n\n## Entities\n\n" + "### A\n\n- a: text\n" * (size // 3)
    yield "entities", "# T\n\n## Entities\n\n" + "".join(f"### E{i}\n\n- a: text\n" for i in range(size // 8))
    yield "fields", _doc("".join(f"- f{i}: text\n" for i in numbers))
    yield "equal fields", _doc("- f: text\n" * size)
    yield "links to nothing", _doc("".join(f"- f{i}: belongs to Missing{i}\n" for i in numbers))
    yield "links to one", _doc("".join(f"- f{i}: belongs to A, inverse g{i}\n" for i in range(size // 8)))
    yield "roles", "# T\n\n## Roles\n\n" + "".join(f"- r{i}\n" for i in numbers) + _doc("")[4:]
    yield "typos in fields", _doc("".join(f"- f{i}: txet, requird, uniqe\n" for i in numbers))
    yield "nested lists", _doc("".join("  " * min(i, 2000) + "- x: text\n" for i in range(min(size, 4000))))
    yield "link definitions", _doc("\n".join(f"[a{i}]: b" for i in numbers))
    yield "open fences", _doc("```x\n~~~\n" * (size // 2))
    yield "wrapped", _field("x: text,\n" + "  required,\n" * size)
    yield "wrapped lazily", _field("x: text,\n" + "required,\n" * size)
    yield "a long table", _doc("\n## Seeds\n\n### A\n\n| name |\n|---|\n" + "| x |\n" * size)
    yield "rules", _doc("\n#### Rules\n\n" + "- check: name != name\n" * size)
    yield (
        "a chain of links",
        "# T\n\n## Entities\n\n" + "".join(f"### E{i}\n\n- a: belongs to E{i + 1}\n\n" for i in range(size // 40)),
    )


def _granted(grants: str) -> str:
    return f"# T\n\n## Roles\n\n- a\n\n{_doc(f'{chr(10)}#### Permissions{chr(10)}{chr(10)}- a: {grants}')[5:]}"


def _named(rng: Random) -> str:
    a, b, c = (rng.choice(NAMES) for _ in range(3))
    kind = rng.choice(["entity", "field", "was", "role", "enum", "column", "include", "choice", "title", "inverse"])
    return {
        "entity": f"# T\n\n## Entities\n\n### {a}\n\n- {b}: text\n\n### {c}\n\n- x: belongs to {a}\n",
        "field": _doc(f"- {a}: text\n- `{b}`: integer\n- {c}: belongs to A\n"),
        "was": f"# T\n\n## Entities\n\n### A (was {a}, plural {b})\n\n- x: text, was {c}\n",
        "role": f"# T\n\n## Roles\n\n- {a}\n- {b}: {c}\n\n"
        + _doc(f"\n#### Permissions\n\n- {a}: all\n- {b}: read only ({c})\n")[5:],
        "enum": f"# T\n\n## Enums\n\n- {a}: {b} | {c}\n\n## Entities\n\n### A\n\n- x: {a}, default {b}\n",
        "column": _doc(f'- x: text, column "{a}"\n\n#### Options\n\n- table: {b}\n- display: {c}'),
        "include": f"# T\n\n## Include\n\n- {a}\n- {b}/**\n- ../{c}\n" + _doc("")[4:],
        "choice": _field(f'x: one of: {a} | "{b}" | `{c}`, default {a}'),
        "title": f"# {a}\n\n## {b}\n\n{c}\n" + _doc("")[4:],
        "inverse": _doc(f"- x: belongs to A, inverse {a}\n- y: belongs to A, inverse {b}\n- {c}: has many A"),
    }[kind]


def _valued(rng: Random) -> str:
    regex, number = rng.choice(REGEXES), rng.choice(NUMBERS)
    kind = rng.choice(
        ["integer", "decimal(8,2)", "money", "date", "datetime", "text", "duration", "uuid", "json", "boolean"]
    )
    modifier = rng.choice(["default", "min", "max", "between 1 and", "between"])
    return rng.choice(
        [
            _field(f'x: text, matches /{regex}/, default "{"a" * 40}!"'),
            _field(f"x: text, matches /{regex}/, required — doc"),
            _field(f"x: {kind}, {modifier} {number}"),
            _field(f'x: {kind}, {modifier} "{number}"'),
            _field(f"x: decimal({number},{number})"),
            _check(f"name > {number} or name in ({number}, {number})"),
            _doc(f"- x: {kind}\n\n## Seeds\n\n### A\n\n| x |\n|---|\n| {number} |"),
            _doc(f"- x: text, matches /{regex}/\n\n## Seeds\n\n### A\n\n| x |\n|---|\n| {'a' * 40}! |"),
        ]
    )


def _shaken(rng: Random, base: str) -> str:
    """A spec with lines moved, cut, doubled, and signs and words of the grammar thrown in."""
    lines = base.split("\n")
    words = [form for word in core_words() for forms in word.forms.values() for form in forms]
    for _ in range(rng.choice([1, 2, 5, 20])):
        at = rng.randrange(len(lines))
        line = lines[at]
        cut = rng.randrange(len(line) + 1)
        other = rng.choice(lines)
        piece = rng.choice([rng.choice(SIGNS), rng.choice(NAMES), rng.choice(words), rng.choice(NUMBERS), other])
        lines[at] = rng.choice(
            [
                line[:cut] + piece + line[cut:],
                line[:cut],
                line[cut:],
                other,
                f"{line}\n{other}",
                line[:cut] + piece,
                "  " + line,
                piece,
            ]
        )
    return "\n".join(lines)


def _soup(rng: Random) -> str:
    """Words and signs of the grammar in no order."""
    words = [form for word in core_words() for forms in word.forms.values() for form in forms]
    pool = [*words, *SIGNS, *NAMES[:80], *NUMBERS[:6], "A", "name", "- ", "# ", "## ", "### ", "#### "]
    return "".join(rng.choice(pool) + rng.choice(["", " ", " ", "\n"]) for _ in range(rng.randrange(1, 120)))


def _noise(rng: Random) -> str:
    """Bytes, or characters of any plane."""
    if rng.random() < 0.5:
        return rng.randbytes(rng.randrange(2000)).decode("latin-1")
    return "".join(
        chr(rng.choice([rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x110000)])) for _ in range(500)
    )


def hostile(rng: Random, bases: list[str]) -> str:
    """One hostile text."""
    makers: list[Callable[[], str]] = [
        lambda: _named(rng),
        lambda: _valued(rng),
        lambda: _shaken(rng, rng.choice(bases)),
        lambda: _shaken(rng, rng.choice(bases)),
        lambda: _soup(rng),
        lambda: _noise(rng),
    ]
    return rng.choice(makers)()
