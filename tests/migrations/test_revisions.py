"""Which revision a changed spec gives, where it follows, and what is said where there can be none."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Objection
from iopeer_core.errors import SpecError
from iopeer_core.kit import Generated, generate
from iopeer_core.tree.manifest import MEMORY
from iopeer_plugin_fastapi.schema.revisions import Migrations
from iopeer_plugin_fastapi.view import AppView

SPEC = "# Shop\n\n## Entities\n\n### Item\n\n- name: text, required, max 80\n- price: integer\n"
VERSIONS = "backend/migrations/versions"
BY_HAND = 'revision = "mine"\ndown_revision = "0001"\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n'


@pytest.fixture(scope="module")
def first() -> Generated:
    """The first generation."""
    return generate(SPEC, ["fastapi"])


@pytest.fixture
def app(first: Generated, tmp_path: Path) -> Path:
    """A folder with it."""
    first.store(tmp_path / "app")
    return tmp_path / "app"


def added(app: Path, text: str, *, allow_drop: bool = False) -> dict[str, str]:
    """The revisions that a changed spec adds."""
    made = generate(text, ["fastapi"], out=app, allow_drop=allow_drop).tree
    old = {path.name for path in (app / VERSIONS).glob("*.py")}
    paths = (path for path in made if path.startswith(VERSIONS))
    return {Path(path).name: made[path].text for path in paths if Path(path).name not in old}


def follows(text: str) -> object:
    """What a revision comes after."""
    nodes = (node for node in ast.parse(text).body if isinstance(node, ast.AnnAssign) and node.value)
    return {ast.unparse(node.target): ast.literal_eval(node.value or ast.Constant(None)) for node in nodes}[
        "down_revision"
    ]


def test_nothing_changed_adds_nothing_and_an_old_app_without_memory_goes_on(app: Path) -> None:
    assert added(app, SPEC) == {}
    (app / MEMORY).unlink()
    (name,) = added(app, SPEC + "- colour: text\n")
    assert name == "0002_add_colour_to_items.py"


def test_revisions_of_ones_own_are_followed_and_two_heads_become_one(app: Path) -> None:
    (app / VERSIONS / "mine.py").write_text(BY_HAND)
    ((_, text),) = added(app, SPEC + "- colour: text\n").items()
    assert follows(text) == "mine"
    (app / VERSIONS / "theirs.py").write_text(BY_HAND.replace('"mine"', '"theirs"'))
    ((name, text),) = added(app, SPEC).items()
    assert (name, follows(text)) == ("0002_join.py", ("mine", "theirs"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SPEC + "- weight: integer, required\n", "E1.fastapi"),
        (SPEC.replace("- price: integer\n", ""), "E2.fastapi"),
        (SPEC.replace("max 80", "max 8"), "E3.fastapi"),
        (SPEC.replace("- price: integer", "- code: text, primary key, max 9\n- price: integer"), "E4.fastapi"),
    ],
)
def test_what_cannot_be_is_a_problem_with_its_line(app: Path, text: str, said: str) -> None:
    with pytest.raises(SpecError, match="problem"):
        generate(text, ["fastapi"], out=app)
    previous = generate(SPEC, ["fastapi"], out=app).blueprint.previous
    plan = generate(text, ["fastapi"]).blueprint.plan
    app_view = AppView(Blueprint(plan=replace(plan, previous=previous)))
    found = [one for one in Migrations(app=app_view).contributions() if isinstance(one, Objection)]
    assert [f"{one.code}.fastapi" for one in found if one.messages["es"]][:1] == [said]
    assert all(one.at.line for one in found)


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("- due: date, required, backfill 7", False),
        ("- due: date, required, backfill 2026-02-30", False),
        ("- due: date, required, backfill today", True),
        ("- size: one of: small | big, required, backfill huge", False),
        ("- size: one of: small | big, required, backfill big", True),
        ("- code: text, required, max 3, backfill none", False),
        ("- code: text, required, matches /^[A-Z]+$/, backfill none", False),
        ("- code: text, required, backfill none", True),
        ("- weight: integer, required, min 1, backfill 0", False),
        ("- weight: integer, required, backfill 1.5", False),
        ("- price: money, required, max 10, backfill 10.01", False),
        ("- done: boolean, required, backfill maybe", False),
        ("- home: url, required, backfill nowhere", False),
    ],
)
def test_a_backfill_is_a_value_of_its_field(line: str, fits: bool, tmp_path: Path) -> None:
    text = f"# Shop\n\n## Entities\n\n### Item\n\n- name: text\n{line}\n"
    if fits:
        generate(text, ["fastapi"])
        return
    with pytest.raises(SpecError, match="1 problem"):
        generate(text, ["fastapi"])


def test_what_is_agreed_or_stated_goes_through(app: Path) -> None:
    assert added(app, SPEC.replace("max 80", "max 8"), allow_drop=True)
    (text,) = added(app, SPEC + "- weight: integer, required, backfill 7\n").values()
    assert 'rows.c["weight"]: 7' in text
