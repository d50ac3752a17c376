"""Names that the application's own code has, read from the templates: no entity is called so."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

TEMPLATES = Path(__file__).parent.parent / "templates"
_GROUP = re.compile(r"\([^/]+\)/")
"""A folder of pages that addresses do not show."""
_COMMENT = re.compile(r"/\*.*?\*/|//.*?$", re.DOTALL | re.MULTILINE)
_SUFFIX = re.compile(r"(\.tsx?)?(\.j2)?$")
_WORD = re.compile(r"(?<![\w}])[A-Za-z]\w*(?![\w{])")
_FORM = re.compile(r"(\w*)(?:\{\{ |\" ~ |\b)(?:\w+\.)+(plural_type|type)\b(?: \}\}| ~ \")?(\w*)")


@cache
def files(placeholder: str) -> frozenset[str]:
    """What an entity cannot be called in addresses and files, since the application has such ones.

    Args:
        placeholder: what stands for the name in the paths of templates: `{entities.kebab}`.
    """
    found = {"api"}  # where the web application hands requests on
    everything = [_Named.of(path) for path in TEMPLATES.rglob("*")]
    for each in everything:
        before, held, after = each.name.partition(placeholder)
        pattern = re.compile(re.escape(before) + r"([^{}]+)" + re.escape(after))
        if held:
            beside = (other for other in everything if (other.folder, other.is_file) == (each.folder, each.is_file))
            found |= {match[1] for other in beside if (match := pattern.fullmatch(other.name))}
    return frozenset(found)


@cache
def words() -> frozenset[str]:
    """The identifiers of the files in which entities' types stand."""
    return frozenset(word for text in _code() for word in _WORD.findall(_COMMENT.sub("", text)))


@cache
def forms(kind: str) -> frozenset[tuple[str, str]]:
    """What is put before and behind an entity's type: `use`, `Query`.

    Args:
        kind: `type` or `plural_type`.
    """
    found = (match for text in _code() for match in _FORM.finditer(text))
    return frozenset({("", ""), *((match[1], match[3]) for match in found if match[2] == kind)})


def _code() -> list[str]:
    return [path.read_text("utf-8") for path in sorted((TEMPLATES / "frontend").rglob("*.ts*.j2"))]


class _Named(NamedTuple):
    """A file or folder: as an address, and as other files import it."""

    folder: str
    name: str
    is_file: bool

    @classmethod
    def of(cls, path: Path) -> Self:
        folder, _, name = _GROUP.sub("", path.relative_to(TEMPLATES).as_posix()).rpartition("/")
        return cls(folder, _SUFFIX.sub("", name), path.is_file())
