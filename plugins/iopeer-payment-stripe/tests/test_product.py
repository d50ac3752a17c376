"""What an app has of billing, and that it has none of it without the section."""

from __future__ import annotations

import json

from iopeer_core.kit import Generated, generate

SPEC = """# Shop

## Entities

### User

- email: email, required, unique

### Order

- owner: belongs to User, required, default me
- note: text

## Billing

- Free: free, 3 orders
- Pro: 10 monthly, feature export
"""


def made(spec: str = SPEC, *more: str) -> Generated:
    """The app of a spec."""
    return generate(spec, ["fastapi", "stripe", *more])


def test_limits_are_asked_where_rows_are_written() -> None:
    app = made()
    orders, users = app.text("backend/services/orders.py"), app.text("backend/services/users.py")
    assert "limit_rows" in orders
    assert "limit_rows" not in users
    assert '"order": "owner_id"' in app.text("backend/billing/limits.py")
    assert "stripe>=16,<17" in app.text("pyproject.toml")


def test_no_keys_are_in_the_tree() -> None:
    lines = made().text(".env.example").splitlines()
    assert {"# STRIPE_SECRET_KEY=", "# STRIPE_WEBHOOK_SECRET="} <= set(lines)


def test_nobody_is_granted_what_is_stored_of_payers() -> None:
    policies = made().blueprint.plan.policies
    assert not [each for each in policies if each.entity.startswith("billing_")]


def test_nothing_to_sell_is_nothing_to_test_with_stripe() -> None:
    app = made(SPEC.replace("- Pro: 10 monthly, feature export\n", ""))
    assert "tests/test_subscriptions.py" not in app.tree
    assert "tests/test_billing.py" in app.tree


def test_a_page_is_in_the_menu_in_both_languages() -> None:
    app = made(SPEC.replace("## Entities", "## App\n\n- languages: en, es\n\n## Entities", 1), "nextjs")
    assert "BillingPage" in app.text("frontend/app/(app)/billing/page.tsx")
    for language, title in (("en", "Billing"), ("es", "Facturación")):
        words = json.loads(app.text(f"frontend/messages/{language}.json"))
        assert words["billing"]["title"] == title
        assert "of_order" in words["billing"]
