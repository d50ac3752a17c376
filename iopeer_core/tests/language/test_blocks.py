"""Permissions, expressions, rules, indexes, options and seeds."""

from __future__ import annotations

import pytest
from iopeer_core.language.reader import read
from iopeer_core.language.writer import write
from iopeer_core.model.spec import (
    And,
    CheckRule,
    Compare,
    Empty,
    Entity,
    Expr,
    FieldRef,
    Grant,
    Index,
    IndexColumn,
    LiteralKind,
    Not,
    OneOf,
    Or,
    PrimaryKeyRule,
    UniqueRule,
    Value,
)

HEAD = """# Shop

## Roles

- admin
- team lead

## Entities

### Thing

- title: text, required
- status: one of: open | on hold | closed | done
- points: integer
- price: decimal
- done: boolean
- due: date
- starts on: date
- took: duration
- planned: duration
- shelf: one of: in stock | sale or rental | no show | sold
- origin: country
- order: text
- owner: belongs to User
- editor: belongs to User, inverse edited
- parent: belongs to Thing
- labels: many to many Label
- links: list of url
- subject: belongs to User | Label, inverse subjects

"""
TAIL = """
### User

- email: email

### Label

- name: text
- made by: belongs to User, inverse made
"""


def thing(block: str) -> Entity:
    result = read(HEAD + block + "\n" + TAIL)
    assert [problem.render() for problem in result.errors] == []
    assert result.spec
    found = result.spec.entity("thing")
    assert found
    return found


def problems(block: str) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.suggestion) for problem in read(HEAD + block + "\n" + TAIL).errors]


def choice(value: str) -> Value:
    return Value(kind=LiteralKind.CHOICE, value=value)


def number(value: str) -> Value:
    return Value(kind=LiteralKind.NUMBER, value=value)


YES = Value(kind=LiteralKind.BOOLEAN, value="yes")
ME = Value(kind=LiteralKind.ME, value="me")


def text_value(value: str) -> Value:
    return Value(kind=LiteralKind.TEXT, value=value)


EXPRESSIONS: list[tuple[str, Expr]] = [
    ("status = closed", Compare(left="status", op="=", right=choice("closed"))),
    ('status = "done"', Compare(left="status", op="=", right=choice("done"))),
    ("status != OPEN", Compare(left="status", op="!=", right=choice("open"))),
    ('status = "on hold"', Compare(left="status", op="=", right=choice("on hold"))),
    ("points>=3", Compare(left="points", op=">=", right=number("3"))),
    ("done = yes", Compare(left="done", op="=", right=YES)),
    ("done = sí", Compare(left="done", op="=", right=YES)),
    ("due > `starts on`", Compare(left="due", op=">", right=FieldRef(name="starts_on"))),
    ("due > today", Compare(left="due", op=">", right=Value(kind=LiteralKind.TODAY, value="today"))),
    ("due > 2026-01-31", Compare(left="due", op=">", right=Value(kind=LiteralKind.DATE, value="2026-01-31"))),
    ("created_at < updated_at", Compare(left="created_at", op="<", right=FieldRef(name="updated_at"))),
    ("creado < actualizado", Compare(left="created_at", op="<", right=FieldRef(name="updated_at"))),
    ("`order` = title", Compare(left="order", op="=", right=FieldRef(name="title"))),
    ("owner = editor", Compare(left="owner", op="=", right=FieldRef(name="editor"))),
    ("points in (1,2, 3)", OneOf(left="points", values=(number("1"), number("2"), number("3")))),
    ("status in (open, \"on hold\")", OneOf(left="status", values=(choice("open"), choice("on hold")))),
    ("status not in (open, done)", Not(term=OneOf(left="status", values=(choice("open"), choice("done"))))),
    ("status no en (open)", Not(term=OneOf(left="status", values=(choice("open"),)))),
    ("shelf = in stock", Compare(left="shelf", op="=", right=choice("in stock"))),
    (
        "shelf = sale or rental or done = yes",
        Or(terms=(Compare(left="shelf", op="=", right=choice("sale or rental")),
                  Compare(left="done", op="=", right=YES))),
    ),
    (
        "shelf in (sold, no show, sale or rental)",
        OneOf(left="shelf", values=(choice("sold"), choice("no show"), choice("sale or rental"))),
    ),
    ("origin = ES", Compare(left="origin", op="=", right=text_value("ES"))),
    ("took <= 12 hours", Compare(left="took", op="<=", right=text_value("PT12H"))),
    ('took < "PT12H"', Compare(left="took", op="<", right=text_value("PT12H"))),
    ("took > planned", Compare(left="took", op=">", right=FieldRef(name="planned"))),
    ("took in (30m, 1 hora y 5 minutos)", OneOf(left="took", values=(text_value("PT30M"), text_value("PT1H5M")))),
    (
        "took entre 10 minutos y 3 horas",
        And(terms=(Compare(left="took", op=">=", right=text_value("PT10M")),
                   Compare(left="took", op="<=", right=text_value("PT3H")))),
    ),
    (
        "not points between 1 and 5",
        Not(term=And(terms=(Compare(left="points", op=">=", right=number("1")),
                            Compare(left="points", op="<=", right=number("5"))))),
    ),
    ("due is empty", Empty(left="due")),
    ("due is not empty", Empty(left="due", negated=True)),
    ("due está vacía", Empty(left="due")),
    ("parent is empty", Empty(left="parent")),
    ("not done = yes", Not(term=Compare(left="done", op="=", right=YES))),
    ("no due está vacío", Not(term=Empty(left="due"))),
    ("due is empty and points > 1", And(terms=(Empty(left="due"), Compare(left="points", op=">", right=number("1"))))),
    ("due is empty y points > 1", And(terms=(Empty(left="due"), Compare(left="points", op=">", right=number("1"))))),
    (
        "points = 1 or (done = yes and due is empty)",
        Or(terms=(Compare(left="points", op="=", right=number("1")),
                  And(terms=(Compare(left="done", op="=", right=YES), Empty(left="due"))))),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), EXPRESSIONS)
