"""Headings and sections, the app, names that meet, the account, warnings, plugins' words, and the form of problems."""

from __future__ import annotations

import pytest
from iopeer_core.language.problems import Problem
from iopeer_core.language.reader import read
from iopeer_core.language.vocabulary import Grammar, Word, core_words
from iopeer_core.model.spec import Extra, ListType, PluginBlock, Scalar, ScalarType

TASK = "### Task\n\n- title: text\n"


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_sections_and_blocks_that_stand_twice_add_up() -> None:
    text = (
        "# S\n\n## Roles\n\n- admin\n\n## Entities\n\n"
        + TASK
        + '\n#### Rules\n\n- unique: title\n\n#### Rules\n\n- check: title != "x"\n'
    )
    spec = read(text + "\n## Roles\n\n- guest\n\n## Entities\n\n### Other\n\n- a: text\n").spec
    assert spec
    assert [role.name for role in spec.roles] == ["admin", "guest"]
    assert [entity.name for entity in spec.entities] == ["other", "task"]
    assert len(spec.entities[1].rules) == 2


def test_documentation_is_kept_where_it_belongs() -> None:
    text = (
        "# S\n\nAbout it.\n\n> Quoted.\n\n## Entities\n\nAll of them.\n\n"
        + TASK
        + "\nA thing to do.\n\n  > Quoted.\n\n#### Rules\n\n- unique: title\n"
    )
    spec = read(text).spec
    assert spec
    assert spec.doc == "About it.\n\n> Quoted.\n\nAll of them."
    assert spec.entities[0].doc == "A thing to do.\n\n> Quoted."


def test_nothing_under_an_unknown_heading_is_read() -> None:
    assert codes("# S\n\n## Nonsense\n\n- a\n\n### B\n\n1. x\n\n##### y\n\n## Entities\n\n" + TASK) == ["E012"]


def test_headings_may_be_underlined_and_closed() -> None:
    spec = read("S\n=\n\nEntities\n---\n\n### Task ###\n\n- title: text\n").spec
    assert spec
    assert (spec.title, spec.entities[0].name) == ("S", "task")


def test_entity_headings_take_notes() -> None:
    spec = read("# S\n\n## Entities\n\n### Staff member (was Employee, plural Staff)\n\n- a: text\n").spec
    assert spec
    (entity,) = spec.entities
    assert (entity.name, entity.names.plural, entity.was, entity.plural_given) == (
        "staff_member",
        "staff",
        "employee",
        True,
    )


@pytest.mark.parametrize(
    ("heading", "languages", "plural"),
    [
        ("Entities", "", "autors"),
        ("Entidades", "", "autores"),
        ("Entities", "es, en", "autores"),
        ("Entidades", "en", "autors"),
    ],
)
def test_plurals_follow_the_first_language_else_the_heading(heading: str, languages: str, plural: str) -> None:
    app = f"## App\n\n- languages: {languages}\n\n" if languages else ""
    spec = read(f"# S\n\n{app}## {heading}\n\n### Autor\n\n- nombre: text\n").spec
    assert spec
    assert spec.entities[0].names.plural == plural


def test_the_language_of_messages_is_that_of_the_spec_unless_asked() -> None:
    text = "# S\n\n## Entidades\n\n### Tarea\n\n- título: txt\n"
    assert read(text).problems[0].message == "tipo desconocido 'txt'"
    assert read(text, language="en").problems[0].message == "unknown type 'txt'"
    assert read(text, language="fr").problems[0].message == "unknown type 'txt'"


