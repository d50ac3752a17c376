"""A product that lies in a folder, as a generation left it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import product_from_data
from iopeer_core.blueprint.contributions import Component
from iopeer_core.environments.provide import Provided, provide
from iopeer_core.errors import UserError
from iopeer_core.tree.files import read_text, refuse_links_out
from iopeer_core.tree.journal import STATE
from iopeer_core.tree.manifest import MANIFEST, read_manifest

HOW = "`iopeer generate SPEC` makes one in generated/"


@dataclass(frozen=True, slots=True)
class Folder:
    """The plan of what runs in a folder, and the environments of its components."""

    path: Path
    blueprint: Blueprint
    _provided: dict[str, Provided] = field(default_factory=dict)

    def environment(self, component: Component) -> Provided:
        """The environment of a component, with its packages put into the folder where it wants them there.

        Raises:
            UserError: it cannot be made.
        """
        if component.name not in self._provided:
            provided = provide(component, self.blueprint, self._text)
            provided.place(self.path)
            self._provided[component.name] = provided
        return self._provided[component.name]

    def _text(self, path: str) -> str | None:
        file = self.path / path
        return read_text(file) if file.is_file() else None


def open_folder(path: Path) -> Folder:
    """The product in a folder.

    Raises:
        UserError: nothing was generated there, or what runs would write through a link that leads out of it.
    """
    state = path / STATE
    refuse_links_out((path, Path.cwd()), (path, state, *state.glob("*")))
    manifest = read_manifest(path)
    if manifest.product is None:
        made = "an older version made it" if manifest.spec else "nothing was generated there"
        raise UserError(f"{path} holds no product that can be run: {made}", how=HOW)
    try:
        return Folder(path.resolve(), product_from_data(manifest.spec, manifest.product))
    except (ValueError, KeyError, TypeError) as error:
        where = str(path / MANIFEST)
        raise UserError(f"what is known of the product is damaged: {error!s:.200}", where=where) from error
