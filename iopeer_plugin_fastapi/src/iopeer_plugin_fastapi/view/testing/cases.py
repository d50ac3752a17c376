"""Who may do what, as cases for test_permissions.py: a role, a verb, a row, and the status of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iopeer_core.blueprint.contributions import Access
from iopeer_core.blueprint.policy import SIGNED_IN
from iopeer_core.model.keeping import truth
from iopeer_core.model.spec import Expr
from iopeer_core.model.walk import fields_of, literals_of
from iopeer_core.model.ways import STEP

from iopeer_plugin_fastapi.view.naming import quoted
from iopeer_plugin_fastapi.view.testing.logic import assignments

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.testing.facts import Facts

OK = {"create": 201, "read": 200, "update": 200, "delete": 204}
ME, OTHER = "ME", "OTHER"
THROUGH = "Through("
"""Begins what stands for a row that leads to somebody."""
MOST_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`role` is a role's value, "" of any account, None of nobody. `row` is Python; no fields: all.

    `fields` are what is written, of a read what is answered.
    """

    role: str | None
    verb: str
    status: int
    row: Mapping[str, str]
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """Values of a row that decide who may do what: as Python, and as what conditions compare."""

    code: Mapping[str, str]
    values: Mapping[str, object]
    mine: frozenset[str]  # the links (and "id"), or ways over several, that lead to the caller


def cases_of(facts: Facts) -> Iterator[Case]:
    """All cases of an entity: every role and nobody, every verb."""
    roles = [role.name for role in facts.view.app.roles] or [""]
    for role in (*roles, None):
        for verb in OK:
            yield from _unique(_of_verb(facts, role, verb))


def _unique(cases: Iterator[Case]) -> Iterator[Case]:
    seen: set[tuple[object, ...]] = set()
    for case in cases:
        key = (case.role, case.verb, tuple(case.row.items()), case.fields)
        if key not in seen:
            seen.add(key)
            yield case


def _accesses(facts: Facts, role: str | None, verb: str) -> tuple[Access, ...]:
    policy = facts.united(SIGNED_IN if role == "" else role)
    return getattr(policy, verb) if policy else ()


def _of_verb(facts: Facts, role: str | None, verb: str) -> Iterator[Case]:
    accesses = _accesses(facts, role, verb)
    if not accesses:
        fields = _some(facts, verb, _Row({}, {}, frozenset()), accesses) if facts.keys else None
        yield Case(role=role, verb=verb, status=401 if role is None else 403, row={}, fields=fields)
        return
    for row in _rows(facts, role, (*accesses, *_accesses(facts, role, "read"))):
        if verb == "create":
            yield from _creating(facts, role, row, accesses)
        else:
            yield from _touching(facts, role, verb, row, accesses)


def _rows(facts: Facts, role: str | None, accesses: tuple[Access, ...]) -> list[_Row]:
    """Rows that tell the accesses apart: not the caller's or the caller's, with conditions that hold or fail."""
    conditions = list(dict.fromkeys(a.rows.where for a in accesses if a.rows.where is not None))
    owns = list(dict.fromkeys(a.rows.own for a in accesses if a.rows.own)) if role is not None else []
    found, others = [], []
    for values in _valuations(facts, conditions):
        code = {name: facts.values[name].code(value) for name, value in values.items()}
        whole = facts.row | values
        found.append(_Row(code, whole, frozenset()))
        for own in owns:
            if own == "id" and values.get("role", role) != role:
                continue  # the caller's own account has his role
            rest = {name: value for name, value in code.items() if own != "id" or name != "role"}
            found += [_Row({**rest, **led}, whole, frozenset({own})) for led in leading(facts, own, ME)]
            if STEP in own:
                others += [_Row({**rest, **led}, whole, frozenset()) for led in leading(facts, own, OTHER)]
    return found[:MOST_ROWS] + others[: len(owns)]


def leading(facts: Facts, own: str, who: str) -> Iterator[dict[str, str]]:
    """What makes a row somebody's: the value of its link, in Python; nothing where no rows on the way can be made.

    Args:
        facts: the row's entity.
        own: "id", a link, or links with dots between them.
        who: the account to which they lead.
    """
    link, _, further = own.partition(STEP)
    if link == "id":
        yield {link: who}
        return
    if not further:
        yield {f"{link}_id": who}
        return
    target = facts.target(link)
    if target is None or not target.keeps_rules:
        return
    for row in leading(target, further, who):
        values = ", ".join(f"{quoted(name)}: {value}" for name, value in row.items())
        yield {f"{link}_id": f"{THROUGH}{quoted(target.view.segment)}, {{{values}}})"}


