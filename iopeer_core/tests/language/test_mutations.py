"""Changes that keep the meaning keep the Spec; others are told on their line."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from iopeer_core.language.reader import read
from iopeer_core.language.vocabulary import core_words
from iopeer_core.model.spec import Spec

SPECS = Path(__file__).parents[3] / "tests" / "specs"
NAMES = ("todo", "tracker", "biblioteca")


def text_of(name: str) -> str:
    return (SPECS / f"{name}.md").read_text("utf-8")


def spec_of(text: str) -> Spec:
    result = read(text)
    assert [problem.render() for problem in result.errors] == []
    assert result.spec
    return result.spec


def without_documents(text: str) -> str:
    """The facts alone: what is changed below is no documentation."""
    return re.sub(r"\n\n> [^\n]*|\n\nAny paragraph[^#]*|\n## Notes[\s\S]*| — [a-z][^\n]*", "\n\n", text)


def sections(text: str, level: str) -> list[str]:
    return re.split(rf"(?m)^(?={level} )", text)


def shuffled_sections(text: str, chance: random.Random) -> str:
    head, *rest = sections(text, "##")
    chance.shuffle(rest)
    return "\n\n".join([head, *rest])


def shuffled_entities(text: str, chance: random.Random) -> str:
    out = []
    for section in sections(text, "##"):
        head, *entities = sections(section + "\n\n", "###")
        chance.shuffle(entities)
        out.append("".join([head, *entities]))
    return "".join(out)


def shuffled_blocks(text: str, chance: random.Random) -> str:
    out = []
    for entity in sections(text + "\n\n", "###"):
        head, *blocks = sections(entity + "\n\n", "####")
        last = blocks and re.split(r"(?m)^(?=## )", blocks[-1])
        tail = "".join(last[1:]) if last else ""
        if last:
            blocks[-1] = last[0] + "\n\n"
        chance.shuffle(blocks)
        out.append("".join([head, *blocks, tail]))
    return "".join(out)


def shuffled_lines_of_blocks(text: str, chance: random.Random) -> str:
    def shuffle(match: re.Match[str]) -> str:
        lines = match[2].strip().split("\n")
        chance.shuffle(lines)
        return match[1] + "\n".join(lines) + "\n"

    blocks = "Permissions|Rules|Options|Indexes|Permisos|Reglas"
    return re.sub(rf"(?m)(^#### (?:{blocks})\n\n)((?:- [^\n]*\n?)+)", shuffle, text)


def shuffled_rows(text: str, chance: random.Random) -> str:
    def shuffle(match: re.Match[str]) -> str:
        rows = match[2].strip().split("\n")
        chance.shuffle(rows)
        return match[1] + "\n".join(rows) + "\n"

    return re.sub(r"(?m)(^\|-[^\n]*\n)((?:\|[^\n]*\n?)+)", shuffle, text)


def shuffled_modifiers(text: str, chance: random.Random) -> str:
    def shuffle(match: re.Match[str]) -> str:
        head, *modifiers = re.split(r",\s(?![^(]*\))", match[0])
        chance.shuffle(modifiers)
        return ", ".join([head, *modifiers])

    kinds = "text|email|date|integer|decimal|money|texto|correo|fecha|entero"
    return re.sub(rf"(?m)^- [^:\n]+: (?:{kinds})(?:\([0-9,]+\))?,[^—\n]*$", shuffle, text)


def upper_case_of_keywords(text: str, chance: random.Random) -> str:
    words = {form for word in core_words() if word.kind in {"modifier", "type", "block"} for form in word.forms["en"]}
    pattern = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return re.sub(rf"(?m)(?<=[:,] )(?:{pattern})(?=[,\n ])", lambda m: m[0].upper(), text)


def no_accents_in_keywords(text: str, chance: random.Random) -> str:
    for a, b in {"Género": "genero", "único": "unico", "máximo": "maximo", "mínimo": "minimo", "país": "pais"}.items():
        text = re.sub(rf"(?<=[:,a] ){a}\b", b, text)
    return text


def white_space(text: str, chance: random.Random) -> str:
    text = re.sub(r"(?m)^- (?![^\n]*`)", lambda _: chance.choice(["-   ", "* ", "+ ", " - "]), text)
    text = re.sub(r", ", lambda _: chance.choice([",", ",  ", " , "]), text)
    text = re.sub(r"(?m)$", lambda _: chance.choice(["", " ", "  "]), text)
    return re.sub(r"\n\n(?=#)", lambda _: chance.choice(["\n\n", "\n\n\n", "\n\n\n\n"]), text)


def comments_and_code(text: str, chance: random.Random) -> str:
    return re.sub(r"\n\n(?=#)", "\n\n<!-- later: a word -->\n\n```text\n- not: a fact\n```\n\n", text)


def curly_quotes(text: str, chance: random.Random) -> str:
    return re.sub(r'"([^"\n]*)"', "“\\1”", text)


def wrapped_lines(text: str, chance: random.Random) -> str:
    return re.sub(r"(?m)(?<=,) (?=[a-z])", lambda _: chance.choice(["\n  ", " "]), text) if "## Seeds" in text else text


MUTATIONS: list[Callable[[str, random.Random], str]] = [
    shuffled_sections, shuffled_entities, shuffled_blocks, shuffled_lines_of_blocks, shuffled_rows, shuffled_modifiers,
    upper_case_of_keywords, no_accents_in_keywords, white_space, comments_and_code, curly_quotes, wrapped_lines,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_the_meaning_stays(mutation: Callable[[str, random.Random], str], name: str, seed: int) -> None:
    text = without_documents(text_of(name))
    mutated = mutation(text, random.Random(seed))  # noqa: S311 - no secret
    assert spec_of(mutated) == spec_of(text)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_mutations_change_the_text(mutation: Callable[[str, random.Random], str]) -> None:
    texts = [without_documents(text_of(name)) for name in NAMES]
    assert any(mutation(text, random.Random(seed)) != text for text in texts for seed in range(4))  # noqa: S311 - no secrets


def in_spanish(text: str) -> str:
    """The English keywords of tracker.md, position by position."""
    for kind, place in (("block", "(?m)(?<=^#### ){}$"), ("section", "(?m)(?<=^## ){}$")):
        for word in core_words():
            if word.kind == kind:
                text = re.sub(place.format(re.escape(word.form("en"))), word.form("es"), text)
    for kind in ("type", "relation", "modifier", "verb"):
        words = sorted((w for w in core_words() if w.kind == kind), key=lambda w: -len(w.form("en")))
        for word in words:
            text = re.sub(rf"(?<=[:,] ){re.escape(word.form('en'))}(?=[,: \n(])", word.form("es"), text)
    text = text.replace("solo lectura (", "leer solo (")  # after a role it is a grant and its fields
    return text.replace("on delete", "al borrar").replace(" own", " propio").replace(" where ", " donde ")


def test_keywords_in_the_other_language_mean_the_same() -> None:
    text = without_documents(text_of("tracker")).replace("time zone", "zone")  # no keyword in a name
    spanish = in_spanish(text)
    assert "#### Permisos" in spanish
    assert "obligatorio" in spanish
    assert spec_of(spanish) == spec_of(text)


def test_order_of_what_has_an_order_counts() -> None:
    text = text_of("tracker")
    for a, b in (
        ("- admin: manages people and projects\n- member: works on tasks", "- member: x\n- admin: y"),
        ("none | low", "low | none"),
        ("- bio: markdown\n- phone: phone", "- phone: phone\n- bio: markdown"),
        ("- team + status", "- status + team"),
        ("en, es", "es, en"),
    ):
        assert a in text
        mutated = read(text.replace(a, b)).spec
        assert mutated != spec_of(text)


@pytest.mark.parametrize("seed", range(60))
def test_a_slip_in_a_fact_is_told_on_its_line(seed: int) -> None:
    """A keyword with a letter less is a problem of that very line, or of what it breaks."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines = text_of("tracker").splitlines()
    words = re.compile(r"\b(required|unique|searchable|indexed|text)\b")
    places = [(i, m) for i, line in enumerate(lines) for m in words.finditer(line)
              if line.startswith("- ") and ": " in line[: m.start()]]  # fmt: skip
    at, match = chance.choice([place for place in places if " — " not in lines[place[0]]])
    cut = chance.randrange(match.start() + 1, match.end() - 1)
    lines[at] = lines[at][:cut] + lines[at][cut + 1 :]
    errors = read("\n".join(lines)).errors
    assert at + 1 in {problem.line for problem in errors}
    assert any(problem.suggestion == match[0] for problem in errors)
