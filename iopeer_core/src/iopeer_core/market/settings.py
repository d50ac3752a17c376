"""Enables and disables plugins in a project's settings; comments and everything else stay as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iopeer_core.plugins.config import JSON, TOML, declared
from iopeer_core.tree.files import replace_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def enable(folder: Path, name: str) -> bool:
    """Enable a plugin of this installation in the project; false where it is enabled already.

    Raises:
        UserError: the settings cannot be read or written.
    """
    return _change(folder, add=(name,))


def disable(folder: Path, name: str, *, gone: bool) -> bool:
    """Disable a plugin in the project; false where it was not enabled.

    Args:
        folder: the project's.
        name: the plugin's.
        gone: it is going to be uninstalled: its own table becomes a comment, since nobody knows it any more.

    Raises:
        UserError: the settings cannot be read or written.
    """
    changed = _change(folder, remove=(name,))
    if gone and (folder / TOML).is_file():
        _comment_out(folder / TOML, name)
    return changed


def _change(folder: Path, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> bool:
    found, before = declared(folder)
    after = sorted({*before, *add} - {*remove})
    if after == sorted(before):
        return False
    path = found or folder / TOML
    if path.name == JSON:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        data["plugins"] = _kept_order(before, after)
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    else:
        text = _in_toml(path.read_text(encoding="utf-8-sig") if found else "", before, after)
    replace_file(path, text.encode())
    return True


def _in_toml(text: str, before: Iterable[str], after: list[str]) -> str:
    """The settings with other plugins: names are taken out and added one by one, so that comments stay."""
    import tomlkit
    from tomlkit.items import Array

    document: TOMLDocument = tomlkit.parse(text)
    plugins = document.get("plugins")
    if not isinstance(plugins, Array):
        fresh = tomlkit.array()
        fresh.extend(before)
        head = tomlkit.document()
        head.add("plugins", fresh)
        plugins, rest = fresh, tomlkit.dumps(document)
        _fit(plugins, after)
        return tomlkit.dumps(head) + (f"\n{rest.lstrip()}" if rest.strip() else "")
    _fit(plugins, after)
    return tomlkit.dumps(document)


def _fit(plugins: Any, after: list[str]) -> None:
    for name in [name for name in plugins if name not in after]:
        plugins.remove(name)
    for name in after:
        if name not in plugins:
            plugins.append(name)


def _kept_order(before: Iterable[str], after: list[str]) -> list[str]:
    kept = [name for name in before if name in after]
    return kept + [name for name in after if name not in kept]


def _comment_out(path: Path, name: str) -> None:
    """Make comments of a plugin's table and of the tables in it: what was set there is not lost."""
    lines, inside = [], False
    for line in path.read_text(encoding="utf-8-sig").splitlines(keepends=True):
        head = line.strip().strip("[]").split("#")[0].strip().strip("]").strip()
        if line.lstrip().startswith("["):
            inside = head == name or head.startswith(f"{name}.")
        lines.append(f"# {line}" if inside and line.strip() else line)
    replace_file(path, "".join(lines).encode())
