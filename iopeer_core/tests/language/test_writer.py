"""Reading what was written gives the same spec, and writing it again the same text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from iopeer_core.language.reader import read
from iopeer_core.language.vocabulary import Grammar, Word
from iopeer_core.language.writer import write
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import Entity, Field, Scalar, ScalarType, Spec

ROOT = Path(__file__).resolve().parents[3]
SPECS = {name: (ROOT / "tests/specs" / f"{name}.md").read_text("utf-8") for name in ("todo", "biblioteca", "tracker")}
PAGES = re.findall(r"^```markdown\n(.*?)^```", (ROOT / "docs/spec.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)

ODD = """# Odd — "things"

Prose with *stars*, a [link](x).

- none: of this

## App

- currency: eur
- account: `The user`

## Roles

- `a: b`: first — of them
- plan by: second

  A paragraph of its own.

## Enums

- Kind of x: a | "b, c" | on hold | "d | e" — kinds

## Entities

### The user (was `old user`, plural Everybody)

Prose of the user.

- email: email, required, unique
- `a: b`: text, default "x — y, z" — doc, with – dashes -- inside

  And a paragraph.

  And another.

- where is: Kind of x, default "on hold"
- or: boolean, default yes
- pattern: text, matches /^[^\\/,]+\\/(a|b), — \\d$/, required — after a regex
- day: date, between 2020-01-01 and today
- size: decimal, min -7.50, was `not size`, column "SIZE"
- sizes: list of decimal(5,2)
- states: list of one of: x | "y z"
- friend: belongs to `The user`, inverse friends of me, on delete set null
- others: many to many The user, inverse known by others

#### Indexes

- `a: b` desc + where is
- created at desc

#### Rules

- primary key: size + day
- unique: `where is` + or
- check: (or = yes and size > 1.0) or not (`where is` = "on hold" or `where is` in (a, "b, c")) — "say "it", well"
- check: not (not or = no) and day is not empty and created_at >= updated_at
- check: `day` <= today

#### Permissions

- public: read only (`a: b`, where is)
- a, b: nothing
"""


def _read(text: str, grammar: Grammar | None = None) -> Spec:
    result = read(text, grammar=grammar) if grammar else read(text)
    assert result.spec is not None, [problem.render() for problem in result.errors]
    return result.spec


@pytest.mark.shows("app.languages")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", [*SPECS.values(), *PAGES[1:]], ids=lambda text: text.split("\n")[0])
def test_reading_what_was_written_gives_the_same_spec(text: str, language: str) -> None:
    spec = _read(text)
    written = write(spec, language=language)
    # In another language than its own, a spec says its languages: plurals follow them.
    given = replace(spec.app, languages_given=spec.app.languages_given or language != spec.language)
    assert _read(written) == replace(spec, app=given)
    assert write(_read(written), language=language) == written


def test_a_canonical_spec_is_left_as_it_is() -> None:
    canonical = [text for text in PAGES if write(_read(text)) == text]
    assert len(canonical) >= len(PAGES) // 2


@pytest.mark.shows("title", "doc", "entities.plural")
@pytest.mark.parametrize("language", ["en", "es"])
def test_odd_names_values_and_prose_survive(language: str) -> None:
    text = ODD.replace("- a, b: nothing", "- `a: b`: nothing").replace("- none: of this\n\n", "")
    spec = _read(text)
    again = _read(write(spec, language=language))
    assert again.entities == spec.entities
    assert again.roles == spec.roles
    assert again.enums == spec.enums
    assert again.doc == spec.doc
    user = again.entities[0]
    assert [item.names.label for item in user.fields][:3] == ["email", "a: b", "where is"]
    pattern, described = user.field("pattern"), user.field("a_b")
    assert pattern
    assert pattern.pattern == "^[^/,]+/(a|b), — \\d$"
    assert described
    assert described.doc.count("\n\n") == 2


def test_cells_keep_their_bars_and_blanks() -> None:
    head = "# T\n\n## Entities\n\n### A\n\n- name: text, required\n- code: text\n\n## Seeds\n\n### A\n\n"
    spec = _read(head + "| name | code |\n|---|---|\n| a \\| b | \\|\\| |\n| `c` \\ | |\n")
    assert spec.seeds[0].rows == (("`c` \\", None), ("a | b", "||"))
    assert _read(write(spec)) == spec


@pytest.mark.shows("notes")
def test_notes_and_a_blank_line_after_every_list() -> None:
    notes = "Free *text*\n\n- with: bullets\n### and headings\n\n    code"
    spec = _read(SPECS["todo"] + f"\n## Notes\n\n{notes}\n")
    written = write(spec)
    assert written.endswith(f"## Notes\n\n{notes}\n")
    assert re.search(r"^- .*\n(?!- |  |\n|\Z)", written.partition("## Notes")[0], re.MULTILINE) is None


def test_what_plugins_own_is_written_back() -> None:
    words = (
        Word(kind="section", name="Billing", forms={"en": ("Billing",), "es": ("Cobros",)}, plugin="p"),
        Word(kind="block", name="States", forms={"en": ("States",)}, plugin="p"),
        Word(kind="modifier", name="masked", forms={"en": ("masked",)}, plugin="p"),
        Word(kind="option", name="audit", forms={"en": ("audit",)}, plugin="p"),
        Word(kind="app key", name="theme", forms={"en": ("theme",)}, plugin="p"),
        Word(kind="type", name="iban", forms={"en": ("iban",)}, plugin="p", scalar=Scalar.TEXT),
    )
    grammar = Grammar(words)
    text = (
        "# T\n\n## App\n\n- theme: dark\n\n## Entities\n\n### A\n\n- x: iban, masked but 4\n\n"
        "#### Options\n\n- audit: yes\n\n"
        "#### States\n\nProse.\n\n- draft: to live — goes\n- only words\n\n## Billing\n\n- plan: 7, monthly\n"
    )
    spec = _read(text, grammar)
    assert write(spec) == text
    assert _read(write(spec), grammar) == spec


def test_what_others_added_is_not_written() -> None:
    spec = _read(SPECS["todo"])
    names = make_names("tenant", language="en")
    added = Field(names=names, type=ScalarType(scalar=Scalar.TEXT), added_by="tenants")
    entities = (
        replace(spec.entities[0], fields=(*spec.entities[0].fields, added)),
        Entity(names=names, added_by="tenants"),
    )
    assert write(replace(spec, entities=entities)) == write(spec)


def test_entities_stay_in_the_order_of_the_file() -> None:
    written = write(_read(SPECS["tracker"]))
    before, after = (re.findall(r"^### (.*)", text, re.MULTILINE) for text in (SPECS["tracker"], written))
    assert after == before


def test_a_comma_that_is_missing_after_a_name_is_no_part_of_it() -> None:
    head = "# T\n\n## Entities\n\n### A\n\n- x: belongs to A, inverse "
    assert [problem.code for problem in read(f"{head}old ones required\n").problems] == ["E089"]
    spec = _read(f"{head}`old ones required`\n")
    assert "inverse `old ones required`" in write(spec)
