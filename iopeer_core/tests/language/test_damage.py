"""One damaged line, as editors and word processors damage them: it is told, or the same Spec is read.

Every line of three whole specs meets every damage of the first table; those of the second, which nobody meets every
day, take turns over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from iopeer_core.language.fix import fix
from iopeer_core.language.reader import read

SPECS = Path(__file__).parents[3] / "tests" / "specs"
NAMES = ("tracker", "biblioteca", "practice", "clinic")
Damage = Callable[[str], str]


def bullet(mark: str) -> Damage:
    return lambda line: mark + line[2:] if line.startswith("- ") else line


def before(text: str) -> Damage:
    return lambda line: text + line if line else line


def within(text: str) -> Damage:
    return lambda line: line[:3] + text + line[3:] if line else line


def instead(old: str, new: str) -> Damage:
    return lambda line: line.replace(old, new)


def quotes(left: str, right: str) -> Damage:
    return lambda line: re.sub(r'"([^"]*)"', rf"{left}\1{right}", line)


USUAL: dict[str, Damage] = {
    "en dash": bullet("– "),
    "bullet sign": bullet("• "),
    "no bullet": bullet(""),
    "two spaces": before("  "),
    "four spaces": before("    "),
    "a tab before": before("\t"),
    "a tab within": lambda line: line.replace(" ", "\t", 1),
    "non-breaking space": lambda line: line.replace(" ", "\u00a0", 1),
    "non-breaking spaces": instead(" ", "\u00a0"),
    "smart quotes": quotes("“", "”"),
    "hyphens are dashes": instead("-", "–"),
}
RARE: dict[str, Damage] = {
    **{f"bullet {mark}": bullet(f"{mark} ") for mark in "—−·‒―‐‣◦▪*+→=~"},
    "one space": before(" "),
    "no bullet but its space": bullet(" "),
    "no space": lambda line: re.sub(r"^(-|#+) ", r"\1", line),
    "non-breaking space before": before("\u00a0"),
    "number": bullet("1. "),
    "number in brackets": bullet("2) "),
    "spaces for a bullet": bullet("  "),
    "two bullets": bullet("- – "),
    "task": bullet("- [ ] "),
    "hyphens are long dashes": instead("-", "—"),
    "a hyphen for a dash": instead(" — ", " - "),
    "no sharp": lambda line: line.lstrip("# ") if line.startswith("#") else line,
    "one sharp more": lambda line: "#" + line if line.startswith("#") else line,
    "one sharp less": lambda line: line[1:] if line.startswith("##") else line,
    "bold": lambda line: f"**{line.lstrip('# ')}**" if line.startswith("#") else line,
    "escaped": before("\\"),
    "quoted": before("> "),
    "right quotes": instead('"', "”"),
    "single quotes": quotes("‘", "’"),
    "guillemets": quotes("«", "»"),
    "accents for backticks": instead("`", "´"),
    "no backticks": instead("`", ""),
    "wide colon": instead(":", "："),
    "wide comma": instead(",", "，"),
    "no colon": lambda line: line.replace(":", "", 1),
    "no bars": instead("|", " "),
    "wide space": lambda line: line.replace(" ", "\u3000", 1),
    **{f"U+{ord(sign):04X}": within(sign) for sign in "\u200b\u200d\u00ad\u200e"},
    "fence": lambda line: f"```\n{line}\n```" if line else line,
    "open fence": before("```\n"),
    "open comment": before("<!-- "),
    "HTML": before("<pre>\n"),
}


def text_of(name: str) -> str:
    """A spec without its notes, which are free, and without a language that it has no labels for."""
    text = re.sub(r"\n## Not(es|as)\n[\s\S]*", "\n", (SPECS / f"{name}.md").read_text("utf-8"))
    return text if "## Labels" in text else text.replace("languages: en, es", "languages: en")


def silent(text: str, damage: Damage, numbers: Iterable[int]) -> list[str]:
    """The damaged lines that are read as something else, and not told."""
    sound = read(text)
    assert sound.spec
    assert not sound.problems
    lines, found = text.split("\n"), []
    for number in numbers:
        damaged = damage(lines[number])
        if damaged == lines[number]:
            continue
        result = read("\n".join([*lines[:number], damaged, *lines[number + 1 :]]))
        if not result.problems and result.spec != sound.spec:
            found.append(damaged)
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", USUAL)
def test_a_damaged_line_is_told_or_means_the_same(damage: str, name: str) -> None:
    text = text_of(name)
    assert silent(text, USUAL[damage], range(text.count("\n") + 1)) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", RARE)
def test_rarer_damages_too(damage: str, name: str) -> None:
    text = text_of(name)
    first = list(RARE).index(damage) % 7
    facts = [number for number, line in enumerate(text.split("\n")) if line.startswith(("-", "#", "|"))]
    assert silent(text, RARE[damage], facts[first::7]) == []


SALARY = """# Pay