@pytest.mark.parametrize(
    ("entities", "code"),
    [
        ("### Task\n\n- a: text\n\n### task\n\n- a: text\n", "E035"),
        ("### Work order\n\n- a: text\n\n### WorkOrder\n\n- a: text\n", "E036"),
        ("### Person\n\n- a: text\n\n### People\n\n- a: text\n", "E111"),
        (
            '### A\n\n- a: text\n\n#### Options\n\n- table: "x"\n\n### B\n\n- a: text\n\n'
            '#### Options\n\n- table: "X"\n',
            "E116",
        ),
        ('### A\n\n- a: text\n\n### B\n\n- a: text\n\n#### Options\n\n- table: "as"\n', "E116"),
        ('### A\n\n- a: text, column "b"\n- b: text\n', "E116"),
        ("### A\n\n- b: belongs to B\n- c: belongs to B\n\n### B\n\n- a: text\n", "E110"),
        ("### A\n\n- b: belongs to B\n\n### B\n\n- as: text\n", "E110"),
        ("### A\n\n- b: many to many B\n\n### B\n\n- as: many to many A\n", "E110"),
        ("### A\n\n- bs: has many B\n\n### B\n\n- x: text\n", "E112"),
        ("### A\n\n- bs: has many B\n\n### B\n\n- a: belongs to A, inverse x\n- c: belongs to A, inverse y\n", "E112"),
        ("### A\n\n- b: has one B\n\n### B\n\n- a: belongs to A\n", "E113"),
        ("### A\n\n- b: has many B\n\n### B\n\n- a: belongs to A, unique\n", "E113"),
        ("### A\n\n- c: belongs to B, required\n\n### B\n\n- d: belongs to A, required\n", "E115"),
        ("### A\n\n- c: belongs to A\n\n#### Rules\n\n- primary key: c\n", "E115"),
        ("### A\n\n- c: belongs to B\n\n#### Rules\n\n- primary key: c\n\n### B\n\n- d: text\n", "W209"),
        ("### A\n\n- x: many to many B through C\n\n### B\n\n- a: text\n\n### C\n\n- a: belongs to A\n", "E114"),
        ("### A (was B)\n\n- a: text\n\n### B\n\n- a: text\n", "E098"),
    ],
)
def test_names_that_meet_and_links_that_do_not_fit(entities: str, code: str) -> None:
    assert code in codes("# S\n\n## Entities\n\n" + entities)


@pytest.mark.parametrize(
    ("facts", "code", "line"),
    [
        ('- a: text, required, default ""', "E108", 7),
        ('- a: long text, required, default " "', "E108", 7),
        ("- a: decimal, default 0\n\n#### Rules\n\n- check: a > 0", "E109", 11),
        ("- a: integer, default 10\n- b: integer, default 9\n\n#### Rules\n\n- check: a < b", "E109", 12),
        ("- a: one of: x | y, default x\n\n#### Rules\n\n- check: not (a in (x))", "E109", 11),
        ('- a: text, default "b"\n\n#### Rules\n\n- check: a is empty', "E109", 11),
        ("- a: date, default 2024-01-02\n\n#### Rules\n\n- check: a < 2024-01-02", "E109", 11),
        ('- a: integer, column "id"', "E116", 7),
        ('- a: integer, column "ID"', "E116", 7),
        ('- a: integer, column "created_at"', "E116", 7),
        ('- a: integer, column "deleted_at"\n\n#### Options\n\n- soft delete: yes', "E116", 7),
        ('- a: belongs to Thing, column "updated_at"', "E116", 7),
        ("- a: belongs to Thing, inverse id", "E018", 7),
        ("- a: text\n- b: text\n\n#### Rules\n\n- primary key: a + b", "W209", 12),
    ],
)
def test_what_could_never_be_stored_is_refused_on_its_line(facts: str, code: str, line: int) -> None:
    found = [(p.code, p.line) for p in read(f"# S\n\n## Entities\n\n### Thing\n\n{facts}\n").problems]
    assert found == [(code, line)]


@pytest.mark.parametrize(
    "facts",
    [
        '- a: text, default ""',
        "- a: decimal, default 1\n\n#### Rules\n\n- check: a > 0",
        "- a: decimal, default 0\n- b: decimal\n\n#### Rules\n\n- check: a > b",
        "- a: date, default today\n\n#### Rules\n\n- check: a < 2024-01-02",
        "- a: integer, default 9\n- b: integer, default 10\n\n#### Rules\n\n- check: a < b or b = 3",
        '- a: text, primary key\n- b: integer, column "id"',
        '- a: integer, column "deleted_at"',
        '- a: text\n- b: integer, column "id"\n\n#### Rules\n\n- primary key: a',
    ],
)
def test_defaults_and_columns_that_can_be_stored(facts: str) -> None:
    assert codes(f"# S\n\n## Entities\n\n### Thing\n\n{facts}\n") == []


@pytest.mark.parametrize(
    "entities",
    [
        "### A\n\n- bs: has many B\n\n### B\n\n- a: belongs to A\n",
        "### A\n\n- mine: has many B\n\n### B\n\n- a: belongs to A, inverse mine\n- c: belongs to A, inverse other\n",
        "### A\n\n- b: has one B\n\n### B\n\n- a: belongs to A, unique\n",
        "### A\n\n- parent: belongs to A\n- children: has many A\n",
        "### A\n\n- x: many to many B through C\n\n### B\n\n- a: text\n\n"
        "### C\n\n- a: belongs to A\n- b: belongs to B\n",
        "### Thing\n\n- owner: belongs to User, default me\n",
        "### Thing\n\n- a: belongs to Thing, inverse x\n- b: belongs to Thing, inverse y\n",
    ],
)
def test_links_that_fit(entities: str) -> None:
    assert codes("# S\n\n## Entities\n\n" + entities) == []


