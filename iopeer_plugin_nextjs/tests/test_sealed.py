"""Entities without anything to fill in, and words of a spec that meet those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.tree.model import Tree

from .conftest import generate


@pytest.fixture(scope="module")
def tree() -> Tree:
    return generate(Path(__file__).parent / "specs" / "sealed.md").tree


def test_a_row_that_nobody_fills_in_is_made_of_defaults(tree: Tree) -> None:
    assert "export type EntryCreate = Record<string, never>;" in tree["frontend/api/entries.ts"].text
    assert "export function entryValues(): z.input" in tree["frontend/lib/schemas/entry.ts"].text
    assert "values={entryValues}" in tree["frontend/components/entries/entry-form.tsx"].text


def test_a_form_asks_for_the_row_and_the_account_where_a_field_needs_them(tree: Tree) -> None:
    assert "secretValues(): " in tree["frontend/lib/schemas/secret.ts"].text
    assert "paperValues(row?: Paper): " in tree["frontend/lib/schemas/paper.ts"].text
    assert "useAuth" not in tree["frontend/components/papers/paper-form.tsx"].text


def test_a_word_in_an_address_imports_nothing(tree: Tree) -> None:
    papers = tree["frontend/api/papers.ts"].text
    assert "share-links" in papers
    assert "link-set" not in papers


def test_who_may_not_read_a_link_sees_no_tab_of_what_it_leads_from(tree: Tree) -> None:
    """The API refuses to list rows by a field that the caller may not read."""
    assert 'entity: "visit",\n            field: "paper",' in tree["frontend/components/papers/paper-details.tsx"].text
    assert "readable(account, entity, field)" in tree["frontend/components/details/children-tabs.tsx"].text


def test_the_label_of_several_choices_names_their_group_alone(tmp_path: Path) -> None:
    """A click on it once ticked the first choice, which was read out as "Voices soprano"."""
    spec = tmp_path / "spec.md"
    spec.write_text(
        "# Choir\n\n## Enums\n\n- Voice: soprano | bass\n\n## Entities\n\n### Piece\n\n- voices: list of Voice\n"
    )
    text = generate(spec).tree["frontend/components/form/choices-field.tsx"].text
    assert 'id={id}\n          role="group"' in text
    assert text.count(" id={id}") == 1


def test_tests_of_a_frontend_replace_no_module(tree: Tree) -> None:
    """They share what they import, so a module that another file imported before stays what it is."""
    tests = (path for path in tree.files if path.startswith("frontend/tests/") and path.endswith((".ts", ".tsx")))
    assert [path for path in tests if "\nvi.mock(" in tree[path].text] == ["frontend/tests/setup.ts"]
