"""Texts that nobody would write by mistake, and texts made by shaking the pieces of the grammar."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterator
from random import Random

from iopeer_core.spec.vocabulary import core_words

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


def huge() -> Iterator[tuple[str, str]]:
    """Texts of up to 10 MB; each must be answered in seconds."""
    million = 1_000_000
    yield "a line of 10 MB", _field("x: text, " + "a" * (10 * million))
    yield "a doc of 10 MB", _field("x: text — " + "word " * (2 * million))
    yield "10 MB of zeros", "\x00" * (10 * million)
    yield "10 MB of one line", "#" * (10 * million)
    yield "no line end", "# T " + "x" * (10 * million)
    for marks in ("#", "##", "###", "####", "#######"):
        yield f"100,000 headings {marks}", "# T\n\n## Entities\n\n" + "".join(f"{marks} H{i}\n" for i in range(100_000))
    yield "100,000 equal entities", "# T\n\n## Entities\n\n" + "### A\n\n- a: text\n" * 100_000
    yield "100,000 fields", _doc("".join(f"- f{i}: text\n" for i in range(100_000)))
    yield "100,000 equal fields", _doc("- f: text\n" * 100_000)
    yield "100,000 links to nothing", _doc("".join(f"- f{i}: belongs to Missing{i}\n" for i in range(100_000)))
    yield "100,000 roles", "# T\n\n## Roles\n\n" + "".join(f"- r{i}\n" for i in range(100_000)) + _doc("")[4:]
    yield "100,000 typos", _doc("".join(f"- f{i}: txet, requird, uniqe\n" for i in range(100_000)))
    yield "100,000 commas", _field("x: text" + ", required" * 100_000)
    yield "a million commas", _field("x: text" + "," * million)
    yield "a million bars", _field("x: one of: " + "|" * million)
    yield "100,000 choices", _field("x: one of: " + " | ".join(f"c{i}" for i in range(100_000)))
    yield "a million dashes", _field("x: text" + " —" * million)
    yield "a million backticks", _field("`" * million + ": text")
    yield "a million quotes", _field("x: text, default " + '"' * million)
    yield "a million brackets", _field("x: decimal" + "(" * million)
    yield "nested lists", _doc("".join("  " * i + "- x: text\n" for i in range(2000)))
    yield "nested quotes", _doc(">" * 50_000 + " x")
    yield "many open lists", _doc("- " * 20_000 + "x")
    yield "many open comments", _doc("<!-- " * 100_000)
    yield "emphasis", _doc("*a_" * 200_000)
    yield "brackets of links", _doc("[" * 200_000 + "](" * 100_000)
    yield "link definitions", _doc("\n".join(f"[a{i}]: b" for i in range(50_000)))
    yield "indentation", _doc(" " * million + "x")
    yield "tabs", _doc("-" + "\t" * 500_000 + "x: text")
    yield "check brackets", _check("(" * 100_000 + "name = name" + ")" * 100_000)
    yield "check nots", _check("not (" * 50_000 + "name is empty" + ")" * 50_000)
    yield "check open", _check("(" * 200_000)
    yield "check ands", _check(" and ".join(["name is empty"] * 50_000))
    yield "check in", _doc("- n: integer\n\n#### Rules\n\n- check: n in (" + ", ".join(map(str, range(100_000))) + ")")
    yield (
        "a wide table",
        _doc("\n## Seeds\n\n### A\n\n" + "| name " * 20_000 + "|\n" + "|---" * 20_000 + "|\n" + "| x " * 20_000 + "|"),
    )
    yield "a long table", _doc("\n## Seeds\n\n### A\n\n| name |\n|---|\n" + "| x |\n" * 100_000)
    yield "a table of bars", _doc("\n## Seeds\n\n### A\n\n| name |\n|---|\n|" + "\\|" * million + "|")
    yield "wrapped", _field("x: text,\n" + "  required,\n" * 50_000)
    yield "unique of many", _doc("\n#### Rules\n\n- unique: " + " + ".join(["name"] * 50_000))
    yield (
        "grants of many",
        "# T\n\n## Roles\n\n- a\n\n## Entities\n\n### A\n\n- name: text\n\n#### Permissions\n\n- a: "
        + ", ".join(["read"] * 50_000),
    )
    yield (
        "only of many",
        "# T\n\n## Roles\n\n- a\n\n## Entities\n\n### A\n\n- name: text\n\n#### Permissions\n\n- a: read only ("
        + "name, " * 50_000
        + ")",
    )
    yield (
        "a chain of links",
        "# T\n\n## Entities\n\n" + "".join(f"### E{i}\n\n- a: belongs to E{i + 1}\n\n" for i in range(3000)),
    )
    yield "links to everything", _doc("- x: belongs to " + " | ".join(["A"] * 20_000))


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
