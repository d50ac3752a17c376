"""The pages about the spec in both languages: every example is read without a problem, every word is of the format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from iopeer_core.language.reader import read
from iopeer_core.language.text import fold
from iopeer_core.language.vocabulary import core_words

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, SPANISH = ((DOCS / name).read_text("utf-8") for name in ("spec.md", "es/spec.md"))
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```", PAGE + SPANISH, re.DOTALL | re.MULTILINE)
FORMS = {language: {fold(form) for word in core_words() for form in word.forms[language]} for language in ("en", "es")}


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_has_no_problem(number: int) -> None:
    result = read(EXAMPLES[number])
    assert [problem.render() for problem in result.problems] == []
    assert result.spec is not None


def test_the_words_of_the_table_are_those_that_are_read() -> None:
    table = PAGE.partition("## In Spanish")[2].partition("## When")[0]
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.*\|$", table, re.MULTILINE)
    ]
    unknown = []
    for row in rows[2:]:
        for index, cell in enumerate(row):
            language = "es" if index % 2 else "en"
            unknown += [form for form in _forms(cell) if fold(form) not in FORMS[language]]
    assert len(rows) > 20
    assert unknown == []


def test_the_pages_say_the_same() -> None:
    """As many sections, tables, rows and examples; the one in Spanish leaves out the table of words alone."""
    english = PAGE.partition("## In Spanish")[0] + PAGE[PAGE.index("## When something") :]
    pages = [
        re.sub(r"^```markdown\n.*?^```", "```", page, flags=re.DOTALL | re.MULTILINE) for page in (english, SPANISH)
    ]
    for mark in (r"^#{1,2} ", r"^\|[-|]+\|$", r"^\|", r"^- ", r"^```"):
        first, second = (len(re.findall(mark, page, re.MULTILINE)) for page in pages)
        assert first == second, mark


def _forms(cell: str) -> list[str]:
    parts = [part.strip() for part in cell.split(" / ")]
    return [form.strip() for part in parts for form in part.split(",") if form.strip()]
