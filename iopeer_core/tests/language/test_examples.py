"""The specs of the design, whole: what they mean, and every error of broken.md on its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.language.reader import read_file
from iopeer_core.model.spec import (
    BelongsTo,
    CheckRule,
    ChoiceType,
    Compare,
    EnumType,
    FieldRef,
    Grant,
    HasOne,
    Index,
    IndexColumn,
    LiteralKind,
    ManyToMany,
    OnDelete,
    Scalar,
    ScalarType,
    SeedTable,
    Spec,
    UniqueRule,
    Value,
)

SPECS = Path(__file__).parents[3] / "tests" / "specs"


def load(name: str) -> Spec:
    result = read_file(SPECS / name)
    assert [problem.render() for problem in result.problems if problem.code != "W210"] == []  # some lack labels
    assert result.spec
    return result.spec


def test_todo_is_the_least() -> None:
    spec = load("todo.md")
    (task,) = spec.entities
    assert (spec.title, task.names.label, task.names.plural, task.names.pascal) == ("Todo", "Task", "tasks", "Task")
    title, done = task.fields
    assert (title.name, title.type, title.required) == ("title", ScalarType(scalar=Scalar.TEXT), True)
    assert done.default == Value(kind=LiteralKind.BOOLEAN, value="no")


def test_tracker_app() -> None:
    spec = load("tracker.md")
    assert spec.doc.startswith("> Project tracking")
    assert "nothing is ever guessed" in spec.doc
    assert spec.app.languages == ("en", "es")
    assert spec.app.currency == "EUR"
    assert [role.name for role in spec.roles] == ["admin", "member", "guest"]
    assert spec.roles[0].doc == "manages people and projects"
    assert [(enum.name, enum.values) for enum in spec.enums] == [
        ("priority", ("none", "low", "medium", "high", "urgent"))
    ]
    assert spec.notes.endswith("even bullets here are free text")
    assert {entity.name for entity in spec.entities} == {
        "user", "profile", "team", "membership", "project", "task", "label", "comment",
    }  # fmt: skip


def test_tracker_fields() -> None:
    spec = load("tracker.md")
    fields = {f"{entity.name}.{item.name}": item for entity in spec.entities for item in entity.fields}
    assert fields["user.profile"].type == HasOne(target="profile")
    assert fields["profile.user"].type == BelongsTo(targets=("user",))
    assert fields["profile.user"].on_delete is OnDelete.CASCADE
    assert fields["profile.user"].doc == "one to one, because the link is unique"
    assert fields["team.members"].type == ManyToMany(target="user", through="membership")
    assert fields["project.key"].pattern == "^[A-Z]{2,6}$"
    assert fields["project.status"].type == ChoiceType(values=("planned", "active", "on hold", "done"))
    assert fields["task.priority"].type == EnumType(enum="priority")
    assert fields["task.due"].was == "deadline"
    assert fields["task.progress"].type == ScalarType(scalar=Scalar.DECIMAL, precision=5, scale=2)
    assert fields["task.reporter"].default == Value(kind=LiteralKind.ME, value="me")
    assert fields["task.reporter"].read_only
    assert fields["task.assignee"].inverse
    assert fields["task.assignee"].inverse.singular == "assigned_tasks"
    assert fields["comment.subject"].type == BelongsTo(targets=("task", "project"))


def test_tracker_blocks() -> None:
    spec = load("tracker.md")
    project, task, user = (spec.entity(name) for name in ("project", "task", "user"))
    assert project
    assert task
    assert user
    assert project.rules == (
        CheckRule(
            expr=Compare(left="ends_on", op=">=", right=FieldRef(name="starts_on")),
            message="The end must not come before the start",
        ),
    )
    assert project.soft_delete
    assert Index(columns=(IndexColumn(field="starts_on", descending=True),)) in project.indexes
    assert user.display == "full_name"
    guest = next(p for p in project.permissions if p.role == "guest")
    planned = Value(kind=LiteralKind.CHOICE, value="planned")
    assert guest.grants == (Grant(verb="read", where=Compare(left="status", op="!=", right=planned)),)
    member = next(p for p in task.permissions if p.role == "member")
    assert Grant(verb="delete", own=True, own_by="reporter") in member.grants
    mine = next(p for p in user.permissions if p.role == "member")
    assert Grant(verb="update", own=True, only=("full_name", "avatar", "time_zone")) in mine.grants
    membership = spec.entity("membership")
    assert membership
    assert membership.rules == (UniqueRule(fields=("team", "user")),)
    assert spec.seeds == (
        SeedTable(entity="label", columns=("name", "color"), rows=(("bug", "#d73a4a"), ("feature", "#0e8a16"))),
    )


def test_biblioteca_is_spanish() -> None:
    spec = load("biblioteca.md")
    assert (spec.language, spec.app.languages, spec.app.account) == ("es", ("es",), "persona")
    assert {e.names.plural for e in spec.entities} == {"libros", "autores", "generos", "personas", "prestamos"}
    book, author, loan = (spec.entity(name) for name in ("libro", "autor", "prestamo"))
    assert book
    assert author
    assert loan
    assert [item.name for item in author.fields] == ["nombre", "nacionalidad", "anio_de_nacimiento"]
    assert author.plural_given
    public = book.permissions[-1]
    assert (public.role, public.grants[0].only) == ("public", ("titulo", "autor", "generos", "portada"))
    (check,) = loan.rules
    assert isinstance(check, CheckRule)
    assert check.expr == Compare(left="devuelto_el", op=">=", right=FieldRef(name="created_at"))
    assert check.message == "No se puede devolver antes de pedir"
    assert loan.fields[1].default == Value(kind=LiteralKind.ME, value="me")


EXPECTED: list[dict[str, Any]] = json.loads((SPECS / "broken.expected.json").read_text("utf-8"))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda item: f"{item['line']}-{item['problem'][:20]}")
def test_broken_is_reported_on_its_line_with_the_suggestion(expected: dict[str, Any]) -> None:
    errors = [problem for problem in read_file(SPECS / "broken.md").errors if problem.line == expected["line"]]
    same = [item for item in EXPECTED if item["line"] == expected["line"]]
    assert len(errors) == len(same)
    assert expected["suggestion"] is None or expected["suggestion"] in [problem.suggestion for problem in errors]


def test_broken_has_no_other_errors() -> None:
    errors = read_file(SPECS / "broken.md").errors
    assert [problem.line for problem in errors] == [item["line"] for item in EXPECTED]


def test_broken_messages_name_what_is_meant() -> None:
    messages = {p.line: p.message for p in read_file(SPECS / "broken.md").errors}
    assert messages[24] == "'status' needs its choices with '|'"
    assert messages[19] == "unknown type 'txt'"
    spanish = {p.line: p.message for p in read_file(SPECS / "broken.md", language="es").errors}
    assert spanish[19] == "tipo desconocido 'txt'"
