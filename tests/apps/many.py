"""Makes a spec of many entities that uses every production of the grammar: `python -m tests.apps.many 300`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle, islice

FIELDS = (
    "text, required, unique, max 40", "text, searchable", "text, matches /^[A-Z]{2}[0-9]{2}$/", "long text", "markdown",
    "integer, between 0 and 100, default 3", "integer, required, min 1", "decimal, required, default 1", "decimal(9,4)",
    "money, min 0", "boolean, required, default no", "boolean", "date, default today", "date, min 2020-01-01", "time",
    "datetime, default now", "duration", "email", "url", "phone", "slug, unique", "color", 'country, default "ES"',
    "uuid", "json", "list of text", "list of Level", "Level, required, default low", "one of: a | b | c, indexed",
    "text, hidden", "integer, read only, default 0", 'text, column "OtherName"',
)  # fmt: skip
"""The types and modifiers of fields, in turn."""
GRANTS = (
    ("- admin: all", "- member: read"),
    ("- admin: all", "- member: create, read, update own by owner, delete own by owner"),
    ("- admin: all", "- member: read where counted > 3, update only (note)", "- public: read only (note)"),
    ("- admin: all", "- member: all own by owner"),
)
ONE = 7
"""How many fields of `FIELDS` an entity has."""


def many(count: int) -> str:
    """A spec with so many entities.

    Args:
        count: how many, beside the account.
    """
    parts = ["# Many things", "## Roles\n\n- admin: all of it\n- member", "## Enums\n\n- Level: low | high | very high"]
    parts += ["## Entities", "### User\n\n- email: email, required, unique\n- name: text, required, searchable"]
    fields = cycle(FIELDS)
    for number in range(count):
        parts.append("\n\n".join(_entity(number, list(islice(fields, ONE)))))
    return "\n\n".join(parts) + "\n"


def _entity(number: int, fields: list[str]) -> Iterator[str]:
    name = f"Thing {_letters(number)}"
    before = f"Thing {_letters(number - 1)}" if number else "User"
    yield f"### {name}"
    lines = [
        "name: text, required, max 60",
        "counted: integer, required, default 5",
        "note: text",
        "opens: time",
        "closes: time",
    ]
    lines += [f"f{position}: {kind}" for position, kind in enumerate(fields)]
    lines.append("owner: belongs to User, default me")
    link = ("", ", required, on delete cascade", ", unique", ", on delete restrict")[number % 4]
    lines.append(f"before: belongs to {before}{link}, inverse {_letters(number)} after")
    if number % 5 == 4:
        other = f"Thing {_letters(number - 3)}"
        lines.append(f"friends: many to many {other}, inverse {_letters(number)} friends")
        lines.append(f"about: belongs to {other} | {before}, inverse {_letters(number)} remarks")
    if number % 7 == 6:
        lines.append(f"parent: belongs to {name}, inverse children")
    yield "\n".join(f"- {line}" for line in lines)
    yield "#### Permissions\n\n" + "\n".join(GRANTS[number % len(GRANTS)])
    rules = ['- check: opens < closes — "It opens before it closes"', "- unique: name + counted"]
    yield "#### Rules\n\n" + "\n".join(rules[: 1 + number % 2])
    if number % 3 == 0:
        yield "#### Indexes\n\n- `created at` desc\n- counted + name desc"
    if number % 6 == 5:
        yield "#### Options\n\n- soft delete: yes\n- display: name"


def _letters(number: int) -> str:
    """A name for a number: `aa`, `ab`."""
    first, second = divmod(number, 26)
    return f"{chr(97 + first % 26)}{chr(97 + second)}"


if __name__ == "__main__":
    print(many(int(sys.argv[1])))  # noqa: T201 - that is what it is called for
