"""Who may do what, in the product's README."""

from __future__ import annotations

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed
from iopeer_core.blueprint.plan import Plan
from iopeer_core.blueprint.policy import compile_policy
from iopeer_core.language.reader import read
from iopeer_core.render.matrix import matrix

ENGLISH = """# S

## Roles

- boss
- hand

## Entities

### User

- email: email, required, unique
- name: text, required

#### Permissions

- boss: all
- hand: read only (name), update own only (name)

### Job

- title: text, required
- done: boolean, default no
- user: belongs to User

#### Permissions

- boss: all
- hand: create, read, delete own where done = no, read own
- public: read where done = yes

### Secret

- title: text, required
"""
SPANISH = ENGLISH.replace("## Entities", "## Entidades")
TABLE = [
    "| User | all | read only …, update own only … | — |",
    "| Job | all | create, read, delete own where … | read where … |",
    "| Secret | all | — | — |",
]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (ENGLISH, ["## Who may do what", "|  | boss | hand | public |", *TABLE]),
        (SPANISH, ["## Quién puede hacer qué", "|  | boss | hand | público |", "| Secret | todo | — | — |"]),
    ],
)
def test_a_table_of_entities_by_roles(text: str, rows: list[str]) -> None:
    made = _matrix(text).splitlines()
    assert [row for row in rows if row not in made] == []


def test_without_permissions_whoever_is_signed_in_may_do_all() -> None:
    text = ENGLISH.partition("#### Permissions")[0].replace("## Roles\n\n- boss\n- hand\n\n", "")
    assert _matrix(text).splitlines()[-3:] == ["|  | whoever is signed in |", "|---|---|", "| User | all |"]


def _matrix(text: str) -> str:
    spec = read(text).spec
    assert spec
    policies = (Contributed(plugin="iopeer", value=policy) for policy in compile_policy(spec, "user"))
    return matrix(Blueprint(plan=Plan(spec=spec), contributions=tuple(policies)))
