"""Fields: types, modifiers, names, and what fits together; each row is a line of a spec."""

from __future__ import annotations

import pytest
from iopeer_core.language.problems import Problem
from iopeer_core.language.reader import read
from iopeer_core.model.spec import (
    BelongsTo,
    ChoiceType,
    EnumType,
    Field,
    FieldType,
    ListType,
    LiteralKind,
    ManyToMany,
    Scalar,
    ScalarType,
    Value,
)

HEAD = "# Shop\n\n## Enums\n\n- Priority: low | high\n\n## Entities\n\n### Thing\n\n- code: text\n"
TAIL = "\n\n### User\n\n- email: email\n\n### Work order\n\n- title: text\n"


def field(line: str) -> Field:
    result = read(HEAD + line + TAIL)
    assert [problem.render() for problem in result.errors] == []
    assert result.spec
    thing = result.spec.entity("thing")
    assert thing
    return thing.fields[-1]


def problems(line: str) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.suggestion) for problem in errors(line)]


def errors(line: str) -> tuple[Problem, ...]:
    return read(HEAD + line + TAIL).errors


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("text", ScalarType(scalar=Scalar.TEXT)),
        ("TEXTO", ScalarType(scalar=Scalar.TEXT)),
        ("texto largo", ScalarType(scalar=Scalar.LONG_TEXT)),
        ("decimal", ScalarType(scalar=Scalar.DECIMAL, precision=12, scale=2)),
        ("decimal(8, 3)", ScalarType(scalar=Scalar.DECIMAL, precision=8, scale=3)),
        ("decimal (5)", ScalarType(scalar=Scalar.DECIMAL, precision=5, scale=0)),
        ("money", ScalarType(scalar=Scalar.MONEY, precision=14, scale=2)),
        ("sí/no", ScalarType(scalar=Scalar.BOOLEAN)),
        ("si/no", ScalarType(scalar=Scalar.BOOLEAN)),
        ("fecha y hora", ScalarType(scalar=Scalar.DATETIME)),
        ("fecha", ScalarType(scalar=Scalar.DATE)),
        ("teléfono", ScalarType(scalar=Scalar.PHONE)),
        ("Priority", EnumType(enum="priority")),
        ("priority", EnumType(enum="priority")),
        ("one of: a | b", ChoiceType(values=("a", "b"))),
        ("one of a|b", ChoiceType(values=("a", "b"))),
        ('uno de: "on hold" | b, c', None),
        ('one of: "a | b" | "c, d"', ChoiceType(values=("a | b", "c, d"))),
        ("list of url", ListType(item=ScalarType(scalar=Scalar.URL))),
        ("lista de enlaces", ListType(item=ScalarType(scalar=Scalar.URL))),
        ("list of Priority", ListType(item=EnumType(enum="priority"))),
        ("list of one of: a | b", ListType(item=ChoiceType(values=("a", "b")))),
        ("belongs to Work order", BelongsTo(targets=("work_order",))),
        ("belongs to WORK ORDER", BelongsTo(targets=("work_order",))),
        ("pertenece al User", BelongsTo(targets=("user",))),
        ("belongs to User | Work order", BelongsTo(targets=("user", "work_order"))),
        ("many to many Work orders", ManyToMany(target="work_order")),
        ("muchas a muchas User", ManyToMany(target="user")),
    ],
)
def test_types(text: str, wanted: FieldType | None) -> None:
    if wanted is None:
        assert problems(f"- x: {text}")
    else:
        assert field(f"- x: {text}").type == wanted


def test_every_scalar_in_both_languages() -> None:
    from iopeer_core.language.vocabulary import core_words

    for word in core_words():
        if word.kind == "type":
            for form in (form for forms in word.forms.values() for form in forms):
                found = field(f"- x: {form}").type
                assert isinstance(found, ScalarType)
                assert found.scalar.value == word.name


