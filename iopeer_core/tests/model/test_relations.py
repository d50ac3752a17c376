"""Links, resolved: keys, inverses, on delete, through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from iopeer_core.model.display import display_field
from iopeer_core.model.relations import Relation, by_source, relations_of
from iopeer_core.model.spec import Spec

Read = Callable[[str], Spec]


def relation(spec_of: Read, text: str, entity: str, field: str) -> Relation:
    return by_source(relations_of(spec_of(text)))[entity, field]


@pytest.mark.parametrize(
    ("spec", "entity", "field", "keys", "inverse", "on_delete"),
    [
        ("tracker", "task", "project", ("project_id",), "tasks", "cascade"),
        ("tracker", "task", "assignee", ("assignee_id",), "assigned_tasks", "set null"),
        ("tracker", "task", "reporter", ("reporter_id",), "reported_tasks", "restrict"),
        ("tracker", "task", "parent", ("parent_id",), "subtasks", "cascade"),
        ("tracker", "task", "labels", ("label_ids",), "tasks", "cascade"),
        ("tracker", "task", "watchers", ("watchers_ids",), "watched_tasks", "cascade"),
        ("tracker", "comment", "subject", ("task_id", "project_id"), "comments", "cascade"),
        ("tracker", "profile", "user", ("user_id",), "profile", "cascade"),
        ("tracker", "team", "members", ("members_ids",), "teams", "cascade"),
        ("biblioteca", "libro", "generos", ("genero_ids",), "libros", "cascade"),
        ("biblioteca", "prestamo", "alumno", ("alumno_id",), "prestamos", "restrict"),
    ],
)
def test_keys_inverses_and_on_delete(
    spec_of: Read, spec: str, entity: str, field: str, keys: tuple[str, ...], inverse: str, on_delete: str
) -> None:
    found = relation(spec_of, spec, entity, field)
    assert (found.keys, found.inverse.singular, found.on_delete) == (keys, inverse, on_delete)


def test_a_unique_link_has_one(spec_of: Read) -> None:
    found = relation(spec_of, "tracker", "profile", "user")
    assert found.unique
    assert not found.inverse_many


def test_through_holds_the_links(spec_of: Read) -> None:
    found = relation(spec_of, "tracker", "team", "members")
    assert (found.through, found.through_source, found.through_target) == ("membership", "team", "user")
    assert found.writable


SELF = """# A
## Entities
### Person
- name: text
- friends: many to many Person through Friendship, inverse befriended
### Friendship
- one: belongs to Person, required, inverse friendships
- other: belongs to Person, required, inverse reverse friendships
- since: date{since}
"""


def test_through_to_the_entity_itself_goes_from_the_first_link_to_the_second(spec_of: Read) -> None:
    found = relation(spec_of, SELF.format(since=""), "person", "friends")
    assert (found.through_source, found.through_target, found.writable) == ("one", "other", True)


@pytest.mark.parametrize(("since", "writable"), [(", required", False), (", required, default today", True)])
def test_a_through_entity_with_other_required_fields_makes_the_link_read_only(
    spec_of: Read, since: str, writable: bool
) -> None:
    assert relation(spec_of, SELF.format(since=since), "person", "friends").writable is writable


HAS = """# A
## Entities
### Task
- title: text
- remarks: has many Comment
- written by: belongs to User, inverse written tasks
- read by: belongs to User
### Project
- name: text
### User
- email: email, required, unique
- done tasks: has many Task
- written tasks: has many Task
### Comment
- subject: belongs to Task | Project
"""


def test_has_many_names_the_inverse(spec_of: Read) -> None:
    found = relation(spec_of, HAS, "comment", "subject")
    assert (found.inverse_of("task").singular, found.inverse_of("project").singular) == ("remarks", "comments")
    assert relation(spec_of, HAS, "task", "read_by").inverse.singular == "done_tasks"
    assert relation(spec_of, HAS, "task", "written_by").inverse.singular == "written_tasks"


@pytest.mark.parametrize(
    ("fields", "display"),
    [
        ("- amount: integer\n- title: text\n- name: text", "name"),
        ("- título: texto", "titulo"),
        ("- label: belongs to Other\n- code: text, required", "code"),
        ("- remark: text\n- mail: email", "mail"),
        ("- name: text, hidden\n- remark: text", "id"),
        ("- amount: integer", "id"),
        ("- title: one of: dentist | surgeon\n- code: text, required", "code"),  # a choice is that of many rows
        ("- name: text\n- code: text\n#### Options\n- display: code", "code"),
    ],
)
def test_display_field(spec_of: Read, fields: str, display: str) -> None:
    spec = spec_of(f"# A\n## Entities\n### Thing\n{fields}\n### Other\n- name: text\n")
    thing = spec.entity("thing")
    assert thing
    assert display_field(thing) == display
