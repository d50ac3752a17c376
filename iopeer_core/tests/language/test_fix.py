"""`check --fix`: takes the suggestions that have one meaning, and never makes a problem."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from iopeer_core.language.fix import fix
from iopeer_core.language.reader import read

BROKEN = (Path(__file__).resolve().parents[3] / "tests/specs/broken.md").read_text("utf-8")


def _spec(*fields: str, head: str = "", tail: str = "") -> str:
    facts = "".join(f"- {field}\n" for field in fields)
    return f"# T\n\n{head}## Entities\n\n### User\n\n- email: email\n- name: text\n{facts}\n{tail}"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("x: txt", "x: text"),
        ("x: text, requird", "x: text, required"),
        ("x: texto, unicoo", "x: texto, único"),
        ("x: integer, betwen 1 and 10", "x: integer, between 1 and 10"),
        ("x: decimal, max 7,5 — about 7,5", "x: decimal, max 7.5 — about 7,5"),
        ("x: one of: a, b, c, required", "x: one of: a | b | c, required"),
        ("x: belongs to Usr", "x: belongs to User"),
        ("x: User", "x: belongs to User"),
        ("x: txt, requird, uniqe", "x: text, required, unique"),
        ("x: one of: draft | done, default drafft", "x: one of: draft | done, default draft"),
    ],
)
def test_what_has_one_answer_is_put_right(wrong: str, right: str) -> None:
    assert fix(_spec(wrong))[0] == _spec(right)
    assert fix(_spec(right)) == (_spec(right), 0)


@pytest.mark.parametrize("field", ["x: elephant", "x: integer, default many", "name: text", "x: text, matches /[A-Z/"])
def test_what_has_no_answer_stays(field: str) -> None:
    assert fix(_spec(field)) == (_spec(field), 0)


def test_a_name_between_two_others_is_not_guessed() -> None:
    permissions = "#### Permissions\n\n- admix: read\n"
    one, two = (
        "## Roles\n\n" + "".join(f"- {role}\n" for role in roles) + "\n" for roles in (["admin"], ["admin", "admit"])
    )
    assert "- admin: read" in fix(_spec(head=one, tail=permissions))[0]
    assert "- admix: read" in fix(_spec(head=two, tail=permissions))[0]


def test_headings_and_line_ends() -> None:
    text = "# T\r\n\r\n## Entidads\r\n\r\n### A\r\n\r\n- x: text\r\n\r\n#### Opcionnes\r\n\r\n- soft delet: yes"
    mended, count = fix(text)
    assert mended == text.replace("Entidads", "Entidades").replace("Opcionnes", "Opciones").replace("delet:", "delete:")
    assert count == 1  # what stood under the heading was not looked at
    assert read(mended).errors == ()


def test_the_broken_spec_gets_better_and_nothing_gets_worse() -> None:
    mended, count = fix(BROKEN)
    before, after = (Counter((p.line, p.code) for p in read(text).errors) for text in (BROKEN, mended))
    assert count >= 8
    assert not after - before
    assert "- price: money, required" in mended
    assert "- qty: integer, between 1 and 10" in mended
    assert fix(mended) == (mended, 0)


@pytest.mark.shows("include")
def test_problems_of_included_files_are_left_alone() -> None:
    text = "# T\n\n## Include\n\n- part.md\n"
    part = "## Entities\n\n### A\n\n- x: txt\n"

    def load(file: str, glob: str) -> list[tuple[str, bytes]]:
        return [("part.md", part.encode())]

    assert fix(text, load=load) == (text, 0)
