"""Texts: one form of each, and what they are found and sorted by, on every database."""

import re
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, Enum, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

MARKS = "\u0300-\u036f"
"""The accents that stand behind a letter when it is taken apart."""
INVISIBLE = (
    r"\s\x00\x85\xad\u034f\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufeff\uffa0"
)
"""What shows nothing, within a class of a regular expression."""
_BLANK = re.compile(f"[{INVISIBLE}]*")
_ACCENTS = re.compile(f"[{MARKS}]")


def composed(value: Any) -> Any:
    """Give texts, alone or in a list, in their one form: composed (NFC), and empty where nothing shows."""
    if isinstance(value, str):
        text = value if value.isascii() else normalize("NFC", value)
        return "" if _BLANK.fullmatch(text) else text
    if isinstance(value, list):
        return [composed(item) if isinstance(item, str) else item for item in value]
    return value


def folded(text: str | None) -> str | None:
    """Give what a text is found and sorted by: without accents, in small letters."""
    if text is None or text.isascii():
        return text and text.lower()
    return _ACCENTS.sub("", normalize("NFD", text)).lower()


class fold(FunctionElement[str]):  # noqa: N801  # it is called as SQL's functions are
    """The same in the database: `folded` on SQLite, which has it as a function of its own."""

    type = String()
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        """Take the column."""
        super().__init__(column)


@compiles(fold, "sqlite")
def _in_sqlite(element: fold, compiler: SQLCompiler, **options: Any) -> str:
    return f"folded({compiler.process(element.clauses, **options)})"


@compiles(fold, "postgresql")
def _in_postgresql(element: fold, compiler: SQLCompiler, **options: Any) -> str:
    """Take letters apart only where a text has others than ASCII; compare them by their numbers."""
    text = compiler.process(element.clauses, **options)
    bare = f"regexp_replace(normalize({text}, NFD), '[{MARKS}]', '', 'g')"
    plain = f"octet_length({text}) = length({text})"
    return f"((CASE WHEN {plain} THEN lower({text}) ELSE lower({bare}) END) COLLATE \"C\")"


def rank(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give what rows are sorted by, of a column: texts by their letters, all else by its value."""
    textual = isinstance(column.type, String) and not isinstance(column.type, Enum)
    return fold(column) if textual else column