@pytest.mark.parametrize(
    ("app", "entities", "wanted"),
    [
        ("- account: Persona", "### Persona\n\n- correo: email\n", []),
        ("- account: Persona", "### Persona\n\n- nombre: text\n", ["E104"]),
        ("- account: Persna", "### Persona\n\n- correo: email\n", ["E103"]),
        ("- currency: eur", "### User\n\n- email: email\n", []),
        ("- currency: euro", "### User\n\n- email: email\n", ["E102"]),
        ("- languages: EN, es-mx", "### User\n\n- email: email\n", ["W210"]),
        ("- languages: English", "### User\n\n- email: email\n", ["E101"]),
        ("- curency: EUR", "### User\n\n- email: email\n", ["E100"]),
        ("- currency: EUR\n- currency: USD", "### User\n\n- email: email\n", ["E094"]),
        ("- currency: EUR", "### User\n\n- name: text\n", ["E104"]),
    ],
)
def test_the_app(app: str, entities: str, wanted: list[str]) -> None:
    assert codes(f"# S\n\n## App\n\n{app}\n\n## Entities\n\n{entities}") == wanted


def test_of_user_and_usuario_the_one_with_an_email_is_the_account() -> None:
    text = "# S\n\n## Entities\n\n### User\n\n- name: text\n\n### Usuario\n\n- email: email\n"
    assert codes(text) == []


def test_a_role_field_that_holds_the_roles_is_welcome() -> None:
    head = "# S\n\n## Roles\n\n- admin\n- guest\n\n## Entities\n\n### User\n\n- email: email\n- role: "
    assert codes(head + "one of: admin | guest\n") == []
    assert codes(head + "one of: admin | boss\n") == ["E105"]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("- email: email\n- role: one of: cook | waiter\n", ["E105"]),
        ("- email: email\n- role: integer\n", ["E105"]),
        ("- email: email\n- role: belongs to Role\n", ["E105"]),
        ("- email: email\n- password: text, hidden\n", ["E106"]),
        ("- email: email\n- password hash: text\n- password: text\n", ["E106", "E106"]),
        ("- email: email, primary key\n", ["E107"]),
        ("- email: email\n\n#### Rules\n\n- primary key: email\n", ["E107"]),
        ("- email: email, read only\n", ["E107"]),
        ("- email: email, read only\n- other: email\n", []),
        ("- code: slug, primary key\n- email: email\n", []),
    ],
)
def test_what_an_account_may_not_declare(fields: str, wanted: list[str]) -> None:
    roles = "\n### Role\n\n- name: text\n- role: text\n- password: text\n- mail: email, primary key\n"
    assert codes(f"# S\n\n## Entities\n\n### User\n\n{fields}{roles}") == wanted


def test_warnings_do_not_refuse() -> None:
    head = "# S\n\n## Roles\n\n- admin\n\n## Entities\n\n"
    result = read(head + TASK + "\n#### Permissions\n\n- admin: read\n\n### Other\n\n- a: text\n")
    assert result.spec
    assert [(problem.code, problem.severity) for problem in result.problems] == [
        ("W201", "warning"),
        ("W203", "warning"),
    ]


PLUGIN = Grammar(
    words=(
        Word(kind="section", name="Billing", forms={"en": ("Billing",), "es": ("Facturación",)}, plugin="pay"),
        Word(kind="block", name="States", forms={"en": ("States",), "es": ("Estados",)}, plugin="flow"),
        Word(kind="app key", name="theme", forms={"en": ("theme",), "es": ("tema",)}, plugin="look"),
        Word(kind="option", name="audit", forms={"en": ("audit",), "es": ("auditar",)}, plugin="audit"),
        Word(kind="modifier", name="encrypted", forms={"en": ("encrypted",), "es": ("cifrado",)}, plugin="safe"),
        Word(kind="type", name="IBAN", forms={"en": ("IBAN",), "es": ("IBAN",)}, plugin="pay", scalar=Scalar.TEXT),
    )
)
PLUGGED = """# S

## App

- tema: dark

## Facturación

Who pays.

- plan: Pro, 20 EUR — for teams

  Every month.
- a bare line

## Entities

### Task

- title: text, cifrado with key 1
- account: iban
- accounts: list of IBAN

#### Estados

- open: closed

#### Options

- audit: yes
"""


