"""Pictures of a product as it runs: a plugin's task takes them, of the screens that plugins tell of."""

from __future__ import annotations

import json
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Screen, Task
from iopeer_core.errors import UserError
from iopeer_core.launch.demo import api_address, demo_account
from iopeer_core.launch.folder import Folder
from iopeer_core.launch.product import Product, Tell
from iopeer_core.launch.settings import fresh_settings

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


def screens(blueprint: Blueprint) -> list[Screen]:
    """What there is to see, in the order of the product."""
    return sorted(blueprint.all(Screen), key=lambda screen: (screen.order, screen.name))


def take_pictures(folder: Folder, out: Path, tell: Tell) -> tuple[Path, ...]:
    """Run a product, built as users get it and with a new database, and have its pictures taken.

    Args:
        folder: the product's, to be thrown away afterwards: what it makes when it runs stays there.
        out: where the pictures go.
        tell: gets the output of everything that runs.

    Returns:
        The pictures that were taken, sorted: not those that were there before.

    Raises:
        UserError: no plugin of the product takes pictures.
        CheckFailed: the product does not run, or a picture cannot be taken.
    """
    if not any(task.stage == "pictures" for task in folder.blueprint.all(Task)):
        raise UserError("no plugin of this app takes pictures", how="enable one with a frontend, and generate again")
    out.mkdir(parents=True, exist_ok=True)
    before = _pictures(out)
    product = Product(
        folder.blueprint,
        folder.path,
        environment=folder.environment,
        settings=fresh_settings(folder.blueprint),
        tell=tell,
    )
    with product:
        demo = demo_account(folder.blueprint, folder.path, api_address(folder.blueprint, product.addresses))
        account = {"DEMO_EMAIL": demo.email, "DEMO_PASSWORD": demo.password} if demo else {}
        seen = [
            {"name": one.name, "path": one.path, "title": one.title, "signed_in": one.signed_in}
            for one in screens(folder.blueprint)
        ]
        product.run_tasks("pictures", {"PICTURES": str(out.resolve()), "SCREENS": json.dumps(seen), **account})
    return tuple(path for path, time in sorted(_pictures(out).items()) if before.get(path) != time)


def _pictures(folder: Path) -> dict[Path, int]:
    """The pictures in a folder, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in folder.iterdir() if path.suffix in SUFFIXES}
