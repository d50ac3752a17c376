"""An account to try a product with: registered through its own API, so that it is like any other."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, Process, ShapeField
from iopeer_core.model.account import account_of
from iopeer_core.model.examples import matching
from iopeer_core.model.formats import TEXT_LENGTH
from iopeer_core.model.spec import Entity, Scalar, Spec
from iopeer_core.tree.files import replace_file

FILE = ".iopeer/demo.json"
"""Where its password is kept, in the output folder: it is never packed."""
EMAIL = "demo@example.com"
_VALUES: dict[Scalar, Any] = {
    Scalar.INTEGER: 0,
    Scalar.DECIMAL: "0",
    Scalar.MONEY: "0",
    Scalar.BOOLEAN: False,
    Scalar.TIME: "12:00:00",
    Scalar.DURATION: "PT1H",
    Scalar.EMAIL: EMAIL,
    Scalar.URL: "https://example.com/",
    Scalar.PHONE: "+15550100",
    Scalar.SLUG: "demo",
    Scalar.COLOR: "#3366cc",
    Scalar.COUNTRY: "ES",
    Scalar.UUID: "00000000-0000-4000-8000-000000000000",
    Scalar.JSON: {},
}


@dataclass(frozen=True, slots=True)
class Demo:
    """What to sign in with."""

    email: str
    password: str


def api_address(blueprint: Blueprint, addresses: Mapping[str, str]) -> str:
    """The address of the process whose plugin answers the API; "" where none does.

    Args:
        blueprint: its operations and processes.
        addresses: of the processes that run, by name.
    """
    owners = {one.plugin for one in blueprint.contributions if isinstance(one.value, Operation)}
    processes = (one for one in blueprint.contributions if isinstance(one.value, Process) and one.plugin in owners)
    return next((addresses[one.value.name] for one in processes if one.value.name in addresses), "")


def demo_account(blueprint: Blueprint, folder: Path, address: str) -> Demo | None:
    """The demo account of a product; it is registered where it is not there yet.

    Args:
        blueprint: its operations.
        folder: the product's, which keeps the password.
        address: of the process that answers the API; "" where none does.

    Returns:
        None where the product has no registration, or refuses what is made up here.
    """
    operations = {each.verb: each for each in blueprint.all(Operation)}
    register, login = operations.get("auth.register"), operations.get("auth.login")
    body = _body(register, blueprint.spec) if register else None
    if not address or register is None or login is None or body is None:
        return None
    demo = Demo(EMAIL, _password(folder / FILE))
    import httpx

    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client, suppress(httpx.HTTPError):
        form = {"username": demo.email, "password": demo.password}
        if client.post(login.path, data=form).is_success:
            return demo
        made = client.post(register.path, json={**body, "password": demo.password})
        return demo if made.is_success else None
    return None


def _password(file: Path) -> str:
    """The one that is kept, else a new one."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["password"])
    except (OSError, ValueError, KeyError, TypeError):
        password = secrets.token_urlsafe(12)
        replace_file(file, json.dumps({"email": EMAIL, "password": password}).encode(), mode=0o600)
        return password


def _body(register: Operation, spec: Spec) -> dict[str, Any] | None:
    """Something for each member that a registration must have; None where one cannot be made up."""
    account = account_of(spec)
    members = [shape for shape in register.input if shape.required and shape.name != "password"]
    values = {shape.name: _value(shape, account, spec) for shape in members}
    return None if account is None or None in values.values() else values


def _value(shape: ShapeField, account: Entity | None, spec: Spec) -> Any:
    item = account.field(shape.name) if account else None
    kind = shape.type
    if item is None or kind is None:
        return None
    if kind.kind == "choice":
        return kind.values[0]
    if kind.kind == "enum":
        enum = spec.enum(kind.enum)
        return enum.values[0] if enum else None
    if kind.kind == "list":
        return []
    if kind.kind != "scalar":
        return None
    now = datetime.now(UTC)
    if kind.scalar in {Scalar.DATE, Scalar.DATETIME}:
        return now.date().isoformat() if kind.scalar is Scalar.DATE else now.isoformat()
    if kind.scalar in {Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN}:
        least = int(item.minimum.value) if item.minimum else 1
        found = matching(item, 1, longest=TEXT_LENGTH) if item.pattern else ()
        return found[0] if found else "Demo".ljust(least, "o")
    if kind.scalar in {Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY} and item.minimum:
        return int(item.minimum.value) if kind.scalar is Scalar.INTEGER else item.minimum.value
    return _VALUES.get(kind.scalar)
