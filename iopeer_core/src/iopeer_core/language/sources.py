"""From bytes to text that can be read: encoding, limits, characters that no spec needs; the files of Include."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from iopeer_core.language.problems import Problems
from iopeer_core.model.spec import Span

MOST_BYTES = 1_000_000
MOST_LINES = 20_000
LONGEST_LINE = 20_000
"""Characters; ten thousand lines of a real spec have none of 500."""
MOST_BARS = 150_000
"""Vertical bars: choices and cells of tables."""
MOST_FILES = 1_000

Load = Callable[[str, str], Sequence[tuple[str, bytes]]]
"""From the name of the file that holds an `## Include` and a glob of it to (name, bytes) of every match.

Raises `OutsideError` for a glob that leaves the folder of the spec.
"""

# Control characters, line ends that are none, and those that reorder or hide text.
_FORBIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]"
    # Joiners are part of emoji and of some scripts, and of nothing else.
    "|(?<![^\0-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\0-\u024f])"
)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACES = str.maketrans(
    dict.fromkeys("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
)
"""Spaces that look like one and are none to Markdown: copied from elsewhere, they mean a plain one."""


class OutsideError(ValueError):
    """A path that leaves the folder it belongs to."""


def decode(data: bytes | str, file: str, problems: Problems, *, most: int = MOST_BYTES) -> str | None:
    """The text of a file with plain line ends, none when it cannot be read or has more than `most` bytes."""
    whole = Span(file=file)
    if len(data) > most:
        problems.add("E003", whole, size=len(data), most=most)
        return None
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            problems.add("E001", Span(file=file, line=line, column=1, end_column=2), byte=f"0x{data[error.start]:02x}")
            return None
    else:
        text = data.removeprefix("\ufeff")
    if text.count("|") > MOST_BARS:
        problems.add("E007", whole, bars=text.count("|"), most=MOST_BARS)
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        problems.add("E009", whole, lines=len(lines), most=MOST_LINES)
        return None
    long = next((number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE), 0)
    if long:
        place = Span(file=file, line=long, column=LONGEST_LINE + 1, end_column=LONGEST_LINE + 2)
        problems.add("E004", place, length=len(lines[long - 1]), most=LONGEST_LINE)
        return None
    return "\n".join(_clean(line, number, file, problems) for number, line in enumerate(lines, start=1))


def _clean(line: str, number: int, file: str, problems: Problems) -> str:
    """The line with plain spaces, and forbidden characters reported and made such; lone surrogates are such too."""
    if line.isascii() and line.isprintable():
        return line
    line = line.translate(SPACES)
    found = _FORBIDDEN.search(line)
    if found is None:
        return line
    at, character = found.start(), found[0]
    code = "E006" if character in _BIDI else "E005"
    place = Span(file=file, line=number, column=at + 1, end_column=at + 2)
    problems.add(code, place, character=f"U+{ord(character):04X}")
    return _FORBIDDEN.sub(" ", line)


def read_bounded(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, of a larger one the first `most` and one more.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return stream.read(most + 1)


def folder_loader(root: Path) -> Load:
    """A loader of files under `root`, a folder; names are relative to it, with `/`."""
    home = root.resolve()

    def load(file: str, glob: str) -> list[tuple[str, bytes]]:
        if not glob or Path(glob).is_absolute() or ".." in Path(glob).parts or "\\" in glob or ":" in glob:
            raise OutsideError(glob)
        base = home / Path(file).parent
        found: list[tuple[str, bytes]] = []
        left = MOST_BYTES
        for path in sorted(islice(base.glob(glob), MOST_FILES)):
            real = path.resolve()
            if not real.is_relative_to(home):
                raise OutsideError(glob)
            if real.is_file():
                data = read_bounded(real, max(left, 0))
                left -= len(data)
                found.append((path.relative_to(home).as_posix(), data))
        return found

    return load
