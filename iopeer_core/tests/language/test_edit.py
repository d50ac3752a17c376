"""An edit changes the lines concerned and no other, and what is read from the result is the changed spec."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from iopeer_core.errors import SpecError
from iopeer_core.language.changes import (
    AddEntity,
    AddEnum,
    AddField,
    AddRole,
    AddRule,
    Change,
    ChangeField,
    RemoveEntity,
    RemoveField,
    RenameEntity,
    RenameField,
    ReplaceSpan,
    SetGrant,
    SetOption,
    apply,
)
from iopeer_core.language.edit import edit
from iopeer_core.language.reader import read
from iopeer_core.language.writer import write
from iopeer_core.model.names import Names, identifier, make_names
from iopeer_core.model.spec import (
    PUBLIC,
    CheckRule,
    Empty,
    Entity,
    Enum,
    Field,
    Grant,
    Role,
    Scalar,
    ScalarType,
    Span,
    Spec,
    UniqueRule,
)

ROOT = Path(__file__).resolve().parents[3]
SPECS = {name: (ROOT / "tests/specs" / f"{name}.md").read_text("utf-8") for name in ("todo", "biblioteca", "tracker")}
LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no final newline": lambda text: text.rstrip("\n"),
    "other marks": lambda text: re.sub(r"^- ", "*  ", text.partition("## Notes")[0], flags=re.MULTILINE),
    "comments": lambda text: re.sub(r"^(#{2,4} )", r"<!-- keep: me -->\n\n\1", text, flags=re.MULTILINE),
}


def _names(label: str) -> Names:
    return make_names(label, language="en")


def _spec(text: str) -> Spec:
    result = read(text)
    assert result.spec is not None, [problem.render() for problem in result.errors]
    return result.spec


TEXT = ScalarType(scalar=Scalar.TEXT)
FIELD = Field(names=_names("extra: note"), type=TEXT, unique=True, doc="What for\n\nAnd more.")


def _changes(spec: Spec) -> list[Change]:
    """Every kind of change at every place where it fits."""
    plain = replace(FIELD, names=_names("new one"), doc="")
    found: list[Change] = [
        AddEntity(entity=Entity(names=_names("Fresh thing"), fields=(plain, FIELD))),
        AddRole(role=Role(names=_names("boss: one"), doc="all day")),
        AddEnum(enum=Enum(names=_names("Size"), values=("a", "b | c"))),
    ]
    for entity in spec.entities:
        name = entity.names.label
        own = entity.fields[0].name
        found += [
            AddField(entity=name, field=FIELD),
            RenameEntity(entity=name, to="Another name", plural="Others"),
            SetOption(entity=name, soft_delete=True, table="some_table"),
            SetOption(entity=name, soft_delete=False, display=""),
            AddRule(entity=name, rule=CheckRule(expr=Empty(left=own, negated=True), message="Say: it, now")),
        ]
        found += [SetGrant(entity=name, role=role.name, grants=(Grant(verb="read"),)) for role in spec.roles]
        found += [SetGrant(entity=name, role=PUBLIC, grants=(Grant(verb="read", only=(own,)),))] if spec.roles else []
        for item in entity.fields:
            found += [
                RenameField(entity=name, field=item.name, to="Renamed, so"),
                ChangeField(entity=name, field=replace(item, doc="Another text")),
                RemoveField(entity=name, field=item.name),
            ]
        found.append(RemoveEntity(entity=name))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", SPECS)
def test_an_edit_gives_the_changed_spec_and_touches_its_lines_alone(name: str, layout: str) -> None:
    text = LAYOUTS[layout](SPECS[name])
    spec, done = _spec(text), 0
    start = list(LAYOUTS).index(layout)
    for change in _changes(spec)[start :: 9 if start else 3]:
        new = _edited(text, change)
        if new is None:
            continue
        done += 1
        assert not isinstance(change, ReplaceSpan)
        assert _spec(new) == apply(spec, change)
        _assert_only_concerned(text, new, change)
    assert done > len(spec.entities)


def _edited(text: str, change: Change) -> str | None:
    """The edited text; none where the change would take what is used, or make a spec with errors."""
    refusable = RemoveField | RemoveEntity | RenameEntity | RenameField | SetOption | SetGrant | AddRule
    if not isinstance(change, refusable):
        return edit(text, change)
    try:
        return edit(text, change)
    except SpecError:
        return None


def _assert_only_concerned(text: str, new: str, change: Change) -> None:
    before, after = _lines(text), _lines(new)
    gone, come = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone += before[a:b] if tag != "equal" else []
        come += after[c:d] if tag != "equal" else []
    assert text.endswith("\n") == new.endswith("\n")
    assert ("\r\n" in text) == ("\r\n" in new)
    assert not re.search(r"(?<!\r)\n", new) or "\r\n" not in text
    # The comments inside an entity go with it.
    assert isinstance(change, RemoveEntity) or not any("keep: me" in line for line in [*gone, *come])
    gone = [line for line in gone if line.strip()]
    match change:
        case AddEntity() | AddField() | AddRole() | AddEnum() | AddRule():
            # A last line without its end gets one.
            assert [line for line in gone if line not in [other.rstrip("\r\n") for other in come]] == []
        case RenameField():
            label = change.field.replace("_", " ")
            assert all(_mentions(line, label) for line in gone), gone
        case RemoveField() | ChangeField():
            assert len(gone) == 1, gone
        case SetGrant():
            assert len(gone) <= 1, gone
        case _:
            pass


def _mentions(line: str, label: str) -> bool:
    return identifier(label) in identifier(line) or identifier(label) in identifier(line.lower())


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines()


def test_a_rename_follows_every_reference() -> None:
    text = edit(SPECS["tracker"], RenameField(entity="project", field="starts on", to="begins"))
    assert "- begins: date, was starts_on\n" in text
    assert "- check: `ends on` >= begins — " in text
    assert "- begins desc\n" in text
    text = edit(SPECS["tracker"], RenameEntity(entity="User", to="Person"))
    assert "### Person (was user)" in text
    assert "- members: many to many Person through Membership" in text
    assert "- account: Person\n" in text  # it was the account by its name
    text = edit(SPECS["biblioteca"], RenameField(entity="género", field="nombre", to="título"))
    assert "| título  |\n" in text or "| título |\n" in text
    assert "- título: texto, obligatorio, único, antes nombre\n" in text


def test_a_rename_back_leaves_no_trace() -> None:
    once = edit(SPECS["tracker"], RenameField(entity="task", field="points", to="weight"))
    assert edit(once, RenameField(entity="task", field="weight", to="points")) == SPECS["tracker"]


def test_what_is_used_is_not_removed() -> None:
    with pytest.raises(SpecError, match="still used") as caught:
        edit(SPECS["tracker"], RemoveField(entity="project", field="ends on"))
    assert caught.value.where == "line 97"
    with pytest.raises(SpecError, match="still used"):
        edit(SPECS["tracker"], RemoveEntity(entity="Team"))


def test_removing_an_entity_takes_its_seeds() -> None:
    text = edit(
        SPECS["biblioteca"].replace("- géneros: muchos a muchos Género\n", "").replace("géneros, ", ""),
        RemoveEntity(entity="Género"),
    )
    assert "Género" not in text
    assert "Poesía" not in text


@pytest.mark.parametrize(
    "change",
    [
        AddField(entity="Nothing", field=FIELD),
        RenameField(entity="Task", field="nothing", to="x"),
        AddField(entity="Task", field=replace(FIELD, names=_names("Title"))),
        RenameField(entity="Task", field="title", to="done"),
        AddRule(entity="Task", rule=UniqueRule(fields=("nothing",))),
        SetGrant(entity="Task", role="nobody", grants=(Grant(verb="read"),)),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change) -> None:
    with pytest.raises(SpecError):
        edit(SPECS["todo"], change)


def test_a_spec_with_errors_is_not_edited() -> None:
    with pytest.raises(SpecError, match="errors"):
        edit(SPECS["todo"] + "- x: nonsense\n", AddField(entity="Task", field=FIELD))


def test_two_lines_of_a_role_become_one() -> None:
    text = (
        "# T\n\n## Roles\n\n- a\n\n## Entities\n\n### X\n\n- n: text\n\n#### Permissions\n\n- a: create\n"
        "<!-- why -->\n- a: read\n\n#### Permissions\n\n- a: delete\n"
    )
    new = edit(text, SetGrant(entity="X", role="a", grants=(Grant(verb="update"),)))
    assert re.findall("^- a:.*", new, re.MULTILINE) == ["- a: update"]
    assert "<!-- why -->" in new


def test_a_first_fact_gets_its_heading() -> None:
    new = edit(SPECS["todo"], SetOption(entity="Task", display="title"))
    assert new == SPECS["todo"] + "\n#### Options\n\n- display: title\n"
    new = edit(SPECS["todo"], AddRole(role=Role(names=_names("admin"))))
    assert new == SPECS["todo"].replace("## Entities", "## Roles\n\n- admin\n\n## Entities")
    new = edit(
        "# T\n\n## Entities\n\n### A\n\nProse.\n\n#### Options\n\n- soft delete: yes\n",
        AddField(entity="A", field=FIELD),
    )
    assert "Prose.\n\n- `extra: note`: text, unique — What for\n\n  And more.\n\n#### Options" in new


def test_a_span_is_replaced() -> None:
    span = Span(line=6, column=10, end_column=14)
    assert (
        edit(SPECS["todo"], ReplaceSpan(span=span, text="long text")).split("\n")[5] == "- title: long text, required"
    )
    assert edit(SPECS["todo"], ReplaceSpan(span=Span(line=99, column=1, end_column=2), text="x")) == SPECS["todo"]


def test_the_last_grant_that_goes_leaves_its_entity_closed() -> None:
    text = "# S\n\n## Roles\n\n- a\n\n## Entities\n\n### X\n\n- t: text\n\n#### Permissions\n\n- a: all\n"
    new = edit(text, SetGrant(entity="X", role="a", grants=()))
    spec = read(new).spec
    assert spec
    assert spec.entities[0].closed
    assert read(write(spec)).spec == spec
    again = edit(new, SetGrant(entity="X", role="a", grants=(Grant(verb="read"),)))
    assert "#### Permissions\n\n- a: read" in again
    assert again.count("####") == 1


WAYS = """# Clinic

## Roles

- admin

## Entities

### User

- email: email

### Patient

- name: text
- login: belongs to User

#### Permissions

- admin: read own by login

### Appointment

- title: text
- patient: belongs to Patient
- login: belongs to Patient, inverse logins

#### Permissions

- admin: read own by patient.login, update own by login.login
"""


def test_the_links_of_a_way_are_renamed_with_their_fields() -> None:
    text = edit(WAYS, RenameField(entity="patient", field="login", to="the account"))
    assert "- admin: read own by the account\n" in text
    assert "- admin: read own by patient.the account, update own by login.the account\n" in text
    assert "- login: belongs to Patient, inverse logins\n" in text
    text = edit(WAYS, RenameField(entity="appointment", field="login", to="who.pays"))
    assert "- admin: read own by patient.login, update own by `who.pays`.login\n" in text
    assert "- admin: read own by login\n" in text
    _spec(text)


def test_a_link_of_a_way_is_used() -> None:
    with pytest.raises(SpecError, match="still used") as error:
        edit(WAYS, RemoveField(entity="patient", field="login"))
    assert error.value.where.endswith("line 20, 30")
