"""`iopeer screenshots`: pictures of a generated app, as it runs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from rich.console import Console

from iopeer_core.blueprint.contributions import Task
from iopeer_core.cli.up import api_address, tagged
from iopeer_core.errors import UserError
from iopeer_core.launch.demo import demo_account
from iopeer_core.launch.folder import Folder, open_folder
from iopeer_core.launch.product import Product
from iopeer_core.launch.settings import fresh_settings


def run(path: Path, out: Path) -> None:
    """Run the product of a folder, and have its pictures taken.

    Raises:
        UserError: nobody knows how.
        CheckFailed: a picture cannot be taken.
    """
    folder = open_folder(path)
    pictures(folder, out, Console(highlight=False, soft_wrap=True))


def pictures(folder: Folder, out: Path, console: Console) -> None:
    """Take the pictures of a product into a folder."""
    if not any(task.stage == "pictures" for task in folder.blueprint.all(Task)):
        raise UserError("no plugin of this app takes pictures", how="enable one with a frontend, and generate again")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="iopeer-") as copy:
        staged = Path(copy, "app")
        shutil.copytree(folder.path, staged, ignore=shutil.ignore_patterns("node_modules", ".next", "*.db*", ".env"))
        there = Folder(staged.resolve(), folder.blueprint)
        product = Product(
            there.blueprint,
            there.path,
            environment=there.environment,
            settings=fresh_settings(there.blueprint),
            tell=tagged(console, there),
        )
        with product:
            demo = demo_account(there.blueprint, there.path, api_address(there, product))
            account = {"DEMO_EMAIL": demo.email, "DEMO_PASSWORD": demo.password} if demo else {}
            product.run_tasks("pictures", {"PICTURES": str(out.resolve()), **account})
    console.print(f"{len(list(out.rglob('*.png')))} pictures in {out}/", markup=False)