@pytest.mark.parametrize(
    ("line", "name", "wanted"),
    [
        ("- x: text, required", "required", True),
        ("- x: texto, obligatoria", "required", True),
        ("- x: text, optional", "required", False),
        ("- x: text, única", "unique", True),
        ("- x: text, primary key", "primary_key", True),
        ("- x: text, solo lectura", "read_only", True),
        ("- x: text, oculta", "hidden", True),
        ("- x: text, max 80", "maximum", Value(kind=LiteralKind.NUMBER, value="80")),
        ("- x: integer, between -1 and 10", "minimum", Value(kind=LiteralKind.NUMBER, value="-1")),
        ("- x: integer, entre 1 y 10", "maximum", Value(kind=LiteralKind.NUMBER, value="10")),
        ("- x: date, min today", "minimum", Value(kind=LiteralKind.TODAY, value="today")),
        ("- x: date, max 2030-01-31", "maximum", Value(kind=LiteralKind.DATE, value="2030-01-31")),
        ("- x: decimal, default 007.50", "default", Value(kind=LiteralKind.NUMBER, value="7.5")),
        ("- x: decimal, default -0.0", "default", Value(kind=LiteralKind.NUMBER, value="0")),
        ('- x: text, default "a, b | c — d"', "default", Value(kind=LiteralKind.TEXT, value="a, b | c — d")),
        ("- x: text, default “hi”", "default", Value(kind=LiteralKind.TEXT, value="hi")),
        ("- x: boolean, default sí", "default", Value(kind=LiteralKind.BOOLEAN, value="yes")),
        ("- x: Priority, default HIGH", "default", Value(kind=LiteralKind.CHOICE, value="high")),
        ('- x: one of: on hold | b, default "on hold"', "default", Value(kind=LiteralKind.CHOICE, value="on hold")),
        ("- x: one of: on hold | b, default on hold", "default", Value(kind=LiteralKind.CHOICE, value="on hold")),
        ("- x: datetime, por defecto ahora", "default", Value(kind=LiteralKind.NOW, value="now")),
        (
            '- x: datetime, default "2026-01-01T10:00+02:00"',
            "default",
            Value(kind=LiteralKind.DATE, value="2026-01-01T08:00:00Z"),
        ),
        ("- x: country, default ES", "default", Value(kind=LiteralKind.TEXT, value="ES")),
        ("- x: color, default #888888", "default", Value(kind=LiteralKind.TEXT, value="#888888")),
        ("- x: duration, default 30 minutes", "default", Value(kind=LiteralKind.TEXT, value="PT30M")),
        ("- x: duration, por defecto 1 hora y 30 minutos", "default", Value(kind=LiteralKind.TEXT, value="PT1H30M")),
        ('- x: duration, default "PT1H30M"', "default", Value(kind=LiteralKind.TEXT, value="PT1H30M")),
        ('- x: json, default "{}"', "default", Value(kind=LiteralKind.TEXT, value="{}")),
        ("- x: belongs to User, default me", "default", Value(kind=LiteralKind.ME, value="me")),
        ("- x: text, matches /^a,b — c$/, required", "pattern", "^a,b — c$"),
        (r"- x: text, matches /a\/b/", "pattern", "a/b"),
        ("- x: text, coincide con /^[0-9]{2,3}$/ — two or three", "pattern", "^[0-9]{2,3}$"),
        ("- x: text, was Old Name", "was", "old_name"),
        ('- x: text, column "X_1"', "column", "X_1"),
        ("- x: text — about it, with a comma", "doc", "about it, with a comma"),
        ("- x: text – about it", "doc", "about it"),
        ("- x: text -- about it", "doc", "about it"),
        ("- x: text\n  , required", "required", True),
        ("- x: text — about\n  it\n\n  And more.", "doc", "about it\n\nAnd more."),
        ("- x: text <!-- not a fact --> , required", "required", True),
        ("- `time: start`: text", "name", "time_start"),
        ("- x : text", "name", "x"),
        ("- permissions: text", "name", "permissions"),
        ("- índice: text", "name", "indice"),
    ],
)
def test_facts(line: str, name: str, wanted: object) -> None:
    assert getattr(field(line), name) == wanted