## Roles

- admin
- member

## Entities

### Salary

- name: text, required
- amount: money

#### Permissions

- admin: all
- member: read

### Bonus

- title: text

#### Permissions

- admin: all
"""


@pytest.mark.parametrize("mark", ["– ", "— ", "− ", "• ", "· ", "‣ ", "◦ ", "▪ ", "-", "–", "1. ", "1) ", "", "    - "])
@pytest.mark.parametrize("fact", ["admin: all", "member: read", "amount: money", "name: text, required"])
def test_a_wrong_mark_is_an_error_that_is_mended(fact: str, mark: str) -> None:
    text = SALARY.replace(f"- {fact}\n", f"{mark}{fact}\n", 1)
    result = read(text)
    line = text.split("\n").index(f"{mark}{fact}") + 1
    assert line in {problem.line for problem in result.errors}
    assert fix(text)[0] == SALARY


def test_a_block_of_wrong_dashes_is_mended_whole() -> None:
    head, _, block = SALARY.partition("#### Permissions")
    text = head + "#### Permissions" + block.replace("- ", "– ")
    assert len({problem.line for problem in read(text).errors}) >= 4
    assert fix(text)[0] == SALARY


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("####Permissions", "E020"),
        ("####\u00a0Permissions", None),
        ("##### Permissions", "E014"),
        ("#### Permisions", "E013"),
        ("**Permissions**", "E020"),
        ("Permissions", "E020"),
        ("\\#### Permissions", "E020"),
        ("＃＃＃＃ Permissions", "E020"),
    ],
)
def test_damaged_headings(wrong: str, code: str | None) -> None:
    result = read(SALARY.replace("#### Permissions", wrong, 1))
    assert code in {problem.code for problem in result.errors} if code else result.spec == read(SALARY).spec


def test_an_entity_that_lost_its_heading_is_not_part_of_the_one_above() -> None:
    for wrong in ("###Bonus", "### ", "#Bonus", "Bonus\n### "):
        assert read(SALARY.replace("### Bonus", wrong)).errors


@pytest.mark.parametrize(
    "block",
    [
        "",
        "Only admins.\n",
        "```\n- admin: all\n```\n",
        "<!-- - admin: all -->\n",
        "> - admin: all\n",
        "    admin: all\n",
    ],
)
def test_a_block_of_permissions_of_which_nothing_is_read_never_opens(block: str) -> None:
    """Empty it closes the entity; with anything in it, it is an error."""
    text = SALARY.replace("- admin: all\n- member: read\n", block).replace("#### Permissions\n\n- admin: all\n", "")
    result = read(text)
    if block:
        assert result.errors
    else:
        assert {problem.code for problem in result.problems} == {"W201", "W202", "W203"}
        assert result.spec
        assert result.spec.entities[1].closed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- title: text — what is to be done\n\n  done: boolean\n", "E029"),
        ("- title: text — what\n– done: boolean\n", "E029"),
        ("- title: text — what\n  • done: boolean\n", "E029"),
        ("- title: text — what\ndone: boolean\n", "E029"),
        ("- title: text, was name - the old one\n", "E068"),
        ("- title: text, matches /^[A–Z]+$/\n", "E069"),
        ("<!-- one\n- title: text\n<!-- two -->\n", "E024"),
        ("- title: text\n\n<pre>\n- done: boolean\n\n- due: date\n</pre>\n", "E029"),
    ],
)
def test_facts_that_hide(text: str, code: str) -> None:
    assert code in {problem.code for problem in read(f"# S\n\n## Entities\n\n### Task\n\n{text}").errors}


@pytest.mark.parametrize(
    "prose",
    [
        "A task is what somebody does.\nIt may wait.",
        "*Never* shown to guests: they only see projects.",
        "> Quoted: as it was said.",
        "See also: the handbook.",
        "Note: text that follows is not a type.",
    ],
)
def test_documentation_under_an_entity_stays_documentation(prose: str) -> None:
    result = read(f"# S\n\n## Entities\n\n### Task\n\n{prose}\n\n- title: text\n\n{prose}\n")
    assert not result.problems
    assert result.spec
    assert result.spec.entities[0].doc.startswith(prose)


@pytest.mark.parametrize(
    "fact",
    [
        "- title: text — what is to be done,\n  and by whom",
        "- title: text,\n  required\n  — what is to be done",
        "- size: one of: 9 - 12 | 12 - 15",
        "- title: text\n\n  It says what is to be done.",
        '- title: text, default "a - b"',
    ],
)
def test_wrapped_facts_and_their_documentation_have_no_problem(fact: str) -> None:
    assert read(f"# S\n\n## Entities\n\n### Task\n\n{fact}\n- other: text\n").problems == ()