def test_expressions(text: str, wanted: Expr) -> None:
    (rule,) = thing(f"#### Rules\n\n- check: {text} — why").rules
    assert rule == CheckRule(expr=wanted, message="why")
    (permission,) = thing(f"#### Permissions\n\n- admin: read where {text}").permissions
    assert permission.grants == (Grant(verb="read", where=wanted),)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("colour = 1", "E080", None),
        ("pointz = 1", "E080", "points"),
        ("price > cost", "E080", None),
        ("starts on > due", "E089", "`starts on`"),
        ("done", "E085", "done = yes"),
        ("not done", "E085", "done = yes"),
        ("done and points = 1", "E085", "done = yes"),
        ("points = 1 and done = yes or due is empty", "E083", None),
        ("points =", "E082", None),
        ("= 1", "E082", None),
        ("(points = 1", "E082", None),
        ("points = 1)", "E082", None),
        ("points = 1 2", "E082", None),
        ("points in 1", "E082", None),
        ("points in ()", "E082", None),
        ("points => 1", "E082", "points >= 1"),
        ("status > open", "E084", None),
        ("title > due", "E084", None),
        ("points = due", "E088", None),
        ("points = 1.5", "E055", None),
        ("points = 7,5", "E082", None),
        ("status = closd", "E056", "closed"),
        ("shelf = in stok", "E056", "in stock"),
        ("shelf in (sold, sale or rent)", "E056", "sale or rental"),
        ("shelf = sold out", "E082", None),
        ("points between 1", "E082", None),
        ("done between 1 and 5", "E084", None),
        ("points not 5", "E082", None),
        ("created at > updated at", "E089", "`created at`"),
        ("creado el > updated at", "E089", "`creado el`"),
        ("created > due", "E080", "`created at`"),
        ("status = done", "E088", '"done"'),
        ("owner = 1", "E087", None),
        ("owner = me", "E087", None),
        ("links is empty", "E081", None),
        ("labels is empty", "E081", None),
        ("subject is empty", "E081", None),
        ("title = hello", "E080", None),
    ],
)
def test_problems_of_expressions(text: str, code: str, suggestion: str | None) -> None:
    assert problems(f"#### Rules\n\n- check: {text}") == [(code, suggestion)]


