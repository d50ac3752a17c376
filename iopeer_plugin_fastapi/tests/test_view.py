"""The pieces of Python and SQL that templates are filled with."""

from __future__ import annotations

import ast
from datetime import timedelta

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, Symbol
from iopeer_core.blueprint.union import unite
from iopeer_core.language.reader import read
from iopeer_core.model.spec import LiteralKind, Scalar, ScalarType, Value
from iopeer_plugin_fastapi.language import imports, scope
from iopeer_plugin_fastapi.view import AppView, literals, naming, testing

TODAY = "Field(default_factory=today)"
RENAMED = '"class", String(255)'


def app_of(text: str) -> AppView:
    """The view of a spec's text."""
    result = read(text)
    assert result.spec is not None, result.problems
    plan = unite(result.spec, [])
    policies = tuple(Contributed(plugin="iopeer", value=policy) for policy in plan.policies)
    return AppView(Blueprint(plan=plan, contributions=policies))


def task(*facts: str, blocks: str = "") -> AppView:
    """An app whose entity `Task` has these fields."""
    fields = "\n".join(f"- {fact}" for fact in facts)
    return app_of(f"# T\n\n## Entities\n\n### Task\n\n{fields}\n\n{blocks}\n")


@pytest.mark.parametrize(
    ("fact", "mapped", "arguments", "create"),
    [
        ("a: text", "str | None", "String(255)", "a: A | None = None"),
        ("a: long text, required", "str", "Text", "a: A"),
        ("a: integer, default 3", "int | None", "BigInteger, default=3", "a: Integer | None = 3"),
        ("a: money, required", "Decimal", "ExactNumeric(14, 2)", "a: A"),
        ("a: boolean, required, default yes", "bool", "Boolean, default=True", "a: Boolean = True"),
        (
            "a: date, default today",
            "date | None",
            "Date, default=today",
            "a: Date | None = Field(default_factory=today)",
        ),
        ("a: uuid, unique", "UUID | None", "Uuid, unique=True", "a: Uuid | None = None"),
        ("a: json", "Any | None", "JSON(none_as_null=True)", "a: Json = None"),
        ("a: list of url", "list[str] | None", "JSON(none_as_null=True)", "a: A | None = None"),
        (
            "class: email",
            "str | None",
            '"class", String(254)',
            'class_: Annotated[Email | None, Field(alias="class")] = None',
        ),
        ('a: slug, column "B"', "str | None", '"B", String(255), key="a"', "a: Slug | None = None"),
    ],
)
def test_a_field_is_a_column_and_a_member(fact: str, mapped: str, arguments: str, create: str) -> None:
    """Each type, in the model and in what clients send."""
    view = task(fact).view("task")
    (column,) = view.columns
    assert (column.mapped, column.arguments) == (mapped, arguments)
    (member,) = view.create
    assert member.declaration == create


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("order > 3", '"order" > 3'),
        ("a is not empty or order = 1", "(a IS NOT NULL AND a <> '') OR \"order\" = 1"),
        ("not (done = yes and kind != x)", "NOT (done = true AND kind <> 'x')"),
        ('kind in (x, "it\'s")', "kind IN ('x', 'it''s')"),
        ("due >= `created at`", "due >= created_at"),
        ("due > 2020-01-02T03:04:05Z", "due > '2020-01-02 03:04:05.000000'"),
    ],
)
def test_a_rule_is_a_check(rule: str, sql: str) -> None:
    """The same text for both databases: names in quotes where needed, moments in UTC without an offset."""
    facts = ("order: integer", "a: text", "done: boolean", 'kind: one of: x | "it\'s"', "due: datetime")
    (check,) = task(*facts, blocks=f"#### Rules\n\n- check: {rule}").view("task").table.checks
    assert check.sql == sql


def test_a_rule_that_moves_is_no_check() -> None:
    """No CHECK knows what day it is: the service asks."""
    view = task("due: date", blocks="#### Rules\n\n- check: due >= today — Too late").view("task")
    assert view.table.checks == ()
    (rule,) = view.moving_rules
    assert (rule.condition, rule.message, rule.field) == ("task.due >= engine.TODAY", "Too late", "due")


@pytest.mark.parametrize(("kind", "value"), [("duration", "PT1H"), ("uuid", "0f8b1c3e-7c1d-4f1e-9a3b-2d5e6f7a8b9c")])
def test_a_rule_about_what_databases_keep_differently_is_no_check(kind: str, value: str) -> None:
    view = task(f"a: {kind}", blocks=f'#### Rules\n\n- check: a != "{value}"').view("task")
    assert view.table.checks == ()
    assert len(view.moving_rules) == 1


