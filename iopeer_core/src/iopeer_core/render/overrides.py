"""A project's own templates: which of them replace none, and which replace one that is not what it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from iopeer_core.hints import nearest
from iopeer_core.render.templates import PARTIAL
from iopeer_core.tree.files import digest, replace_file

Prints = dict[str, list[str]]
"""Of each template that a project replaces: the SHA-256 of the project's, and of what it replaces."""


class Overrides:
    """The templates of a project, beside those of its plugins.

    Args:
        state: the project's `.iopeer` folder: its `templates/` holds them, its `templates.json` what they replaced.
        folders: the plugins' templates.
    """

    def __init__(self, state: Path, folders: Iterable[Path]) -> None:
        self._folder, self._memory = state / "templates", state / "templates.json"
        self._folders = tuple(folders)

    def warnings(self) -> Iterator[str]:
        """What to tell of the project's templates, in the order of their paths."""
        originals = {name for folder in self._folders for name in _names(folder)}
        now, known = self._prints(), self._known()
        for name in _names(self._folder):
            path = self._folder / name
            if name in now:
                own, original = now[name]
                if name in known and known[name][0] == own and known[name][1] != original:
                    yield f"{path} replaces a template that has changed since: compare them, then save yours anew"
            elif not name.endswith(PARTIAL):  # which another of the project's may include
                near = nearest(name, originals)
                yield f"{path} replaces no template" + (f"; did you mean {near!r}?" if near else "")

    def remember(self) -> None:
        """Keep what the templates replace now, for those that are new or were edited."""
        now, known = self._prints(), self._known()
        kept = {name: known[name] if known.get(name, [""])[0] == pair[0] else pair for name, pair in now.items()}
        if kept != known:
            replace_file(self._memory, (json.dumps(kept, indent=2, sort_keys=True) + "\n").encode())

    def _prints(self) -> Prints:
        prints: Prints = {}
        for name in _names(self._folder):
            originals = [file.read_bytes() for folder in self._folders if (file := folder / name).is_file()]
            if originals:
                prints[name] = [digest((self._folder / name).read_bytes()), digest(b"".join(originals))]
        return prints

    def _known(self) -> Prints:
        """What was remembered; nothing where that cannot be read."""
        try:
            known: object = json.loads(self._memory.read_bytes())
        except (OSError, ValueError):
            return {}
        pairs = known.items() if isinstance(known, dict) else ()
        return {name: pair for name, pair in pairs if isinstance(pair, list) and len(pair) == len(("own", "original"))}


def _names(folder: Path) -> list[str]:
    """The templates of a folder by their paths in it, sorted; none where there is no folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
