"""What an app with Clerk has, and that nothing of the built-in sign-in is left."""

from __future__ import annotations

import re

from iopeer_core.kit import Generated, generate

SPEC = """# Shop

## Roles

- admin: sees to all
- buyer: buys

## Entities

### User

- email: email, required, unique
- full name: text, required, max 20

#### Permissions

- admin: all
- buyer: read

### Order

- owner: belongs to User, required, default me
- note: text

#### Permissions

- admin: all
- buyer: all own
"""
OF_PASSWORDS = re.compile(r"passwords?\b(?!@)|refresh.token|smtp|secret_key|sign.?up|registration", re.IGNORECASE)
OF_A_DATABASE = ("backend/addresses.py", "tests/test_basic.py")


def made(spec: str = SPEC) -> Generated:
    """The app of a spec."""
    return generate(spec, ["fastapi", "clerk"])


def test_nothing_of_passwords_is_left() -> None:
    app = made()
    found = {
        path: OF_PASSWORDS.findall(app.text(path))
        for path in app.tree
        if path.endswith((".py", ".toml", ".md", ".example", ".ini", ".json"))
    }
    assert {path: words for path, words in found.items() if words and path not in OF_A_DATABASE} == {}
    assert "backend/security.py" not in app.tree


def test_the_name_fills_what_an_account_needs() -> None:
    assert 'values["full_name"] = called[:20]' in made().text("backend/clerk/callers.py")
    assert '{"admin", "buyer"}' in made().text("backend/clerk/callers.py")


def test_nobody_is_granted_what_is_stored_of_clerk() -> None:
    stored = [each for each in made().blueprint.plan.policies if each.entity.startswith("clerk_")]
    assert stored
    assert not [each for each in stored if each.create or each.read or each.update or each.delete]


def test_no_secret_is_in_the_tree() -> None:
    assert "# CLERK_WEBHOOK_SECRET=" in made().text(".env.example").splitlines()