def test_bodies_keep_what_rules_say_of_one_field() -> None:
    """Choices, numbers and dates that a rule refuses are in no body of the generated tests."""
    facts = ("age: integer, required", "kind: one of: a | b | c, required", "done: boolean", "due: date, required")
    rules = "- check: age >= 18 and age < 20\n- check: kind != c\n- check: done = yes\n- check: due < 2008-01-01"
    made = testing.TestsView(app=task(*facts, blocks=f"#### Rules\n\n{rules}")).by_name["task"]
    assert made.keeps_rules
    assert {name: sample.code for name, sample in made.samples.items()} == {
        "age": "18 + number % 2",
        "kind": 'pick(number, "a", "b")',
        "done": "True",
        "due": "day(number, 3, date(2004, 9, 17))",
    }
    assert len(made.broken) == 4


def test_names_that_mean_something_else_are_escaped() -> None:
    """An entity called as what models import, and one called as a module of the routers; the engine takes no names."""
    names = ("Table", "Parameter", "Link", "Class")
    app = app_of("# T\n\n## Entities\n\n" + "\n\n".join(f"### {name}\n\n- a: text" for name in names))
    assert app.view("table").cls == "TableModel"
    assert app.view("parameter").module("routers") == "parameters_"
    assert (app.view("link").cls, app.view("link").module("services")) == ("Link", "links")
    assert app.view("class").module("models") == "class_"


def test_links_that_close_a_cycle_are_late() -> None:
    """Tables come after those that they refer to; one link of a cycle waits until both are there."""
    app = app_of("# T\n\n## Entities\n\n### A\n\n- b: belongs to B\n\n### B\n\n- a: belongs to A\n- b: belongs to B\n")
    late = [
        (table.name, c.name) for table in app.tables for c in table.foreign_keys if c.references and c.references.late
    ]
    assert len(late) == 1
    names = [table.name for table in app.tables]
    assert names.index("users") < names.index("auth_sessions")


def test_imports_are_found_in_nested_places() -> None:
    """The expressions of an f-string whose format has places of its own."""
    body = 'f"{Decimal(steps):.{places}f}"'
    assert imports("from decimal import Decimal", {}, body, "tests.factories") == "from decimal import Decimal"


@pytest.mark.parametrize(
    ("body", "used"),
    [
        ("class A:\n    filled: bool | None = None\n", False),
        ("f(filled=1)\nrow.filled\n'filled'  # filled", False),
        ("f(a=filled)", True),
        ("if x:\n    a\nelif filled == 1:\n    b", True),
        ("Annotated[str, filled]", True),
    ],
)
def test_a_word_that_names_nothing_is_no_use(body: str, used: bool) -> None:
    """Members, attributes and named arguments may be called like what a module imports."""
    assert bool(imports("from a import filled", {}, body, "b")) == used


def test_long_texts_are_written_in_pieces() -> None:
    """All of them, and nothing else, in lines that fit."""
    text = "a very long text " * 20 + "x" * 100
    assert ast.literal_eval(naming.wrapped(text)) == text
    assert ast.literal_eval(naming.raw(r"^\d\"$")) == r"^\d\"$"


def test_durations_are_timedeltas() -> None:
    """ISO 8601, with the names of timedelta's arguments."""
    made = literals.python(Value(kind=LiteralKind.TEXT, value="P1DT2H30M"), ScalarType(scalar=Scalar.DURATION), {})
    assert made == "timedelta(days=1, hours=2, minutes=30)"
    assert eval(made, {"timedelta": timedelta}) == timedelta(days=1, hours=2, minutes=30)  # noqa: S307 - a literal of ours


@pytest.mark.parametrize(
    "body",
    [
        "def it(): ...",
        "async def it(): ...",
        "class it: ...",
        "it = 1",
        "def f(a, *it): ...",
        "def f(*, it=1): ...",
        "for it in (): ...",
        "with a() as it: ...",
        "import it",
        "def f():\n    from a import b as it",
        "[it for it in a]",
        "if (it := 1): ...",
        "try: ...\nexcept E as it: ...",
        "match a:\n    case [b, *it]: ...",
        "match a:\n    case {**it}: ...",
    ],
)
def test_what_a_file_defines_is_bound(body: str) -> None:
    assert scope("", body).bound.get("it") == ""


@pytest.mark.parametrize("body", ["it()", "a.it = 1", "f(it=1)", "'it = 1'", "# it = 1", "not valid it = 1"])
def test_what_it_reads_or_says_is_not(body: str) -> None:
    assert "it" not in scope("", body).bound


def test_what_it_imports_is_bound_by_its_module_and_builtins_too() -> None:
    bound = scope("import a.b\nfrom c import (\n    d, e as f\n)", "").bound
    assert {name: bound.get(name) for name in ("a", "d", "f", "e", "filter")} == {
        "a": "", "d": "c", "f": "c", "e": None, "filter": "",
    }  # fmt: skip
    assert scope("", "a.b(c)").used == {"a", "c"}


def test_a_symbol_may_have_another_name_here() -> None:
    symbols = {Symbol(component="backend", module=f"backend.{f}", name="check"): f"check_of_{f}" for f in ("aa", "bb")}
    block = imports("", symbols, "check_of_aa, check_of_bb", "backend.x")
    assert block == "from backend.aa import check as check_of_aa\nfrom backend.bb import check as check_of_bb"
