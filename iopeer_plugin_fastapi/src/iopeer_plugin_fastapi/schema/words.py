"""What a difference is called: the name of its file, and the lines of its docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from iopeer_plugin_fastapi.schema.diff import Change, Difference, altered, replaced
from iopeer_plugin_fastapi.schema.model import Column, Constraint
from iopeer_plugin_fastapi.schema.types import fate

LONGEST_NAME = 48
WIDTH = 96
_SAYS = {"foreignkey": "the link", "check": "the rule", "unique": "the unique rule", "live": "the unique rule"}


def steps(difference: Difference) -> Iterator[tuple[str, bool]]:
    """Each step as a sentence without its full stop, and whether an application of before does not notice it."""
    for change in difference.changes:
        yield from _of_table(change)
    came = {each.name for each in difference.made} - {each.name for each in difference.dropped}
    gone = {each.name for each in difference.dropped} - {each.name for each in difference.made}
    before = {each.name: each for each in difference.dropped}
    again = {each.name for each in difference.made if before.get(each.name, each) != each}
    yield from ((f"make {name}", False) for name in sorted(came))
    yield from ((f"drop {name}", False) for name in sorted(gone))
    yield from ((f"change {name}", False) for name in sorted(again))


def _of_table(change: Change) -> Iterator[tuple[str, bool]]:
    old, new = change.old, change.new
    if old is None:
        yield f"make {change.name}", True
        return
    if new is None:
        yield f"drop {change.name}", False
        return
    if old.name != new.name:
        yield f"rename {old.name} to {new.name}", False
    for before, after in change.columns:
        yield from _of_column(new.name, before, after)
    if old.name == new.name:
        shown = {
            column.name for before, after in change.columns if before != after for column in (before, after) if column
        }
        yield from _of_conditions(change, shown)


def _of_column(table: str, old: Column | None, new: Column | None) -> Iterator[tuple[str, bool]]:
    if new is None:
        if old:
            yield f"drop {old.name} of {table}", False
        return
    if old is None:
        yield f"add {new.name} to {table}", new.nullable
        return
    if old.name != new.name:
        yield f"rename {old.name} of {table} to {new.name}", False
    if replaced(old, new) or (altered(old, new) and old.type != new.type):
        yield f"change the type of {new.name} of {table}", fate(old, new) == "widened"
    elif old.choices != new.choices:
        yield f"change the choices of {new.name} of {table}", {*old.choices} <= {*new.choices}
    if old.nullable != new.nullable:
        yield f"{'let' if new.nullable else 'require'} {new.name} of {table}{' be empty' * new.nullable}", new.nullable


def _of_conditions(change: Change, shown: set[str]) -> Iterator[tuple[str, bool]]:
    """Conditions and indexes, but for those that come and go with their columns."""
    came = [each for each in change.made if each not in change.dropped and not shown & {*each.columns}]
    gone = [each for each in change.dropped if each not in change.made and not shown & {*each.columns}]
    renewed = {each.name for each in came} & {each.name for each in gone}
    yield from ((f"drop {_called(each)}", True) for each in gone if each.name not in renewed)
    for each in came:
        yield (f"{'change' if each.name in renewed else 'add'} {_called(each)}", each.kind == "index")


def _called(each: Constraint) -> str:
    return f"{_SAYS.get(each.kind, 'the index')} {each.name}"


def title(found: list[tuple[str, bool]]) -> str:
    """The first sentence of the docstring."""
    first = found[0][0] if found else "join what was made apart"
    more = {0: "", 1: ""}.get(len(found), f", and {len(found) - 1} more")
    return f"{first[:1].upper()}{first[1:]}{more}"


def file_name(found: list[tuple[str, bool]]) -> str:
    """The words in the name of the file."""
    words = re.sub(r"[^a-z0-9]+", "_", found[0][0].lower() if found else "join").strip("_")
    return f"{words[:LONGEST_NAME].rstrip('_')}{'_and_more' * (len(found) > 1)}"


def docstring(found: list[tuple[str, bool]], losses: list[str]) -> str:
    """What the revision does, and which of it an application of before does not notice."""
    lines = [f"{title(found)}."[: WIDTH - 3], ""] if len(found) == 1 else [_short(title(found)), ""]
    groups = (
        ("Safe while the version before still runs:", [text for text, safe in found if safe]),
        ("Only while it does not run, since it would fail:", [text for text, safe in found if not safe]),
        ("Going back brings no value back of:", losses),
    )
    for head, texts in groups:
        if texts:
            lines += [head, *_bullets(texts), ""]
    return "\n".join(lines).replace("\\", "\\\\").replace('"""', "'''")


def _short(text: str) -> str:
    return f"{text[: WIDTH - 4].rstrip(',. ')}."


def _bullets(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
