"""`iopeer up`: a generated app, running on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.text import Text

from iopeer_core.blueprint.contributions import Process
from iopeer_core.errors import UserError
from iopeer_core.hints import did_you_mean
from iopeer_core.launch.alone import alone
from iopeer_core.launch.demo import api_address, demo_account
from iopeer_core.launch.folder import Folder, open_folder
from iopeer_core.launch.product import Product
from iopeer_core.launch.settings import settings

COLOURS = ("cyan", "magenta", "yellow", "blue", "green")


def run(path: Path, *, production: bool, launcher: str) -> None:
    """Run the product of a folder until it is interrupted.

    Raises:
        UserError: there is none, it runs already, or there is no such launcher.
        CheckFailed: a task fails, or a process ends by itself.
    """
    if launcher:
        _launch(path, launcher)
        return
    folder = open_folder(path)
    with alone(folder.path) as tell:
        _run(folder, production=production, tell=tell)


def _run(folder: Folder, *, production: bool, tell: Callable[[Mapping[str, str]], None]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    product = Product(
        folder.blueprint,
        folder.path,
        environment=folder.environment,
        settings=settings(folder.blueprint, folder.path),
        tell=tagged(console, folder),
        live=not production,
        wanted=True,
    )
    console.print(f"Starting {folder.blueprint.spec.title} …", style="bold", markup=False)
    tell(product.addresses)
    with product:
        _welcome(console, folder, product)
        try:
            product.watch()
        except KeyboardInterrupt:  # how it is meant to end
            console.print("Stopping …", style="bold")


def tagged(console: Console, folder: Folder) -> Callable[[str, str], None]:
    """Prints lines with the name of what they come from, each process in its colour."""
    names = [process.name for process in folder.blueprint.all(Process)]
    width = max((len(name) for name in names), default=0)
    lock = threading.Lock()

    def tell(name: str, line: str) -> None:
        colour = COLOURS[names.index(name) % len(COLOURS)] if name in names else "dim"
        with lock:
            console.print(Text.assemble((name.ljust(width), colour), "  ", Text.from_ansi(line)))

    return tell


def _welcome(console: Console, folder: Folder, product: Product) -> None:
    """Say where the product is, and how to sign in."""
    title = folder.blueprint.spec.title
    lines = [Text(f"{title} is running", style="bold green")]
    for name, address in product.addresses.items():
        why = f" (port {product.moved[name]} is taken)" if name in product.moved else ""
        lines.append(Text(f"  {name}: {address}{why}"))
    demo = demo_account(folder.blueprint, folder.path, api_address(folder.blueprint, product.addresses))
    if demo:
        lines.append(Text(f"  sign in as {demo.email} with the password {demo.password}"))
    lines.append(Text("  Ctrl-C ends it"))
    console.print(Text("\n").join([Text(), *lines, Text()]))


def _launch(path: Path, name: str) -> None:
    """Hand a folder to the launcher of a plugin."""
    import typer

    from iopeer_core.plugins.commands import launchers, run_launcher
    from iopeer_core.plugins.discovery import discover

    known = launchers(discover())
    if name not in known:
        there = f"there are: {', '.join(known)}" if known else "no installed plugin has one"
        raise UserError(f"there is no launcher {name!r}", how=did_you_mean(name, known) or there)
    open_folder(path)
    if code := run_launcher(known[name], path.resolve()):
        raise typer.Exit(code)