@pytest.mark.parametrize(
    ("line", "code", "suggestion"),
    [
        ("- x: txt", "E040", "text"),
        ("- x: enlac", "E040", "url, enlace"),
        ("- x: Prioriti", "E040", "Priority"),
        ("- x: User", "E042", "belongs to User"),
        ("- x: belongs to Usr", "E041", "User"),
        ("- x: text, requird", "E050", "required"),
        ("- x: text, obligatrio", "E050", "required, obligatorio"),
        ("- x: integer, betwen 1 and 10", "E050", "between 1 and 10"),
        ("- x: text, qwertyuiop", "E050", None),
        ("- x: integer, max", "E053", None),
        ("- x: integer, max 7,5", "E054", "7.5"),
        ("- x: integer, max 7.5", "E055", None),
        ("- x: integer, default 9007199254740992", "E055", None),
        ("- x: decimal(3,1), default 100", "E055", None),
        ("- x: decimal(3,1), default 0.25", "E055", None),
        ("- x: boolean, default true", "E055", "yes"),
        ("- x: text, default hola", "E055", '"hola"'),
        ("- x: date, default now", "E055", "today"),
        ("- x: datetime, default 2026-01-01T10:00", "E119", "2026-01-01 10:00Z | 2026-01-01 10:00+02:00"),
        ("- x: date, default 05/09/2026", "E055", "2026-09-05 | 2026-05-09"),
        ("- x: json, default {}", "E055", None),
        ('- x: email, default "nobody"', "E055", None),
        ('- x: url, default "ftp://x.org"', "E055", None),
        ('- x: color, default "red"', "E055", None),
        ('- x: json, default "{"', "E055", None),
        ("- x: one of: todo | done, default tod", "E056", "todo"),
        ("- x: text, between 10 and 1", "E066", None),
        ("- x: integer, max 1, default 2", "E067", None),
        ('- x: text, max 2, default "abc"', "E067", None),
        ('- x: text, matches /^[a-z]+$/, default "A1"', "E067", None),
        ("- x: boolean, min 1", "E052", None),
        ("- x: duration, min 30 minutes", "E052", "in Rules: - check: x >= 30 minutes"),
        ("- at work: duration, entre 1h y 2h", "E052", "in Rules: - check: `at work` between 1h y 2h"),
        ("- x: json, unique", "E052", None),
        ("- x: date, primary key", "E052", "unique, required"),
        ("- x: decimal(6,2), clave primaria", "E052", "unique, required"),
        ("- x: url, primary key", "E052", "unique, required"),
        ("- x: json, primary key", "E052", None),
        ("- x: date, matches /x/", "E052", None),
        ("- x: text, on delete cascade", "E052", None),
        ("- x: many to many User, on delete cascade", "E052", None),
        ("- x: belongs to User, on delete set nul", "E064", "cascade | set null | restrict"),
        ("- x: belongs to User, required, on delete set null", "E061", None),
        ("- x: belongs to Work order, default me", "E063", None),
        ("- x: belongs to User | Work order, default me", "E063", None),
        ("- x: integer, min 1, min 2", "E051", None),
        ("- x: integer, min 1, between 2 and 3", "E061", None),
        ('- x: text, column "no no"', "E065", '"no_no"'),
        ("- code: integer", "E035", "line 11"),
        ("- CODE: integer", "E036", "line 11"),
        ("- id: integer", "E018", "id: integer, primary key"),
        ("- updated at: datetime", "E018", None),
        ('- x: text, default "a', "E031", None),
        ("- x: decimal(8,2", "E031", None),
        ("- x: text, required,", "E032", None),
        ("- x:", "E030", "x: text"),
        ("- x: one of: a", "E043", None),
        ("- x: one of: a, b, required", "E043", "one of: a | b"),
        ("- code id: text\n- code: text", "E035", "line 11"),
        ("- user: belongs to User\n- user id: text", "E110", None),
        ("- work orders: many to many Work order\n- work order ids: text", "E110", None),
    ],
)
def test_problems(line: str, code: str, suggestion: str | None) -> None:
    found = problems(line)
    assert code in [c for c, _ in found]
    assert len(found) == 1
    assert suggestion is None or found[0][1] == suggestion


@pytest.mark.parametrize(
    "line", ["- x: date, default 2026-02-30", "- x: time, default 25:00", "- x: duration, default a while"]
)
def test_a_wrong_value_gets_no_other_one(line: str) -> None:
    (problem,) = errors(line)
    assert (problem.code, problem.suggestion) == ("E055", None)
    assert problem.message.endswith(("2026-09-15", "09:30", "1h 30m"))  # how it is written


def test_the_place_of_a_problem_is_its_characters() -> None:
    (problem,) = errors("- long name: text, requird, max 3")
    line = (HEAD + "- long name: text, requird, max 3").splitlines()[problem.line - 1]
    assert line[problem.column - 1 : problem.end_column - 1] == "requird"
    assert problem.render(line).splitlines()[1:] == [
        "   12 | - long name: text, requird, max 3",
        "      |                    ^^^^^^^",
        "   help: required",
    ]


def test_the_place_in_a_wrapped_bullet_is_on_its_own_line() -> None:
    (problem,) = errors("- x: text,\n    requird, max 3")
    assert (problem.line, problem.column, problem.end_column) == (13, 5, 12)


def test_id_may_be_the_primary_key() -> None:
    assert field("- id: uuid, primary key").primary_key


@pytest.mark.parametrize("line", ["- created: date", "- rol: text", "- order: integer", "- class: text", "- 1A: text"])
def test_free_names(line: str) -> None:
    assert isinstance(field(line).type, ScalarType)