def test_plugins_bring_their_words() -> None:
    result = read(PLUGGED, grammar=PLUGIN)
    assert [problem.render() for problem in result.problems] == []
    assert result.spec
    assert result.spec.app.extras == (Extra(name="theme", value="dark"),)
    (billing,) = result.spec.sections
    assert isinstance(billing, PluginBlock)
    assert (billing.name, billing.plugin, billing.doc) == ("Billing", "pay", "Who pays.")
    assert [(b.label, b.text, b.doc, b.span.line) for b in billing.bullets] == [
        ("plan", "Pro, 20 EUR", "for teams\n\nEvery month.", 11), ("", "a bare line", "", 14),
    ]  # fmt: skip
    (task,) = result.spec.entities
    assert task.fields[0].extras == (Extra(name="encrypted", value="with key 1"),)
    iban = ScalarType(scalar=Scalar.TEXT, plugin_type="IBAN")
    assert (task.fields[1].type, task.fields[2].type) == (iban, ListType(item=iban))
    assert task.extras == (Extra(name="audit", value="yes"),)
    assert [(block.name, block.plugin) for block in task.blocks] == [("States", "flow")]


def test_without_the_plugin_its_words_are_problems() -> None:
    assert codes(PLUGGED) == ["E100", "E012", "E050", "E040", "E040", "E013", "E093"]


def test_a_plugin_never_takes_a_word_of_the_core() -> None:
    thief = Grammar(
        words=(Word(kind="type", name="text", forms={"en": ("text",)}, plugin="thief", scalar=Scalar.JSON),)
    )
    spec = read("# S\n\n## Entities\n\n" + TASK, grammar=thief).spec
    assert spec
    assert spec.entities[0].fields[0].type == ScalarType(scalar=Scalar.TEXT)


def test_forms_of_one_kind_mean_one_word() -> None:
    from iopeer_core.language.text import fold

    seen: dict[tuple[str, str], str] = {}
    for word in core_words():
        for form in (fold(form) for forms in word.forms.values() for form in forms):
            assert seen.setdefault((word.kind, form), word.name) == word.name


def test_problems_for_machines_and_people() -> None:
    text = "# S\n\n## Entities\n\n### Task\n\n- status: one of: a, b, c\n"
    (problem,) = read(text).problems
    assert problem.as_json() == {
        "file": "spec.md", "line": 7, "column": 11, "end_column": 26, "code": "E043", "severity": "error",
        "message": "'status' needs its choices with '|'", "suggestion": "one of: a | b | c",
    }  # fmt: skip
    assert problem.render("- status: one of: a, b, c").splitlines() == [
        "spec.md:7:11 E043 'status' needs its choices with '|'",
        "    7 | - status: one of: a, b, c",
        "      |           ^^^^^^^^^^^^^^^",
        "   help: one of: a | b | c",
    ]


def test_a_long_line_is_shown_around_the_place() -> None:
    line = "- a: text, " + "x" * 500 + ", requird"
    problem = Problem(file="s", line=1, column=514, end_column=521, code="E050", values={"modifier": "requird"})
    _, shown, carets = problem.render(line).splitlines()
    assert len(shown) < 180
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "requird"


ACCESS = """# S

## Roles

- admin

## Entities

### Thing

- name: text
- cost: money, hidden
- seen: date, read only
"""


@pytest.mark.parametrize(
    ("grant", "wanted"),
    [
        ("read only (name, cost)", "'cost' is hidden: this grant to read does not reach it"),
        ("read, create, update only (name, seen)", "'seen' is read only: this grant to update does not reach it"),
        ("create only (name, cost), read only (name, seen)", ""),
    ],
)
def test_a_grant_that_reaches_nothing_is_told(grant: str, wanted: str) -> None:
    found = read(f"{ACCESS}\n#### Permissions\n\n- admin: {grant}\n").problems
    assert [problem.message for problem in found if problem.code == "W211"] == [wanted] * bool(wanted)


@pytest.mark.parametrize(
    ("check", "told"),
    [("kind != last", True), ('kind != "last"', False), ("kind = first", False), ("name = title", False)],
)
def test_a_field_that_is_called_like_a_choice_is_told(check: str, told: bool) -> None:
    fields = "- kind: one of: first | last\n- last: one of: first | last\n- name: text\n- title: text\n"
    found = read(f"# S\n\n## Entities\n\n### A\n\n{fields}\n#### Rules\n\n- check: {check}\n").problems
    assert [problem.code for problem in found] == ["W212"] * told
