"""Who may do what, compiled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from iopeer_core.blueprint.additions import AddEntity, AddGrant
from iopeer_core.blueprint.contributions import Access, Policy, RowRule, Where
from iopeer_core.blueprint.plan import Plan
from iopeer_core.blueprint.policy import compile_policy
from iopeer_core.blueprint.policy import united as union_of
from iopeer_core.blueprint.union import unite
from iopeer_core.errors import PluginError, SpecError
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import Compare, Entity, Grant, LiteralKind, Spec, Value

Read = Callable[[str], Spec]
Unite = Callable[[str], Plan]
ALL = (Access(),)


def policies(united: Unite, text: str) -> dict[tuple[str, ...], Policy]:
    found = united(text)
    return {policy.key: policy for policy in compile_policy(found.spec, found.account)}


def test_without_permissions_a_signed_in_caller_may_do_all(united: Unite) -> None:
    assert policies(united, "todo") == {
        (entity, "*"): Policy(entity=entity, role="*", create=ALL, read=ALL, update=ALL, delete=ALL)
        for entity in ("task", "user")
    }


def test_grants_of_the_tracker(united: Unite) -> None:
    found = policies(united, "tracker")
    planned = Value(kind=LiteralKind.CHOICE, value="planned")
    visible = RowRule(where=Compare(left="status", op="!=", right=planned))
    assert found["project", "guest"] == Policy(entity="project", role="guest", read=(Access(rows=visible),))
    assert found["task", "member"].delete == (Access(rows=RowRule(own="reporter")),)
    assert found["comment", "member"].update == (Access(rows=RowRule(own="author")),)
    assert found["user", "member"].update == (
        Access(rows=RowRule(own="id"), fields=("full_name", "avatar", "time_zone")),
    )
    own = (Access(rows=RowRule(own="user")),)
    assert found["profile", "member"] == Policy(
        entity="profile", role="member", create=own, read=own, update=own, delete=own
    )
    assert found["membership", "guest"] == Policy(entity="membership", role="guest")


def test_public_is_a_role_of_its_own(united: Unite) -> None:
    found = policies(united, "biblioteca")
    assert found["libro", "public"].read == (Access(fields=("titulo", "autor", "generos", "portada")),)
    assert ("persona", "public") not in found


GUARDED = """# A
## Roles
- boss
- hand
## Entities
### User
- email: email, required, unique
- name: text
{user}
### Secret
- name: text
### Note
- author: belongs to User
- reader: belongs to User, inverse read notes
- name: text
- done: boolean
#### Permissions
{note}
"""


def test_an_entity_without_a_block_is_for_the_first_role_alone(united: Unite) -> None:
    found = policies(united, GUARDED.format(user="", note="- hand: all"))
    assert found["secret", "boss"].read == ALL
    assert found["secret", "hand"] == Policy(entity="secret", role="hand")
    assert found["note", "boss"] == Policy(entity="note", role="boss")


def test_an_empty_block_closes_its_entity_and_the_others(united: Unite) -> None:
    found = policies(united, GUARDED.format(user="", note=""))
    assert all(found["note", role] == Policy(entity="note", role=role) for role in ("boss", "hand"))
    assert found["secret", "boss"].read == ALL
    assert found["secret", "hand"] == Policy(entity="secret", role="hand")
    assert not any("*" in key for key in found)


def test_a_grant_of_a_plugin_opens_a_closed_entity_by_that_alone(united: Unite) -> None:
    found = united(GUARDED.format(user="", note=""))
    added = AddGrant(where=Where(kind="named", names=("note",)), role="hand", grants=(Grant(verb="read"),))
    whole = unite(found.spec, [("audit", added)])
    note = {p.role: p for p in compile_policy(whole.spec, whole.account) if p.entity == "note"}
    assert note["boss"] == Policy(entity="note", role="boss")
    assert note["hand"] == Policy(entity="note", role="hand", read=ALL)


def test_grants_of_one_role_unite_row_by_row(united: Unite) -> None:
    note = "- hand: read only (name), read where done = yes, read only (done), update own by author, update"
    found = policies(united, GUARDED.format(user="", note=note))["note", "hand"]
    assert [access.fields for access in found.read] == [("name", "done"), ()]
    assert found.update == ALL
    assert found.delete == ()


def test_only_who_may_update_others_accounts_chooses_roles(united: Unite) -> None:
    block = "#### Permissions\n- boss: all\n- hand: create, read, update own\n- public: create"
    found = policies(united, GUARDED.format(user=block, note="- hand: read"))
    assert found["user", "hand"].update == (Access(rows=RowRule(own="id"), fields=("email", "name")),)
    assert found["user", "hand"].create == found["user", "public"].create == (Access(fields=("email", "name")),)
    assert found["user", "boss"].update == found["user", "boss"].create == ALL


def test_own_needs_one_link_to_the_account(spec_of: Read, united: Unite) -> None:
    found = united(GUARDED.format(user="", note="- hand: all"))
    added = AddGrant(where=Where(kind="named", names=("note",)), role="boss", grants=(Grant(verb="read", own=True),))
    whole = unite(found.spec, [("audit", added)])
    with pytest.raises(SpecError, match="there are 2") as error:
        compile_policy(whole.spec, whole.account)
    assert "own by author" in error.value.how


CLINIC = """# Clinic
## Roles
- boss
- hand
## Entities
### Patient
- name: text
- account: belongs to User
- kin: belongs to Patient
### Appointment
- title: text
- patient: belongs to Patient
#### Permissions
- boss: all
- hand: read own by patient.account, read own by patient.account where title = "x" only (title)
- hand: update own by patient.kin.account
"""


def test_own_by_a_way_over_links(united: Unite) -> None:
    hand = policies(united, CLINIC)["appointment", "hand"]
    assert hand.read == (Access(rows=RowRule(own="patient.account")),)
    assert hand.update == (Access(rows=RowRule(own="patient.kin.account")),)


@pytest.mark.parametrize("way", ["patient", "patient.kin", "patient.name", "patient.account.name", "title.account"])
def test_an_added_way_ends_at_the_account(way: str, united: Unite) -> None:
    grant = Grant(verb="read", own=True, own_by=way)
    added = AddGrant(where=Where(kind="named", names=("appointment",)), role="hand", grants=(grant,))
    whole = unite(united(CLINIC).spec, [("audit", added)])
    with pytest.raises(SpecError, match=f"'own by {way}' does not lead to the account"):
        compile_policy(whole.spec, whole.account)


def test_an_added_way_begins_at_a_link(united: Unite) -> None:
    grant = Grant(verb="read", own=True, own_by="nobody.account")
    added = AddGrant(where=Where(kind="named", names=("appointment",)), role="hand", grants=(grant,))
    with pytest.raises(PluginError, match=r"audit grants appointment.nobody, which does not exist"):
        unite(united(CLINIC).spec, [("audit", added)])


def test_what_a_caller_may_do_with_everybodys_grants(united: Unite) -> None:
    found = united("biblioteca")
    book = [policy for policy in compile_policy(found.spec, found.account) if policy.entity == "libro"]
    member = union_of(book, "alumno")
    stranger = union_of(book, None)
    assert member
    assert stranger
    assert member.read == ALL  # the public's narrower grant adds nothing
    assert [access.fields for access in stranger.read] == [("titulo", "autor", "generos", "portada")]
    assert union_of([], "alumno") is None


LOG = Entity(names=make_names("Log entry", language="en"))


def test_a_plugins_grant_does_not_close_an_app_that_is_open(spec_of: Read) -> None:
    public = AddGrant(where=Where(), role="public", grants=(Grant(verb="read"),))
    found = unite(spec_of("todo"), [("feed", public), ("feed", AddEntity(entity=LOG))])
    policies = compile_policy(found.spec, found.account)
    assert {policy.key for policy in policies} >= {("task", "*"), ("task", "public"), ("user", "*")}


def test_a_plugins_grant_does_not_take_an_entity_from_the_first_role(united: Unite, spec_of: Read) -> None:
    grant = AddGrant(where=Where(), role="hand", grants=(Grant(verb="read"),))
    found = unite(spec_of(GUARDED.format(user="", note="- hand: all")), [("feed", grant)])
    policies = {policy.key: policy for policy in compile_policy(found.spec, found.account)}
    assert policies["secret", "boss"].delete == ALL
    assert policies["secret", "hand"].read == ALL
