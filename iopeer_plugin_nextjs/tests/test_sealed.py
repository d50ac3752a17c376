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
