"""Every code of the catalogue: its own example has it, its messages can be made in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from iopeer_core.language import problems
from iopeer_core.language.problems import Entry, catalogue, document
from iopeer_core.language.reader import read
from iopeer_core.language.vocabulary import LANGUAGES

SOURCES = Path(problems.__file__).parents[1]
# What no text alone can show: bytes and limits (test_hostile.py), files (test_include.py), plugins (the planner).
ELSEWHERE = {
    "E001",
    "E003",
    "E004",
    "E005",
    "E006",
    "E007",
    "E009",
    "E019",
    "E099",
    "E131",
    "E133",
    "E140",
    "W240",
    "W241",
}


def whole(example: str) -> str:
    """An example as a whole file: fields stand under an entity."""
    example = example.strip("\n") + "\n"
    if example.startswith(("# ", "## ")):
        return example
    head = "# Shop\n\n## Entities\n\n"
    return head + example if example.startswith("### ") else f"{head}### Thing\n\n{example}"


@pytest.mark.parametrize("entry", [e for e in catalogue().values() if e.code not in ELSEWHERE], ids=lambda e: e.code)
def test_example_has_its_problem(entry: Entry) -> None:
    assert entry.example, "no code is without a test"
    found = read(whole(entry.example)).problems
    assert entry.code in {problem.code for problem in found}


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda e: e.code)
def test_example_has_few_other_problems(entry: Entry) -> None:
    others = {p.code for p in read(whole(entry.example)).errors} - {entry.code, "E078"} if entry.example else set()
    assert len(others) <= 1, others


def test_codes_in_the_source_are_those_of_the_catalogue() -> None:
    used = {c for path in SOURCES.rglob("*.py") for c in re.findall(r'"([EW][0-9]{3})"', path.read_text("utf-8"))}
    assert used == set(catalogue())


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda e: e.code)
def test_messages_speak_every_language_with_the_same_values(entry: Entry) -> None:
    assert set(entry.messages) == set(LANGUAGES)
    assert len({frozenset(re.findall(r"\{(\w+)\}", message)) for message in entry.messages.values()}) == 1


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda e: e.code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_made(entry: Entry, language: str) -> None:
    for problem in read(whole(entry.example), language=language).problems if entry.example else ():
        assert problem.message
        assert "{" not in problem.message.replace("'{", "")


def test_document_has_every_code() -> None:
    page = document()
    assert all(f"## {code}: " in page for code in catalogue())
