"""What a visitor says of a new account, and what is given once and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.tree.model import Tree

from .conftest import generate

SPEC = Path(__file__).parent / "specs" / "entrance.md"


@pytest.fixture(scope="module")
def tree() -> Tree:
    return generate(SPEC).tree


@pytest.mark.parametrize(
    "element",
    [
        '<RowField label={labels.field("company")} of={companyApi} {...field("company_id")} />',
        '<CheckField label={labels.field("accepts_the_terms")} {...field("accepts_the_terms")} />',
        '<CountryField label={labels.field("country")} {...field("country")} />',
        '<ChoiceField label={labels.field("shift")} choices={["day", "night"]} {...field("shift")} />',
        '<TextField label={labels.field("depot")} type="number" hint={t("link_hint")} {...field("depot_id")} />',
    ],
    ids=["a link to what everybody sees", "yes or no", "country", "choice", "a link to what visitors do not see"],
)
def test_each_field_of_a_new_account_can_be_filled_in(tree: Tree, element: str) -> None:
    assert element in " ".join(tree["frontend/components/auth/registration-fields.tsx"].text.split())


def test_the_form_that_opens_an_account_checks_what_the_api_takes(tree: Tree) -> None:
    schema = tree["frontend/lib/registration.ts"].text
    for member in ('company_id: z.int("required")', "depot_id: number()", "accepts_the_terms: z.boolean()"):
        assert member in schema


def test_what_is_hidden_is_given_with_a_new_row_and_shown_nowhere(tree: Tree) -> None:
    form = tree["frontend/components/depots/depot-form.tsx"].text
    assert '<Fields.Text name="entry_code" required />' in form
    assert 'const UNSEEN = ["entry_code"];' in form
    assert "entry_code: null" in tree["frontend/lib/schemas/depot.ts"].text
    assert "entry_code" not in tree["frontend/components/depots/depot-fields.tsx"].text


def test_apps_have_the_fields_of_their_accounts_alone(tree: Tree) -> None:
    assert "frontend/components/auth/row-field.tsx" in tree
    assert "frontend/components/auth/row-field.tsx" not in generate(SPEC.with_name("rules.md")).tree
