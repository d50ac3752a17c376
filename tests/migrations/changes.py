"""Twelve changes of tracker in a row: what is done to its spec, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

ATTACHMENT = """### Attachment

- task: belongs to Task, required, on delete cascade
- address: url, required
- pages: integer, min 1
"""
PROFILE = """### Profile

- user: belongs to User, required, unique, on delete cascade — one to one, because the link is unique
- bio: markdown
- phone: phone
- born on: date

#### Permissions

- admin: all
- member: all own

"""
Rows = dict[str, list[dict[str, Any]]]
"""By table, in the order of their keys."""


def nothing(rows: Rows) -> None:
    """Every row and value stays."""
    del rows


@dataclass(frozen=True, kw_only=True)
class Step:
    """A change: pairs of texts in the spec, what it does to rows, and what going back leaves of them."""

    name: str
    edits: Sequence[tuple[str, str]]
    up: Callable[[Rows], None] = nothing
    back: Callable[[Rows], None] = nothing  # from the rows of before to those that are there after the way back
    allow_drop: bool = False

    def spec(self, text: str) -> str:
        """The changed spec."""
        for old, new in self.edits:
            assert old in text, old
            text = text.replace(old, new)
        return text

    def after(self, rows: Rows) -> Rows:
        """The rows once it is done."""
        made = deepcopy(rows)
        self.up(made)
        return made

    def undone(self, rows: Rows) -> Rows:
        """The rows once it is taken back."""
        made = deepcopy(rows)
        self.back(made)
        return made


def add(table: str, column: str, value: Any) -> Callable[[Rows], None]:
    """A column with one value in each row."""

    def change(rows: Rows) -> None:
        for row in rows[table]:
            row[column] = value

    return change


def rename(table: str, old: str, new: str) -> Callable[[Rows], None]:
    """A column of another name."""

    def change(rows: Rows) -> None:
        for row in rows[table]:
            row[new] = row.pop(old)

    return change


def drop(table: str, column: str) -> Callable[[Rows], None]:
    """A column that is gone."""

    def change(rows: Rows) -> None:
        for row in rows[table]:
            del row[column]

    return change


def each(*changes: Callable[[Rows], None]) -> Callable[[Rows], None]:
    """Several in a row."""

    def change(rows: Rows) -> None:
        for one in changes:
            one(rows)

    return change


def labels_to_tags(rows: Rows) -> None:
    """The entity, its table and the keys of its links have other names."""
    rows["tags"] = rows.pop("labels")
    for row in rows["task_labels"]:
        row["tag_id"] = row.pop("label_id")


def without_budgets(rows: Rows) -> None:
    """What was empty is zero."""
    for row in rows["projects"]:
        row["budget"] = row["budget"] or 0


def moments(rows: Rows) -> None:
    """A date becomes the first moment of its day."""
    for row in rows["projects"]:
        for name in ("starts_on", "closes_on"):
            row[name] = row[name] and f"{row[name]}T00:00:00"


def without_profiles(rows: Rows) -> None:
    """A table that is gone."""
    del rows["profiles"]


def reviewed(rows: Rows) -> None:
    """A choice that is no more becomes that of new rows."""
    for row in rows["tasks"]:
        row["status"] = "todo" if row["status"] == "review" else row["status"]


STEPS = (
    Step(
        name="optional field, and an index",
        edits=[("- due: date, indexed, was deadline\n", "- due: date, indexed\n- effort: integer, indexed\n")],
        up=add("tasks", "effort", None),
    ),
    Step(
        name="required fields with a default and with a backfill",
        edits=[
            ("max 40\n", "max 40\n- weight: integer, required, default 3\n"),
            ("- members: many", '- motto: text, required, backfill "none yet"\n- members: many'),
            ("- members: many", "- since: date, required, backfill 2020-02-29\n- members: many"),
        ],
        up=each(add("labels", "weight", 3), add("teams", "motto", "none yet"), add("teams", "since", "2020-02-29")),
    ),
    Step(
        name="renamed field with an index and a rule",
        edits=[
            ("- ends on: date\n", "- closes on: date, was ends on\n"),
            ("`ends on` >= `starts on`", "`closes on` >= `starts on`"),
            ("- estimate: duration", "- expected: duration, was estimate"),
        ],
        up=each(rename("projects", "ends_on", "closes_on"), rename("tasks", "estimate", "expected")),
    ),
    Step(
        name="renamed entity, with sets of links and seeds",
        edits=[
            ("### Label\n\n- name: text", "### Tag (was Label)\n\n- name: text"),
            ("many to many Label", "many to many Tag"),
            ("### Label\n\n| name", "### Tag\n\n| name"),
        ],
        up=labels_to_tags,
    ),
    Step(
        name="an entity that links to what is there",
        edits=[("### Comment\n", f"{ATTACHMENT}\n### Comment\n")],
        up=lambda rows: rows.update(attachments=[]),
    ),
    Step(
        name="more choices",
        edits=[("| urgent", "| urgent | at once and now"), ("| review | done", "| review | tested | done")],
    ),
    Step(
        name="fewer choices",
        edits=[("| review | tested", "| tested")],
        up=reviewed,
        back=reviewed,
        allow_drop=True,
    ),
    Step(
        name="a field that goes",
        edits=[("- links: list of url\n", "")],
        up=drop("tasks", "links"),
        back=add("tasks", "links", None),
        allow_drop=True,
    ),
    Step(
        name="required from now on, optional from now on",
        edits=[
            ("- budget: money, min 0", "- budget: money, required, default 0, min 0"),
            ("- full name: text, required, max 120", "- full name: text, max 120"),
        ],
        up=without_budgets,
        back=without_budgets,
    ),
    Step(
        name="other types",
        edits=[
            ("- points: integer", "- points: decimal(24,2)"),
            ("max 120, searchable\n- key", "max 200, searchable\n- key"),
            ("- closes on: date", "- closes on: datetime"),
            ("- starts on: date\n", "- starts on: datetime\n"),
        ],
        up=moments,
    ),
    Step(
        name="soft deletion, an index, a unique rule, a link of another name",
        edits=[
            ("+ due desc\n", "+ due desc\n- status + created at desc\n\n#### Options\n\n- soft delete: yes\n"),
            ("- assignee: belongs to User, ", "- owner: belongs to User, was assignee, "),
        ],
        up=each(add("tasks", "deleted_at", None), rename("tasks", "assignee_id", "owner_id")),
    ),
    Step(
        name="an entity that goes",
        edits=[("- profile: has one Profile\n", ""), (PROFILE, "")],
        up=without_profiles,
        back=lambda rows: rows.update(profiles=[]),
        allow_drop=True,
    ),
)