def test_me_is_for_permissions_alone() -> None:
    (permission,) = thing("#### Permissions\n\n- admin: read where owner = me").permissions
    assert permission.grants[0].where == Compare(left="owner", op="=", right=ME)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("admin: all", (Grant(verb="all"),)),
        ("ADMIN: todo", (Grant(verb="all"),)),
        ("team lead: nothing", (Grant(verb="nothing"),)),
        ("público: leer", (Grant(verb="read"),)),
        ("admin: delete own by owner, read", (Grant(verb="read"), Grant(verb="delete", own=True, own_by="owner"))),
        (
            "admin: read only (title) where points = 1, update own by owner only (title) where done = yes",
            (
                Grant(verb="read", where=Compare(left="points", op="=", right=number("1")), only=("title",)),
                Grant(
                    verb="update",
                    own=True,
                    own_by="owner",
                    where=Compare(left="done", op="=", right=YES),
                    only=("title",),
                ),
            ),
        ),
        ("admin: read only(title, starts on)", (Grant(verb="read", only=("title", "starts_on")),)),
        ("admin: read only (starts on, title)", (Grant(verb="read", only=("title", "starts_on")),)),
        ("admin: read only (title, created_at)", (Grant(verb="read", only=("title", "created_at")),)),
        (
            'admin: update own by editor where status in (open, "on hold") only (title)',
            (Grant(verb="update", own=True, own_by="editor", only=("title",),
                   where=OneOf(left="status", values=(choice("open"), choice("on hold")))),),
        ),
        ("admin: borrar propias por owner", (Grant(verb="delete", own=True, own_by="owner"),)),
        ("admin: read, read — twice is once", (Grant(verb="read"),)),
    ],
)  # fmt: skip
def test_grants(line: str, wanted: tuple[Grant, ...]) -> None:
    (permission,) = thing(f"#### Permissions\n\n- {line}").permissions
    assert permission.grants == wanted


