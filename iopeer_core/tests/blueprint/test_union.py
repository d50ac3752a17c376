"""Additions of plugins, united with the user's spec."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from iopeer_core.blueprint.additions import AddEntity, AddField, AddGrant, AddRole
from iopeer_core.blueprint.contributions import Where
from iopeer_core.blueprint.union import Added, unite
from iopeer_core.errors import PluginError
from iopeer_core.language.reader import read
from iopeer_core.model.names import Names, make_names
from iopeer_core.model.spec import (
    BelongsTo,
    ChoiceType,
    Entity,
    Field,
    FieldType,
    Grant,
    LiteralKind,
    Role,
    Scalar,
    ScalarType,
    Spec,
    Value,
)

Read = Callable[[str], Spec]
TEXT = ScalarType(scalar=Scalar.TEXT)


def named(label: str) -> Names:
    return make_names(label, language="en")


def field(label: str, kind: FieldType = TEXT, *, required: bool = False) -> Field:
    return Field(names=named(label), type=kind, required=required)


def the(spec: Spec, entity: str) -> Entity:
    found = spec.entity(entity)
    assert found
    return found


def the_field(spec: Spec, entity: str, name: str) -> Field:
    found = the(spec, entity).field(name)
    assert found
    return found


LOG = AddEntity(entity=Entity(names=named("Log"), fields=(field("line"),)))
TENANT = AddField(where=Where(without=("log",)), field=field("tenant", required=True))
LINK = AddField(where=Where(kind="named", names=("log",)), field=field("who", BelongsTo(targets=("user",))))
AUDITOR = AddRole(role=Role(names=named("Auditor")))
READS = AddGrant(where=Where(kind="named", names=("log",)), role="auditor", grants=(Grant(verb="read"),))
PHONE = AddField(where=Where(kind="account"), field=field("phone", ScalarType(scalar=Scalar.PHONE)))
ALIAS = AddField(where=Where(kind="named", names=("user",)), field=field("alias"))
WRITES = AddGrant(where=Where(kind="named", names=("log",)), role="auditor", grants=(Grant(verb="create"),))
ADDITIONS: list[Added] = [
    ("audit", LOG),
    ("audit", LINK),
    ("audit", AUDITOR),
    ("audit", READS),
    ("tenants", TENANT),
    ("sms", PHONE),
    ("sms", ALIAS),
    ("sms", WRITES),
]


def test_iopeer_adds_an_account_in_the_language_of_the_spec(spec_of: Read) -> None:
    english, spanish = unite(spec_of("todo"), []), unite(spec_of("# A\n## Entidades\n### Cosa\n- nombre: texto\n"), [])
    assert english.account == "user"
    assert spanish.account == "usuario"
    account = spanish.spec.entity("usuario")
    assert account
    assert [item.name for item in account.fields] == ["correo", "nombre"]
    assert account.added_by == "iopeer"
    assert account.field("role") is None


def test_iopeer_adds_the_role_of_the_account(spec_of: Read) -> None:
    role = the_field(unite(spec_of("tracker"), []).spec, "user", "role")
    assert role.type == ChoiceType(values=("admin", "member", "guest"))
    assert (role.required, role.added_by) == (True, "iopeer")
    assert role.default == Value(kind=LiteralKind.CHOICE, value="guest")


def test_selectors_mean_the_union(spec_of: Read) -> None:
    spec = unite(spec_of("tracker"), ADDITIONS).spec
    assert the(spec, "log").added_by == "audit"
    assert [item.name for item in the(spec, "log").fields] == ["line", "who"]
    assert the_field(spec, "task", "tenant").added_by == "tenants"
    assert [item.name for item in the(spec, "user").fields][-3:] == ["alias", "phone", "tenant"]
    assert [role.name for role in spec.roles] == ["admin", "member", "guest", "auditor"]
    assert the_field(spec, "user", "role").default == Value(kind=LiteralKind.CHOICE, value="guest")


@given(order=st.permutations(ADDITIONS))
@settings(deadline=None, max_examples=40)
def test_the_order_of_additions_does_not_matter(order: list[Added]) -> None:
    spec = read("# A\n## Roles\n- a: x\n## Entities\n### Task\n- title: text\n").spec
    assert spec
    assert repr(unite(spec, order)) == repr(unite(spec, ADDITIONS))


@pytest.mark.parametrize(
    ("additions", "message"),
    [
        ([("audit", AddEntity(entity=Entity(names=named("Task"))))], "audit adds the entity 'task', which the spec"),
        ([("a", LOG), ("b", AddEntity(entity=replace(LOG.entity, doc="x")))], "a and b add the entity 'log' in diff"),
        ([("a", PHONE), ("b", replace(PHONE, field=field("phone")))], "a and b add the field user.phone in diff"),
        ([("a", AddField(where=Where(), field=field("title")))], "a adds the field task.title, which the spec has"),
        ([("a", replace(READS, where=Where()))], "a grants something to the role 'auditor', which does not exist"),
        ([("a", LINK)], "a adds to the entity 'log', which does not exist"),
        ([("a", AddField(where=Where(), field=field("x", BelongsTo(targets=("log",)))))], "of 'log', which does not"),
        ([("a", AddEntity(entity=Entity(names=replace(named("Job"), plural="tasks"))))], "with what a adds"),
    ],
)
def test_conflicts_say_who_and_what(spec_of: Read, additions: list[Added], message: str) -> None:
    spec = spec_of("# A\n## Roles\n- a: x\n## Entities\n### Task\n- title: text, required\n")
    with pytest.raises(PluginError) as error:
        unite(spec, additions)
    assert message in str(error.value)
    assert error.value.how


def test_all_conflicts_are_told_at_once(spec_of: Read) -> None:
    title = AddField(where=Where(), field=field("title"))
    with pytest.raises(PluginError) as error:
        unite(spec_of("todo"), [("a", LINK), ("b", READS), ("c", title)])
    assert str(error.value).count("\n  - ") == 4


def test_the_same_twice_is_one(spec_of: Read) -> None:
    spec = unite(spec_of("todo"), [("b", LOG), ("a", LOG), ("a", PHONE), ("b", PHONE)]).spec
    assert the(spec, "log").added_by == "a"
    assert [item.name for item in the(spec, "user").fields] == ["email", "name", "phone"]


def test_a_selector_means_entities_by_kind_less_those_without() -> None:
    names = ("task", "user")

    def meant(where: Where) -> list[str]:
        return [name for name in names if where.means(name, "user")]

    assert meant(Where()) == ["task", "user"]
    assert meant(Where(without=("user",))) == ["task"]
    assert meant(Where(kind="account")) == ["user"]
    assert meant(Where(kind="named", names=("task", "gone"))) == ["task"]
    assert meant(Where(kind="named", names=("task",), without=("task",))) == []
