"""Who may do what, as the raw lines of a spec say it, beside the policy that is compiled from it.

The lines are taken from the text by patterns of this file alone, whatever mark they begin with, so that a line that the
reader loses shows here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import combining, normalize

import pytest
from iopeer_core.blueprint.contributions import Access
from iopeer_core.blueprint.policy import compile_policy
from iopeer_core.blueprint.union import unite
from iopeer_core.language.reader import read as read_text
from iopeer_core.language.reader import read_file
from iopeer_core.model.spec import Spec

from tests.apps.specs import drawn

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("tests/specs/*.md", "tests/own/*.md", "examples/*/spec.md")
FILES = sorted({path for place in PLACES for path in ROOT.glob(place)} - {ROOT / "tests/specs/broken.md"})

HEADING = re.compile(r"[ ]{0,3}(#{2,4})\s+(.*?)\s*#*\s*")
MARK = re.compile(r"\s*[^\w`\s]+\s+")
VERBS = {
    "create": "create", "crear": "create", "read": "read", "leer": "read", "update": "update", "actualizar": "update",
    "delete": "delete", "borrar": "delete", "nothing": "", "nada": "",
    **dict.fromkeys(("all", "todo", "toda", "todos", "todas"), "create read update delete"),
}  # fmt: skip
Rights = dict[tuple[str, str, str], bool]
"""Entity, role, verb → whether all rows and fields are meant."""


def folded(text: str) -> str:
    plain = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


@dataclass(slots=True)
class Text:
    """What the raw lines say."""

    roles: list[str]
    blocks: dict[str, list[str]]  # entity → the lines under its Permissions
    entities: list[str]


def taken(text: str) -> Text:
    """The lines of roles and permissions, whatever they begin with; comments and code are left out."""
    text = re.sub(r"<!--.*?-->|^(```|~~~).*?^\1[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
    found, section, block = Text([], {}, []), "", ""
    for line in re.split(r"\r\n|\r|\n", text):
        heading = HEADING.fullmatch(line)
        if heading:
            title = folded(heading[2].split(" (")[0])
            level = len(heading[1])
            section, block = (title, "") if level == 2 else (section, title if level == 4 else "")
            if level == 3 and section in {"entities", "entidades"}:
                found.entities.append(title)
            if level == 4 and title in {"permissions", "permisos"}:
                found.blocks.setdefault(found.entities[-1], [])
            continue
        fact = MARK.sub("", line, count=1)
        if section == "roles" and line.strip():
            found.roles.append(folded(re.split(r":|\s(?:—|–|--)\s", fact)[0]))
        if block in {"permissions", "permisos"} and line.strip():
            found.blocks[found.entities[-1]].append(fact)
    return found


def said(text: str) -> Rights:
    """The rights that the lines grant."""
    found = taken(text)
    rights: Rights = {}
    for entity in found.entities:
        if entity not in found.blocks:
            role = found.roles[0] if found.blocks else "*"
            rights |= {(entity, role, verb): True for verb in ("create", "read", "update", "delete")}
        for fact in found.blocks.get(entity, []):
            role, _, grants = fact.partition(":")
            role = "public" if folded(role) in {"public", "publico", "publica"} else folded(role)
            for verb, whole in granted(re.split(r"\s(?:—|–|--)\s", grants)[0]):
                rights[entity, role, verb] = rights.get((entity, role, verb), False) or whole
    return rights


def granted(grants: str) -> Iterator[tuple[str, bool]]:
    """The verbs of a line, each with whether nothing narrows it."""
    bare = re.sub(r'"[^"]*"|“[^”]*”|`[^`]*`', "x", grants)
    while bare != (fewer := re.sub(r"\([^()]*\)", " x ", bare)):
        bare = fewer
    for grant in bare.split(","):
        verb, *rest = grant.split()
        yield from ((each, not rest) for each in VERBS[folded(verb)].split())


WAY = re.compile(r"(?:own|propi[oa]s?)\s+(?:by|por)\s+(.+?)(?=\s(?:where|donde|only|solo|sólo)\b|$)", re.IGNORECASE)


def ways(text: str) -> set[tuple[str, str, str, str]]:
    """Entity, role, verb, and the links with dots between them by which `own by` leads to the caller."""
    found = taken(text)
    return {
        (entity, folded(role), verb, ".".join(folded(step) for step in way[1].split(".")))
        for entity, facts in found.blocks.items()
        for role, _, grants in (fact.partition(":") for fact in facts)
        for grant in re.split(r",(?![^()]*\))", re.split(r"\s(?:—|–|--)\s", grants)[0])
        for verb in VERBS.get(folded(grant.split()[0]), "").split()
        if (way := WAY.search(grant.replace("`", ""))) and "." in way[1]
    }


def led(spec: Spec) -> tuple[set[tuple[str, str, str, str]], set[tuple[str, str, str]]]:
    """The ways of the policy, and where a grant asks for nothing own, which leaves nothing to ways."""
    united = unite(spec, [])
    found, open_ = set(), set()
    names = {entity.name: folded(entity.names.label) for entity in spec.entities}
    roles = {role.name: folded(role.names.label) for role in spec.roles}
    for policy in compile_policy(united.spec, united.account):
        for verb in ("create", "read", "update", "delete") if policy.entity in names else ():
            key = (names[policy.entity], roles.get(policy.role, policy.role), verb)
            accesses: tuple[Access, ...] = getattr(policy, verb)
            found |= {
                (*key, labels(united.spec, policy.entity, own)) for a in accesses if "." in (own := a.rows.own or "")
            }
            open_ |= {key for access in accesses if access.rows.own is None}
    return found, open_


def labels(spec: Spec, start: str, way: str) -> str:
    """A way as the spec calls its links."""
    found, here = [], start
    for step in way.split("."):
        item = spec.entity(here).field(step)  # type: ignore[union-attr] # a way leads from entity to entity
        found.append(folded(item.names.label))  # type: ignore[union-attr] # by its fields
        (here,) = item.type.targets  # type: ignore[union-attr] # each of them a link
    return ".".join(found)


def compiled(spec: Spec) -> Rights:
    """The rights of the policy, by the labels of the spec."""
    united = unite(spec, [])
    names = {entity.name: folded(entity.names.label) for entity in spec.entities}
    roles = {role.name: folded(role.names.label) for role in spec.roles} | {"public": "public", "*": "*"}
    rights: Rights = {}
    for policy in compile_policy(united.spec, united.account):
        for verb in ("create", "read", "update", "delete") if policy.entity in names else ():
            accesses: tuple[Access, ...] = getattr(policy, verb)
            if accesses:
                whole = any(access == Access() for access in accesses)
                rights[names[policy.entity], roles[policy.role], verb] = whole
    return rights


def compare(text: str, spec: Spec) -> None:
    """The same rights, word for word; who may not choose roles of accounts has fewer fields than the line says."""
    written, read = said(text), compiled(spec)
    united = unite(spec, [])
    account = folded(united.spec.entity(united.account).names.label)  # type: ignore[union-attr] # every app has one
    assert set(written) == set(read)
    narrowed = {key for key in written if written[key] != read[key]}
    assert {key for key in narrowed if key[0] != account or not written[key]} == set()
    told, (kept, free) = ways(text), led(spec)
    assert kept <= told
    assert {way for way in told - kept if way[:3] not in free} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_policy_is_what_the_text_says(path: Path) -> None:
    spec = read_file(path).spec
    if spec is None:
        pytest.fail(f"{path} cannot be read")
    compare(path.read_text("utf-8"), spec)


def test_policies_of_drawn_specs() -> None:
    for text in drawn(40, 11):
        spec = read_text(text).spec
        assert spec
        compare(text, spec)


@pytest.mark.parametrize("mark", ["–", "—", "•", "−", "1.", "*", "+", "→"])
def test_a_line_with_another_mark_is_never_lost(mark: str) -> None:
    """Either the reader refuses the spec, or the line means what it says."""
    text = (ROOT / "tests/specs/tracker.md").read_text("utf-8")
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith(("- admin: all", "- member: ", "- guest: read")):
            damaged = "\n".join([*lines[:number], mark + line[1:], *lines[number + 1 :]])
            spec = read_text(damaged).spec
            if spec is not None:
                compare(damaged, spec)
