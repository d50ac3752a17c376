"""Who signs accounts in: this plugin, by their passwords, unless another one provides the capability `login`."""

from __future__ import annotations

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError

from iopeer_plugin_fastapi.contributions import Authenticator

LOGIN = "login"
"""The capability."""
OWN = "fastapi"
"""This plugin's name."""
FILES = frozenset(
    {
        "backend/auth.py",
        "backend/common_passwords.txt",
        "backend/engine/credentials.py",
        "backend/limits.py",
        "backend/models/auth.py",
        "backend/passwords.py",
        "backend/security.py",
        "backend/utils/mail.py",
        "tests/sessions.py",
        "tests/test_auth.py",
        "tests/test_tokens.py",
    }
)
"""The files of the built-in login."""
REQUIREMENTS = ("limits>=5.8", "pwdlib[argon2]>=0.3", "pyjwt>=2.15", "python-multipart>=0.0.34")
"""The packages that it needs."""


def keeps_passwords(plan: Plan) -> bool:
    """Whether no other plugin signs accounts in than this one."""
    return plan.capabilities.get(LOGIN, OWN) == OWN


def refuse_nobody(blueprint: Blueprint) -> None:
    """Stop where another plugin provides the login, and nobody says who calls.

    Raises:
        PluginError: names that plugin.
    """
    if not keeps_passwords(blueprint.plan) and not any(each.headers for each in blueprint.all(Authenticator)):
        raise PluginError(
            f"{blueprint.plan.capabilities[LOGIN]!r} provides the login, and no plugin says who calls",
            how="contribute an Authenticator with headers (iopeer_plugin_fastapi.contributions)",
        )
