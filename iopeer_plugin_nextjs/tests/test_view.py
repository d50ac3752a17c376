"""What the templates are told of a spec: regexes, schemas, conditions and permissions as TypeScript writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.policy import united
from iopeer_plugin_nextjs.view import regex
from iopeer_plugin_nextjs.view.entities import EntityView, Views
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.labels import entity_texts
from iopeer_plugin_nextjs.view.navigation import NavigationView
from iopeer_plugin_nextjs.view.reached import Reached
from iopeer_plugin_nextjs.view.writing import Condition, fit, literal

from .conftest import generate

WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"

SPECS = Path(__file__).parent / "specs"


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return planned(SPECS / "rules.md")


def planned(path: Path) -> Blueprint:
    return generate(path).blueprint


@pytest.fixture(scope="module")
def task(blueprint: Blueprint) -> EntityView:
    return Views(Known(blueprint=blueprint)).named("task")


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("^[A-Z]{2,6}$", "/^[A-Z]{2,6}$/u"),
        (r"^\w+\d\s\S$", rf"/^[{WORD}]+\p{{Nd}}\s\S$/u"),
        (r"[\w.-]\W", rf"/[{WORD}.-][^{WORD}]/u"),
        (r"\@\-\:[\-\@]", r"/@-:[\-@]/u"),  # with the flag, what needs no escape must have none
        ("a/b", r"/a\/b/u"),
        ("a{b}{2}{x", r"/a\{b\}{2}\{x/u"),
        (r"\.\*\(\/", r"/\.\*\(\//u"),
        ("[]a]", r"/[\]a]/u"),
        ("[^]a]", r"/[^\]a]/u"),
        ("[a(b)|c]", r"/[a\(b\)\|c]/u"),
    ],
)
def test_regexes_mean_in_javascript_what_they_mean_to_the_backend(pattern: str, written: str) -> None:
    assert regex.literal(pattern) == written


def test_the_schema_has_the_rules_of_each_field(task: EntityView) -> None:
    assert dict(task.schema) == {
        "title": r"required(text({ max: 80, patterns: [/^[a-z\/]+$/u] }))",
        "code": "required(slug())",
        "note": "z.nullable(text())",
        "points": "z.nullable(z.int().check(z.minimum(0), z.maximum(100)))",
        "price": "z.nullable(decimal({ precision: 6, scale: 3, min: 0.5 }))",
        "state": "z.nullable(z.enum(TASK_STATES))",
        "starts": "z.nullable(date({ min: today }))",
        "ends": "z.nullable(date())",
        "tags": "z.nullable(z.array(url()))",
        "owner_id": "z.nullable(z.int())",
        "parts_ids": "z.array(z.int()).check(z.minLength(1), z.maxLength(1000))",
        "user_id": "z.nullable(z.int())",
        "thing_id": "z.nullable(z.int())",
        "extra": "z.nullable(json())",
    }


def test_a_key_that_is_typed_fits_into_an_address(tmp_path: Path) -> None:
    spec = tmp_path / "spec.md"
    spec.write_text("# T\n\n## Entities\n\n### Path\n\n- way: text, primary key, matches /[a-z\\/]+/\n", "utf-8")
    way = Views(Known(blueprint=planned(spec))).named("path")
    assert dict(way.schema) == {"way": r"required(text({ patterns: [/[a-z\/]+/u, /^\s*\.{0,2}[^.\/\s][^\/]*$/u] }))"}


def test_a_form_starts_with_the_row_or_with_the_defaults(task: EntityView) -> None:
    initial = dict(task.initial)
    assert initial["state"] == 'row ? (row.state ?? null) : "new"'
    assert initial["owner_id"] == "row ? (row.owner_id ?? null) : (account?.id ?? null)"
    assert initial["parts_ids"] == "row?.parts?.map((one) => one.id) ?? []"
    assert initial["tags"] == "row?.tags ?? []"
    assert initial["extra"] == 'row ? toText(row.extra) : "[\\n  1\\n]"'


def test_what_is_unknown_breaks_no_rule(task: EntityView) -> None:
    (field, early, message), (_, finished, said) = task.rules
    assert (field, message, said) == ("ends", '"Too early"', "")
    assert early.split("=> ")[1] == "row.ends == null || row.starts == null || row.ends >= row.starts,"
    assert finished.split("=> ")[1] == '!(row.state === "done" && row.points == null),'


def test_permissions_are_grants_of_rows_and_fields(blueprint: Blueprint, task: EntityView) -> None:
    roles = task.grants.roles()
    assert roles["boss"] == "EVERYTHING"
    verbs = dict(roles["hand"])  # type: ignore[arg-type]  # those of a role that may not do everything
    assert verbs["create"] == ("{}",)
    assert verbs["delete"] == ("{ rows: (row, account) => row.owner_id === account?.id }",)
    (update,) = verbs["update"]
    assert 'row.owner_id === account?.id && !(row.state == null || row.state === "done")' in update
    thing = Views(Known(blueprint=blueprint)).named("thing").grants.roles()
    assert thing == {"boss": "EVERYTHING", "public": (("read", ('{ fields: ["name"] }',)),)}


def test_a_null_fails_a_condition_on_rows(task: EntityView) -> None:
    (read,) = dict(task.grants.roles()["hand"])["read"]  # type: ignore[arg-type]  # as above
    condition = '(row.state === "new" || row.state === "done") && row.points != null && row.points > 3'
    assert " ".join(read.split()).replace("{ rows: (row) => ", "").startswith(condition)


def test_rows_tell_the_grants_of_a_role_apart(blueprint: Blueprint) -> None:
    hand = united(blueprint.policy("task"), "hand")
    reached = Reached(known=Known(blueprint=blueprint), entity="task", signed_in=True)
    assert hand
    assert list(reached.rows(hand.create)) == []  # all rows
    assert list(reached.rows(hand.read)) == [
        (['state: "new"', "points: 3"], False),
        (['state: "new"', "points: 4"], True),
    ]
    assert list(reached.rows(hand.update)) == [
        (["owner_id: who.id", 'state: "new"'], True),
        (["owner_id: who.id", 'state: "done"'], False),
        (["owner_id: 2", 'state: "new"'], False),
        (["owner_id: 2", 'state: "done"'], False),
    ]
    assert list(reached.rows(hand.delete)) == [(["owner_id: who.id"], True), (["owner_id: 2"], False)]


def test_names_of_the_language_and_of_the_app_are_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text("# X\n\n## Entities\n\n### Page\n\n- name: text\n\n### Map\n\n- class: text\n")
    views = Views(Known(blueprint=planned(tmp_path / "spec.md")))
    assert [views.named(name).type for name in ("page", "map")] == ["PageEntity", "MapEntity"]
    assert views.named("page").var == "pageEntity"


def test_conditions_of_one_kind_need_no_brackets() -> None:
    one, other = Condition.joined("||", map(Condition.of, "ab")), Condition.joined("||", map(Condition.of, "cd"))
    assert Condition.joined("||", [one, other]).text == "a || b || c || d"
    assert Condition.joined("&&", [one, other]).text == "(a || b) && (c || d)"


def test_lists_break_at_a_hundred_columns() -> None:
    assert fit("a(", ["b", "c"], ");") == "a(b, c);"
    assert fit("a(", ["b" * 60, "c" * 60], ");") == f"a(\n  {'b' * 60},\n  {'c' * 60},\n);"


def test_strings_take_the_quotes_that_need_fewer_escapes() -> None:
    assert literal('say "so"') == "'say \"so\"'"
    assert literal("it's") == '"it\'s"'


def test_the_menu_has_the_entities_in_the_order_of_the_spec_then_those_that_nobody_wrote() -> None:
    examples = Path(__file__).parents[2] / "examples"
    assert [place.name for place in NavigationView(planned(examples / "todo" / "spec.md")).places] == ["task", "user"]
    written = [place.name for place in NavigationView(planned(examples / "tracker" / "spec.md")).places]
    assert written[:4] == ["user", "profile", "team", "membership"]


def test_a_chart_of_a_field_called_like_a_parameter_of_lists_filters_by_its_longer_name(tmp_path: Path) -> None:
    spec = tmp_path / "spec.md"
    fields = "- limit: one of: slow | fast\n- kind: one of: wide | narrow\n"
    spec.write_text(f"# Roads\n\n## Entities\n\n### Road\n\n{fields}")
    (road, *_) = NavigationView(planned(spec)).places
    assert [(chart.field, chart.parameter) for chart in road.charts] == [("limit", "limit__eq"), ("kind", "kind")]
    assert 'parameter: "limit__eq"' in road.charts[0].literal
    assert "parameter" not in road.charts[1].literal


def test_an_interface_is_called_as_its_language_says() -> None:
    made = generate(SPECS.parents[1].parent / "tests/specs/clinic.md")
    es, en = (json.loads(made.tree[f"frontend/messages/{code}.json"].text)["entities"] for code in ("es", "en"))
    assert (es["treatment"]["label"], es["treatment"]["plural"]) == ("Tratamiento", "Trataciones")
    assert es["patient"]["plural"] == "Pacientes"
    assert es["patient"]["fields"]["cures"] == "Curas"
    assert es["treatment"]["choices"] == {
        "state": ["planificado", "en curso", "otro", "2"],
        "priority": ["baja", "alta"],
    }
    assert es["treatment"]["hints"] == {"start_date": "Cuándo empieza"}
    assert es["user"]["fields"]["name"] == "Nombre"
    assert es["user"]["choices"] == {"role": ["administradora"]}
    assert (en["treatment"]["label"], en["treatment"]["fields"]["start_date"]) == ("Treatment", "Start date")
    assert en["treatment"]["hints"] == {"start_date": "The day alone"}


def test_labels_that_are_identifiers_are_read_as_words(tmp_path: Path) -> None:
    spec = tmp_path / "spec.md"
    lines = (
        "# App",
        "## Entities",
        "### orderLine",
        "- requestBody: text",
        "- status: one of: in_progress | onHold | done",
    )
    spec.write_text("\n\n".join(lines), encoding="utf-8")
    texts = entity_texts(planned(spec), "en")["order_line"]
    assert (texts["label"], texts["plural"]) == ("Order line", "Order lines")
    assert texts["fields"]["request_body"] == "Request body"
    assert texts["choices"]["status"] == ["in progress", "on hold", "done"]
