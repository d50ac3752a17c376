"""`iopeer.lock` beside the spec: which plugins a project had installed, with the hashes of all that came with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tomli

from iopeer_core.errors import UserError
from iopeer_core.market.release import Closed, Release
from iopeer_core.tree.files import replace_file

FILE = "iopeer.lock"
HEAD = "# What `iopeer add plugin` installed for this project; `iopeer sync` installs the same again.\n"


class Pins(Closed):
    """The content of the file."""

    format: int = 1
    plugins: tuple[Release, ...] = ()

    def with_(self, release: Release) -> Pins:
        """With this release in place of another one of the plugin."""
        return self._of((*(pin for pin in self.plugins if pin.name != release.name), release))

    def without(self, name: str) -> Pins:
        """Without a plugin."""
        return self._of(pin for pin in self.plugins if pin.name != name)

    def _of(self, plugins: Iterable[Release]) -> Pins:
        return Pins(plugins=tuple(sorted(plugins, key=lambda release: release.name)))


def read_pins(folder: Path) -> Pins:
    """What the project's lock says; nothing where there is none.

    Raises:
        UserError: it cannot be read, or is no lock.
    """
    from pydantic import ValidationError

    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Pins()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("the lock of plugins cannot be read", where=str(path), how=str(error)) from error
    try:
        return Pins.model_validate(tomli.loads(text))
    except (ValueError, ValidationError) as error:
        raise UserError(
            "this is no lock of plugins",
            where=str(path),
            how="restore it from git, or remove it and add the plugins again",
        ) from error


def write_pins(folder: Path, pins: Pins) -> None:
    """Write the project's lock; without plugins there is none.

    Raises:
        UserError: it cannot be written.
    """
    import tomlkit

    path = folder / FILE
    if not pins.plugins:
        path.unlink(missing_ok=True)
        return
    text = HEAD + tomlkit.dumps(pins.model_dump(mode="json", exclude_defaults=True, exclude={"format"}) | {"format": 1})
    replace_file(path, text.encode())
