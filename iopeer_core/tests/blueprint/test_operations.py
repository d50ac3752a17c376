"""What the API does, from the spec alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from iopeer_core.blueprint.contributions import Operation, ShapeField
from iopeer_core.blueprint.operations import auth_operations, standard_operations
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.spec import ScalarType

Operations = Callable[[str], dict[str, Operation]]


@pytest.fixture
def operations(united: Callable[[str], Plan]) -> Operations:
    def of(text: str) -> dict[str, Operation]:
        plan = united(text)
        found = [*standard_operations(plan), *auth_operations(plan)]
        assert len({operation.name for operation in found}) == len(found)
        assert len({(operation.method, operation.path) for operation in found}) == len(found)
        return {operation.name: operation for operation in found}

    return of


def names(shapes: Iterable[ShapeField]) -> list[str]:
    """`name?` may be absent, `name|null` may be null."""
    return [f"{s.name}{'' if s.required else '?'}{'|null' if s.nullable else ''}" for s in shapes]


def test_the_least_app(operations: Operations) -> None:
    found = operations("todo")
    rows = [(name, o.method, o.path, o.status) for name, o in found.items() if o.entity == "task"]
    assert rows == [
        ("list_tasks", "GET", "/api/v1/tasks", 200),
        ("create_task", "POST", "/api/v1/tasks", 201),
        ("read_task", "GET", "/api/v1/tasks/{id}", 200),
        ("update_task", "PATCH", "/api/v1/tasks/{id}", 200),
        ("replace_task", "PUT", "/api/v1/tasks/{id}", 200),
        ("delete_task", "DELETE", "/api/v1/tasks/{id}", 204),
    ]
    assert names(found["create_task"].input) == ["title", "done?|null"]
    assert names(found["update_task"].input) == ["title?", "done?|null"]
    assert names(found["read_task"].output) == ["id", "title", "done|null", "created_at", "updated_at"]
    assert found["list_tasks"].paged
    assert names(found["register"].input) == ["email", "name", "password"]
    assert names(found["me"].output) == ["id", "email", "label"]


def test_links_have_keys_references_and_operations(operations: Operations) -> None:
    found = operations("tracker")
    assert names(found["create_task"].input) == [
        "project_id", "title", "description?|null", "status?", "priority?|null", "estimate?|null", "due?|null",
        "points?|null", "progress?|null", "assignee_id?|null", "parent_id?|null", "label_ids?", "watchers_ids?",
        "links?|null",
    ]  # fmt: skip
    assert {"project_id", "project", "assignee|null", "reporter", "labels"} <= set(names(found["read_task"].output))
    assert found["link_labels_to_task"].path == "/api/v1/tasks/{id}/labels/{label_id}"
    assert (found["unlink_watchers_from_task"].method, found["unlink_watchers_from_task"].status) == ("DELETE", 204)
    assert found["list_assigned_tasks_of_user"].path == "/api/v1/users/{id}/assigned-tasks"
    assert found["list_tasks_of_label"].output == found["list_tasks"].output
    assert "list_profile_of_user" not in found


def test_polymorphic_links_have_a_key_per_target(operations: Operations) -> None:
    found = operations("tracker")
    assert names(found["create_comment"].input) == ["task_id?|null", "project_id?|null", "body"]
    assert names(found["read_comment"].output)[1:4] == ["task_id|null", "project_id|null", "subject"]


def test_what_a_role_may_not_read_is_not_always_there(operations: Operations) -> None:
    assert names(operations("tracker")["read_user"].output) == [
        "id", "email?", "full_name", "avatar|null", "time_zone?|null", "role?", "created_at?", "updated_at?"
    ]  # fmt: skip


def test_soft_delete_restores(operations: Operations) -> None:
    found = operations("tracker")
    assert (found["restore_project"].method, found["restore_project"].path) == ("POST", "/api/v1/projects/{id}/restore")
    assert "deleted" in found["list_projects"].parameters
    assert "restore_task" not in found


def test_spanish_names(operations: Operations) -> None:
    found = operations("biblioteca")
    assert found["list_autores"].path == "/api/v1/autores"
    assert names(found["register"].input) == ["correo", "nombre", "password"]
    assert "anio_de_nacimiento__gte" in found["list_autores"].parameters


ODD = """# A
## Entities
### Thing
- code: text, required, primary key
- limit: integer, required
- secret: text, hidden
- seen: datetime, read only
- ok: boolean, required, default no
- data: json, required
- tags: list of text
- ident: uuid, required
- search: text, required, searchable
"""


def test_parameters_by_type(operations: Operations) -> None:
    found = operations(ODD)
    parameters = found["list_things"].parameters
    assert parameters[:5] == ("limit", "offset", "sort", "q", "count")
    mine = [p for p in parameters[5:] if not p.startswith(("id", "created_at", "updated_at", "seen"))]
    assert mine == [
        "code", "code__in", "code__contains",
        "limit__eq", "limit__in", "limit__gte", "limit__gt", "limit__lte", "limit__lt",
        "ok", "tags__isnull", "search", "search__in", "search__contains",
    ]  # fmt: skip
    assert {"ident", "ident__in", "id", "id__contains"} <= set(parameters)


def test_a_declared_key_is_the_id_and_stays(operations: Operations) -> None:
    found = operations(ODD)
    key = found["read_thing"].output[0].type
    assert isinstance(key, ScalarType)
    assert key.scalar == "text"
    assert "code" in names(found["create_thing"].input)
    assert "code?" not in names(found["update_thing"].input)


def test_hidden_is_taken_and_never_sent_and_read_only_the_other_way(operations: Operations) -> None:
    found = operations(ODD)
    taken, sent = names(found["create_thing"].input), names(found["read_thing"].output)
    assert "secret?|null" in taken
    assert not any(name.startswith("secret") for name in sent)
    assert "seen|null" in sent
    assert not any(name.startswith("seen") for name in taken)


def test_what_links_in_secret_is_not_listed(operations: Operations) -> None:
    found = operations(
        "# A\n\n## Entities\n\n### Team\n- name: text\n\n### Task\n- team: belongs to Team, hidden\n"
        "- owner: belongs to Team, inverse owned tasks\n"
    )
    assert found["list_owned_tasks_of_team"].path == "/api/v1/teams/{id}/owned-tasks"
    assert not any(operation.path.endswith("/teams/{id}/tasks") for operation in found.values())