def _valuations(facts: Facts, conditions: list[Expr]) -> Iterator[dict[str, object]]:
    """Values of plain fields: for each pattern of conditions that hold, one combination that keeps the rules."""
    names = list(dict.fromkeys(name for condition in conditions for name in fields_of(condition)))
    if not names:
        yield {}
        return
    if not all(name in facts.values for name in names):
        return
    literals = {name: [text for c in conditions for text in literals_of(c, name)] for name in names}
    candidates = {name: facts.values[name].candidates(literals[name]) for name in names}
    seen: set[tuple[bool, ...]] = set()
    for chosen in assignments(candidates):
        row = facts.row | chosen
        pattern = tuple(truth(c, row, facts.read(c)) is True for c in conditions)
        kept = all(truth(rule.expr, row, facts.read(rule.expr)) is not False for rule in facts.rules)
        if kept and pattern not in seen:
            seen.add(pattern)
            yield chosen


def _reaches(facts: Facts, access: Access, row: _Row) -> bool:
    own = access.rows.own is None or access.rows.own in row.mine
    where = access.rows.where
    return own and (where is None or truth(where, row.values, facts.read(where)) is True)


def _visible(facts: Facts, role: str | None, row: _Row) -> bool:
    return any(_reaches(facts, access, row) for access in _accesses(facts, role, "read"))


def _allowed(held: list[Access]) -> frozenset[str] | None:
    """The fields of several accesses together; None is all."""
    return None if any(not access.fields for access in held) else frozenset(f for a in held for f in a.fields)


def _creating(facts: Facts, role: str | None, row: _Row, accesses: tuple[Access, ...]) -> Iterator[Case]:
    if "id" in row.mine:
        return
    allowed = _allowed(list(accesses))
    code = {name: value for name, value in row.code.items() if name not in facts.read_only}
    sent = _body(facts)
    names = [name for name in sent if allowed is None or _field_of(facts, name) in allowed or name in code]
    yield from _created(facts, role, _filled(facts, row, code, names), accesses, names)
    given = [name for name in names if name in code or name not in facts.view.mine]
    if given != names:
        yield from _created(facts, role, _filled(facts, row, code, given), accesses, given)


def _created(
    facts: Facts, role: str | None, row: _Row, accesses: tuple[Access, ...], names: list[str]
) -> Iterator[Case]:
    held = [access for access in accesses if _reaches(facts, access, row)]
    allowed = _allowed(list(accesses))
    needed = {*facts.minimal, *row.code}
    sent = {*names, *row.code} - ({*facts.view.mine} - {*names})
    if not needed.issubset({*names, *row.code}) or any(_hidden_target(facts, role, name, row) for name in sent):
        return
    refused = allowed is not None and any(_field_of(facts, name) not in allowed for name in row.code)
    if refused or (role is None and _fills_me(facts)):
        return
    held_fields = _allowed(held) if held else None
    if held and held_fields is not None and any(_field_of(facts, name) not in held_fields for name in names):
        return
    whole = len(names) == len(_body(facts))
    yield Case(
        role=role, verb="create", status=201 if held else 403, row=row.code, fields=None if whole else tuple(names)
    )
    others = [name for name in facts.samples if allowed is not None and name not in {*allowed, *row.code}]
    if others:
        yield Case(role=role, verb="create", status=403, row=row.code, fields=(*names, others[0]))


def _filled(facts: Facts, row: _Row, code: Mapping[str, str], names: list[str]) -> _Row:
    """A new row with what the server fills in: links to the caller where nothing is, or may be, given."""
    filled = [key for key in facts.view.mine if key not in {*code, *names}]
    return _Row(code, row.values, row.mine | {_field_of(facts, key) for key in filled})