def test_lines_of_one_role_unite_in_the_order_of_the_roles() -> None:
    permissions = thing(
        "#### Permissions\n\n- public: read\n- team lead: update\n- admin: all\n- team lead: read"
    ).permissions
    assert [(p.role, [g.verb for g in p.grants]) for p in permissions] == [
        ("admin", ["all"]), ("team_lead", ["read", "update"]), ("public", ["read"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "suggestion"),
    [
        ("admn: read", "E071", "admin"),
        ("admin: reed", "E072", "read"),
        ("admin: delet own by owner", "E072", "delete own by owner"),
        ("admin", "E070", None),
        ("admin: read own", "E076", "own by owner"),
        ("admin: read own by title", "E074", "owner, editor"),
        ("admin: read own by nobody", "E080", None),
        ("admin: read only (titel)", "E080", "title"),
        ("admin: read only ()", "E075", None),
        ("admin: delete only (title)", "E075", None),
        ("admin: nothing own", "E075", None),
        ("admin: read whenever", "E075", None),
        ("admin: read where", "E075", None),
        ("admin: read (title", "E031", None),
    ],
)
def test_problems_of_permissions(line: str, code: str, suggestion: str | None) -> None:
    assert problems(f"#### Permissions\n\n- {line}") == [(code, suggestion)]


CLINIC = """# Clinic

## Roles

- admin
- member

## Entities

### User

- email: email
- boss: belongs to User, inverse staff

### Patient

- name: text
- the account: belongs to User, inverse patients
- patient account: belongs to User, inverse others
- kin: belongs to User | Patient, inverse kin of

#### Permissions

- member: read own by the account

### Appointment

- title: text
- patient: belongs to Patient

#### Permissions

- member: {}
"""


@pytest.mark.shows("grant.own.by.way")
@pytest.mark.parametrize(
    ("grant", "way"),
    [
        ("read own by patient.the account", "patient.the_account"),
        ("read own by `Patient` . `the account`", "patient.the_account"),
        ("leer propio por patient.the account", "patient.the_account"),
        ("read own by patient.the account.boss", "patient.the_account.boss"),
        ("read own by patient.patient account", "patient.patient_account"),
    ],
)
def test_own_by_a_way_over_links(grant: str, way: str) -> None:
    result = read(CLINIC.format(grant))
    assert result.spec, result.problems
    appointment = result.spec.entity("appointment")
    assert appointment
    (permission,) = appointment.permissions
    assert permission.grants == (Grant(verb="read", own=True, own_by=way),)
    assert read(write(result.spec)).spec == result.spec
    spanish = read(write(result.spec, language="es")).spec
    assert spanish
    assert spanish.entity("appointment").permissions == appointment.permissions  # type: ignore[union-attr] # it is in the text


@pytest.mark.parametrize(
    ("grant", "code", "suggestion"),
    [
        ("read own", "E073", "own by patient.the account"),
        ("read own by patient", "E074", "patient.the account, patient.patient account"),
        ("read own by title", "E074", "patient.the account, patient.patient account"),
        ("read own by patient.name", "E118", None),
        ("read own by title.the account", "E118", None),
        ("read own by patient.kin", "E118", None),
        ("read own by patient.the account.email", "E118", None),
        ("read own by patient.acount", "E080", None),
        ("read own by patient.", "E080", None),
        ("read own by .patient", "E080", None),
        ("read own by patient..the account", "E080", None),
        ("read own by patient account", "E080", None),
    ],
)
def test_ways_that_do_not_end_at_the_account(grant: str, code: str, suggestion: str | None) -> None:
    found = [(p.code, p.suggestion) for p in read(CLINIC.format(grant)).errors]
    assert found == [(code, suggestion)]


def test_a_name_with_a_dot_is_one_name_where_no_link_is_called_so() -> None:
    text = CLINIC.format("read own by patient.account")
    text = text.replace("patient: belongs to Patient", "patient.account: belongs to User")
    result = read(text)
    assert result.spec, result.problems
    appointment = result.spec.entity("appointment")
    assert appointment
    assert appointment.permissions[0].grants[0].own_by == "patient_account"
    assert read(write(result.spec)).spec == result.spec


def test_the_accounts_own_row_needs_no_link() -> None:
    user = "### User\n\n- email: email\n\n#### Permissions\n\n- admin: read own\n"
    text = "# S\n\n## Roles\n\n- admin\n\n## Entities\n\n" + user
    assert read(text).spec


def test_a_polymorphic_link_makes_nothing_own() -> None:
    text = HEAD.replace("- owner: belongs to User\n- editor: belongs to User, inverse edited\n", "")
    codes = [p.code for p in read(text + "#### Permissions\n\n- admin: read own\n" + TAIL).errors]
    assert codes == ["E073"]


def test_rules_indexes_and_options() -> None:
    found = thing(
        "#### Rules\n\n- unique: title + starts on\n- clave primaria: owner + editor\n\n"
        "#### Indexes\n\n- status + due desc\n- `starts on` descendente\n\n"
        '#### Options\n\n- display: title\n- borrado suave: sí\n- table: "things_v2"'
    )
    assert set(found.rules) == {UniqueRule(fields=("title", "starts_on")), PrimaryKeyRule(fields=("owner", "editor"))}
    assert set(found.indexes) == {
        Index(columns=(IndexColumn(field="status"), IndexColumn(field="due", descending=True))),
        Index(columns=(IndexColumn(field="starts_on", descending=True),)),
    }
    assert (found.display, found.soft_delete, found.table) == ("title", True, "things_v2")


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("#### Rules\n\n- uniqe: title", "E090"),
        ("#### Rules\n\n- unique: title + colour", "E080"),
        ("#### Rules\n\n- unique: title + title", "E092"),
        ("#### Rules\n\n- unique: labels", "E081"),
        ("#### Rules\n\n- unique:", "E091"),
        ("#### Indexes\n\n- titel", "E080"),
        ("#### Indexes\n\n- links", "E081"),
        ("#### Options\n\n- dispaly: title", "E093"),
        ("#### Options\n\n- display: owner", "E096"),
        ("#### Options\n\n- soft delete: maybe", "E095"),
        ("- deleted at: date\n\n#### Options\n\n- soft delete: yes", "E018"),
        ("#### Options\n\n- table: 1x", "E065"),
        ("#### Permisions\n\n- x", "E013"),
        ("##### Deep\n\n- x", "E014"),
        ("1. one", "E021"),
        ("    - code: text", "E022"),
        ("- a: text\n  > quote", "E025"),
        ("- a: text\n\n  # heading", "E025"),
        ("- ? what about prices", "E027"),
    ],
)
def test_problems_of_blocks(block: str, code: str) -> None:
    block = block if not block.startswith("    ") else "Fields:\n\n" + block
    assert [c for c, _ in problems(block)] == [code]
