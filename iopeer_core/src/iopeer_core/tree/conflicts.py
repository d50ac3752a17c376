"""What a run could not merge, in `.iopeer/conflicts/`, and what the user decided about it.

Of each path there are the file as it was generated (`base/`), the user's (`theirs/`), the new one (`new/`) and, where
they are texts, all of them in one with marks (`merged/`). `conflicts.json` lists them, with what was decided. A
decision holds as long as all three are what they were: the next run takes it, tests it and writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from iopeer_core.errors import UserError
from iopeer_core.tree import journal
from iopeer_core.tree.files import digest, obstacle
from iopeer_core.tree.git import is_marked
from iopeer_core.tree.paths import safe_path

FOLDER = f"{journal.STATE}/conflicts"
LIST = f"{FOLDER}/conflicts.json"
FORMAT = 1
Choice = Literal["", "theirs", "new", "merged"]
"""What was decided: nothing yet, the user's file, the new one, the one in `merged/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A path on which the user and a generation do not agree; None for a file that is not there."""

    path: str
    why: str
    base: bytes | None = None
    theirs: bytes | None = None
    new: bytes | None = None
    marked: bytes | None = None  # all three in one; None where they are no texts
    blocked: bool = False  # what stands there is no file: nothing but the user's hands can move it
    choice: Choice = ""

    @property
    def sides(self) -> dict[str, bytes]:
        """The files that there are, by the folder that holds each."""
        sides = {"base": self.base, "theirs": self.theirs, "new": self.new, "merged": self.marked}
        return {name: content for name, content in sides.items() if content is not None}

    @property
    def key(self) -> list[str]:
        """What it is between: a decision about it holds for no other."""
        return [digest(side) if side is not None else "" for side in (self.base, self.theirs, self.new)]


class Conflicts:
    """The conflicts that lie in a folder.

    Args:
        out: the output folder.

    Raises:
        UserError: the list is damaged.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        document = self._document()
        self.spec = str(document.get("spec", ""))  # what the next run is about
        self._listed: dict[str, dict[str, Any]] = document.get("conflicts", {})

    def __iter__(self) -> Iterator[Conflict]:
        """Each of them, with what was decided."""
        for path, entry in sorted(self._listed.items()):
            sides = {name: self._side(name, path) for name in ("base", "theirs", "new", "merged")}
            yield Conflict(
                path=path,
                why=entry["why"],
                base=sides["base"],
                theirs=sides["theirs"],
                new=sides["new"],
                marked=sides["merged"],
                blocked=entry["blocked"],
                choice=entry["choice"],
            )

    def decided(self, conflict: Conflict) -> Conflict:
        """A conflict with what was decided about it, if that still holds."""
        entry = self._listed.get(conflict.path)
        if not entry or not entry["choice"] or entry["key"] != conflict.key:
            return conflict
        if entry["choice"] != "merged":
            return replace(conflict, choice=entry["choice"])
        merged = self._side("merged", conflict.path)
        if merged is None or digest(merged) != entry.get("merged"):
            return conflict
        return replace(conflict, choice="merged", marked=merged)

    def settle(self, conflict: Conflict, choice: Choice) -> None:
        """Remember what the user decided; `merged` means the file in `merged/` as it is now.

        Raises:
            UserError: it has marks still, or cannot be decided so.
        """
        merged = self._side("merged", conflict.path) if choice == "merged" else None
        if choice == "merged" and (merged is None or is_marked(merged)):
            raise UserError(f"{self.place('merged', conflict.path)} still has the marks of a conflict")
        if choice != "theirs" and conflict.blocked:
            raise UserError(f"{conflict.path}: {conflict.why}", how="move it away, then generate again")
        entry = {**self._listed[conflict.path], "choice": choice, "merged": digest(merged) if merged else ""}
        self._listed[conflict.path] = entry
        journal.write(self.out, {LIST: (_list(self.spec, self._listed), 0o644)}, ())

    def record(self, conflicts: Iterable[Conflict], spec: str) -> None:
        """Put these conflicts in place of those that are there. The caller holds the folder's lock."""
        files: dict[str, tuple[bytes, int]] = {}
        listed: dict[str, dict[str, Any]] = {}
        for one in conflicts:
            for name, content in one.sides.items():
                files[f"{FOLDER}/{name}/{one.path}"] = (content, 0o600)  # as private as the file that it shows may be
            merged = digest(one.marked) if one.choice == "merged" and one.marked is not None else ""
            listed[one.path] = {"why": one.why, "key": one.key, "blocked": one.blocked, "choice": one.choice}
            listed[one.path]["merged"] = merged
        files[LIST] = (_list(spec, listed), 0o644)
        if (way := obstacle(self.out, LIST)) is not None:
            raise UserError(f"{way} must be a folder", how="move it away")
        journal.write(self.out, files, [path for path in paths(self.out) if path not in files])

    def place(self, side: str, path: str) -> Path:
        """Where a side of a conflict lies."""
        return self.out / FOLDER / side / path

    def _side(self, name: str, path: str) -> bytes | None:
        place = self.place(name, path)
        if obstacle(self.out, place.relative_to(self.out).as_posix()) is not None or place.is_symlink():
            return None
        return place.read_bytes() if place.is_file() else None

    def _document(self) -> dict[str, Any]:
        try:
            document: dict[str, Any] = json.loads((self.out / LIST).read_bytes())
            if document["format"] != FORMAT:
                raise ValueError(f"format {document['format']!r}")
            for path, entry in document["conflicts"].items():
                if safe_path(path) != path or entry["choice"] not in get_args(Choice):
                    raise ValueError(path)
                str(entry["why"]), bool(entry["blocked"]), list(entry["key"])
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UserError) as error:
            raise UserError(
                f"the list of conflicts is damaged ({type(error).__name__}: {error!s:.100})",
                where=str(self.out / LIST),
                how=f"delete {self.out / FOLDER}, then generate again",
            ) from error
        return document


def paths(out: Path) -> list[str]:
    """Every file of the conflicts that lie in a folder."""
    folder = out / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(path.relative_to(out).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _list(spec: str, listed: Mapping[str, object]) -> bytes:
    return (json.dumps({"format": FORMAT, "spec": spec, "conflicts": listed}, indent=2, sort_keys=True) + "\n").encode()