def _touching(facts: Facts, role: str | None, verb: str, row: _Row, accesses: tuple[Access, ...]) -> Iterator[Case]:
    held = [access for access in accesses if _reaches(facts, access, row)]
    if not _visible(facts, role, row):
        yield Case(role=role, verb=verb, status=404, row=row.code, fields=_some(facts, verb, row, accesses))
    elif not held:
        yield Case(role=role, verb=verb, status=403, row=row.code, fields=_some(facts, verb, row, accesses))
    elif verb == "read":
        yield Case(role=role, verb=verb, status=200, row=row.code, fields=_answered(facts, held))
    elif verb != "update":
        if not (verb == "delete" and facts.view.is_account and role == _first(facts) and "id" in row.mine):
            yield Case(role=role, verb=verb, status=OK[verb], row=row.code)
    else:
        yield from _updating(facts, role, row, held)


def _answered(facts: Facts, held: list[Access]) -> tuple[str, ...] | None:
    """The members of a row in which some accesses hold; None is all."""
    allowed = _allowed(held)
    return None if allowed is None else facts.tests.members(facts, sorted(allowed))


def _first(facts: Facts) -> str:
    return facts.view.app.roles[0].name if facts.view.app.roles else ""


def _some(facts: Facts, verb: str, row: _Row, accesses: tuple[Access, ...]) -> tuple[str, ...] | None:
    """A field to send in an update that is refused whatever is sent: one that may be changed in other rows."""
    if verb != "update":
        return None
    allowed = _allowed(list(accesses))
    names = [name for name in facts.samples if name not in row.code and name not in facts.keys]
    elsewhere = [name for name in names if allowed is None or name in allowed]
    return tuple((elsewhere or names)[:1])


def _updating(facts: Facts, role: str | None, row: _Row, held: list[Access]) -> Iterator[Case]:
    """Fields that may be changed without leaving what is granted, and a field that may not."""
    allowed = _allowed(held)
    deciding = {name for a in held if a.rows.where is not None for name in fields_of(a.rows.where)}
    stay = deciding | (facts.ruled if deciding else set()) | facts.keys
    free = [n for n in facts.samples if (allowed is None or n in allowed) and n not in stay]
    if facts.view.is_account and role == _first(facts) and "id" in row.mine:
        free = [name for name in free if name != "role"]
    whole = allowed is None and not any(a.rows.own or a.rows.where for a in held)
    whole = whole and not (facts.view.is_account or facts.keys)
    whole = whole and not any(_hidden_target(facts, role, name, row) for name in _body(facts))
    whole = whole and (role is not None or not _fills_me(facts))
    mine = frozenset(own for own in row.mine if f"{own.partition(STEP)[0]}_id" not in _body(facts))
    bodies = (_Row({}, body, mine) for body in facts.bodies)
    whole = whole and all(_visible(facts, role, body) for body in bodies)  # a second update follows
    if whole or free:
        yield Case(role=role, verb="update", status=200, row=row.code, fields=None if whole else tuple(free))
    refused = [n for n in facts.samples if allowed is not None and n not in allowed and n not in facts.keys]
    if refused:
        yield Case(role=role, verb="update", status=403, row=row.code, fields=(refused[0],))


def _body(facts: Facts) -> list[str]:
    """The names in a body."""
    unions = [union.keys[0] for union in facts.unions if union.required]
    return [*facts.samples, *(needed.key for needed in facts.needed), *unions]


def _field_of(facts: Facts, name: str) -> str:
    """The field behind a wire name."""
    if name in facts.values:
        return name
    links = facts.view.app.blueprint.links_from(facts.view.name)
    return next((relation.field for relation in links if name in relation.keys), name)


def _hidden_target(facts: Facts, role: str | None, name: str, row: _Row) -> bool:
    """Whether a link in a body leads to a row that the caller may not see (or may not surely see)."""
    links = facts.view.app.blueprint.links_from(facts.view.name)
    relation = next((r for r in links if name in r.keys), None)
    if relation is None or relation.kind == "many":
        return False
    target = relation.targets[relation.keys.index(name)]
    reading = _accesses(facts.tests.by_name[target], role, "read")
    if any(not (access.rows.own or access.rows.where) for access in reading):
        return False
    seen = {access.rows.own for access in reading if access.rows.where is None}
    ways = (own.partition(STEP) for own in row.mine if name in row.code)
    return not any(link == relation.field and (further or "id") in seen for link, _, further in ways)


def _fills_me(facts: Facts) -> bool:
    """Whether a required link leads to the caller where nothing is given: nobody cannot leave it out."""
    return bool(facts.given) or bool(facts.view.mine)
