"""Reads the index of plugins: a file, an address, or the copy that came with IOPEER."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.market.release import Index
from iopeer_core.surroundings import environment

VARIABLE = "IOPEER_INDEX"
SHIPPED = Path(__file__).with_name("registry.json")
LARGEST = 20_000_000
"""Bytes of an index that are read at most."""
PATIENCE = 20
"""Seconds that an address may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """An index, where it was read, and where its wheels are; None: in the package indexes that uv asks."""

    index: Index
    place: str
    wheels: Path | None = None


def read_market() -> Market:
    """The index that `IOPEER_INDEX` names, a path or an address; without it the copy that came with IOPEER.

    Raises:
        UserError: it cannot be reached or read, or is no index of a format that is known.
    """
    place = environment().get(VARIABLE, "")
    if place.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        return Market(index=_parsed(_fetched(place), place), place=place)
    if "://" in place:
        raise UserError(f"{place} is no address of an index", where=VARIABLE, how="use https, or the path of a file")
    path = Path(place) if place else Path(os.path.realpath(SHIPPED))  # in a clone it is a link to the one at the root
    index = _parsed(_read(path), str(path))
    folder = path.parent / index.wheels
    return Market(index=index, place=str(path), wheels=folder if index.wheels and folder.is_dir() else None)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(
            f"the index of plugins cannot be read: {error.strerror}", where=str(path), how=f"look at {VARIABLE}"
        ) from error
    return _small(content, str(path))


def _fetched(address: str) -> bytes:
    import httpx

    try:
        with httpx.stream("GET", address, timeout=PATIENCE, follow_redirects=True) as answer:
            answer.raise_for_status()
            content = b""
            for piece in answer.iter_bytes():
                content = _small(content + piece, address)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UserError(
            f"the index of plugins cannot be reached: {error}",
            where=address,
            how=f"try again later; without {VARIABLE} the copy that came with IOPEER is read",
        ) from error
    return content


def _small(content: bytes, place: str) -> bytes:
    if len(content) > LARGEST:
        raise UserError(f"the index of plugins has more than {LARGEST} bytes", where=place, how=f"look at {VARIABLE}")
    return content


def _parsed(content: bytes, place: str) -> Index:
    from pydantic import ValidationError

    try:
        return Index.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UserError(
            f"this is no index of plugins: {f'{key}: ' if key else ''}{first['msg']}",
            where=place,
            how="upgrade IOPEER if the index is newer than it, else restore the file",
        ) from error
