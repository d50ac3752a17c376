"""Random valid specs as text: all types and modifiers, graphs of links with cycles, permissions, rules, seeds.

Valid by construction: every name that a fact claims (its wire name, keys, inverses, paths) is kept account of, so a
problem that the reader finds in one of these specs is a bug of the reader or of this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import hypothesis
from hypothesis import strategies as st
from iopeer_core.model.names import identifier, make_names

from tests.apps.access import Access
from tests.apps.fields import KEYS, Column, Draw, Fields
from tests.apps.rows import seeds
from tests.apps.rules import Rules
from tests.apps.words import DOCS, ENTITIES, ENUMS, FIELDS, LONG, ROLES, SAMPLES, TEMPLATES, TITLES, plain, spelled

MOST_ENTITIES = 5
LONGEST_OLD = 45
"""Of a name that may have been another, a little longer one."""


@dataclass(slots=True)
class Draft:
    """An entity in the making."""

    label: str
    singular: str
    plural: str
    heading: str
    claimed: set[str] = field(default_factory=lambda: {"id", "created_at", "updated_at", "password_hash", "role"})
    columns: list[Column] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    soft: bool = False
    ruled: bool = False
    display: Column | None = None  # where an option names it
    labels: tuple[str, ...] = ()  # of the rows that seeds give it, as links name them

    def claim(self, names: Iterable[str]) -> bool:
        """Take names, all or none."""
        wanted = list(names)
        if any(name in self.claimed for name in wanted) or len(set(wanted)) < len(wanted):
            return False
        self.claimed.update(wanted)
        return True


class Author:
    """Writes one spec."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.language: str = draw(st.sampled_from(("en", "en", "es")))
        self.enums: dict[str, tuple[str, ...]] = {}
        self.fields = Fields(draw, self.language, self.enums)
        self.chance, self.one, self.say = self.fields.chance, self.fields.one, self.fields.say
        self.roles: list[str] = []
        self.entities: list[Draft] = []
        self.taken: set[str] = set()
        self.closed: set[tuple[str, str]] = set()
        self.linked: set[tuple[str, str]] = set()
        self.account: Draft | None = None

    def spec(self) -> str:
        """The text of a whole spec."""
        title = self.one(TITLES)
        for label in self.draw(st.lists(st.sampled_from(ENUMS), max_size=2, unique=True)):
            self.enums[label] = self.fields.choices()
            self.taken |= {identifier(label)}
        self.roles = self.draw(st.lists(st.sampled_from(ROLES), max_size=3, unique_by=identifier))
        app = self._account()
        for _ in range(self.draw(st.integers(1, MOST_ENTITIES))):
            self._entity()
        for entity in list(self.entities):
            self._links(entity)
        for entity in self.entities:
            self._columns(entity)
        self._blocks()
        parts = [f"# {title}", *self._prose(), *app, *self._roles(), *self._enums(), *self._entities()]
        parts += seeds(self)
        return "\n".join(parts) + "\n"

    # Entities and their names.

    def names(self, label: str, plural: str | None = None) -> tuple[str, str]:
        """What an entity's label becomes."""
        names = make_names(label, language=self.language, plural=plural)
        return names.singular, names.plural

    def _entity(self, label: str = "") -> Draft | None:
        label = label or self._free_label()
        plural = f"{label} list" if self.chance(8) else None
        singular, many = self.names(label, plural)
        if {singular, many} & self.taken or many == "auth":
            return None
        self.taken |= {singular, many}
        note = f" ({spelled('note', 'plural', self.language)} {plural})" if plural else ""
        draft = Draft(label, singular, many, f"### {label}{note}")
        self.entities.append(draft)
        return draft

    def _free_label(self) -> str:
        """What an entity may be called: now and then a word of a template, or something long."""
        if self.chance(10):
            return str(self.one(TEMPLATES)).capitalize()
        if self.chance(4):
            return str(self.one(LONG[self.language])).capitalize()
        return str(self.one(ENTITIES[self.language if self.chance(85) else "en"]))

    def _account(self) -> list[str]:
        """The account: its own entity, User, or none; and the lines of `## App`."""
        lines = [f"- {self.say('app key', 'languages')}: {self.language}"] if self.chance(60) else []
        if self.chance(30):
            lines.append(f"- {self.say('app key', 'currency')}: {self.one(('EUR', 'USD', 'JPY'))}")
        usual = {"en": "User", "es": "Usuario"}[self.language]
        form = self.one(("added", "usual", "named"))
        if form == "added":
            self.taken |= set(self.names(usual))
        else:
            self.account = self._entity(usual if form == "usual" else "")
        if self.account and form == "named":
            lines.append(f"- {self.say('app key', 'account')}: {self.account.label}")
        if self.account:
            email = self.one(("email", "correo", "e-mail address"))
            self.account.claim([identifier(email)])
            facts = ", ".join([self.say("modifier", "required"), self.say("modifier", "unique")])
            self.account.lines.append(f"- {email}: {self.say('type', 'email')}, {facts}")
        return [f"## {self.say('section', 'App')}", "", *lines, ""] if lines else []

    # Links.

    def _links(self, entity: Draft) -> None:
        for _ in range(self.draw(st.integers(0, 3))):
            kind = self.one(("one", "one", "one", "self", "me", "subject", "many", "many", "through"))
            name = self._name(entity)
            if name is None:
                continue
            if kind == "subject":
                self._subject(entity, name)
            elif kind == "through":
                self._through(entity, name)
            elif kind == "many":
                self._many(entity, name, self.one(self.entities))
            elif kind == "me" and self.account:
                self._one(entity, name, self.account)
            else:
                self._one(entity, name, entity if kind == "self" else self.one(self.entities))

    def _name(self, entity: Draft) -> str | None:
        """A label that is free in an entity, or none."""
        pools = (FIELDS[self.language], FIELDS[self.language], FIELDS[self.language], FIELDS["en"], TEMPLATES)
        label = str(self.one(LONG[self.language] if self.chance(4) else self.one(pools)))
        return None if identifier(label) in entity.claimed else label

    def _before(self, target: Draft, entity: Draft) -> bool:
        """Whether a row of `target` can be there before one of `entity`: then a link may be required."""
        return self.entities.index(target) < self.entities.index(entity) and entity is not self.account

    def _one(self, entity: Draft, name: str, target: Draft) -> None:
        """`belongs to`."""
        pair = (entity.singular, target.singular)
        if pair in self.closed:
            return
        unique = self.chance(15)
        required = self._before(target, entity) and self.chance(50)
        own = {identifier(name), f"{identifier(name)}_id"}
        inverse = None if own & entity.claimed else self._inverse(entity, target, own, unique=unique)
        if inverse is None or not entity.claim(own):
            return
        column = Column(name, "belongs to", target=target.label, required=required, unique=unique)
        facts = [f"{self.say('modifier', 'inverse')} {plain(inverse)}"] if inverse else []
        facts += [self.say("modifier", "required")] if required else []
        facts += [self.say("modifier", "unique")] if unique else []
        if self.chance(50):
            rule = self.one(("cascade", "restrict", *(() if required else ("set null",))))
            facts.append(f"{self.say('modifier', 'on delete')} {spelled('word', rule, self.language)}")
        if target is self.account and not unique and self.chance(50):
            column.defaulted = True
            facts.append(f"{self.say('modifier', 'default')} {self.say('literal', 'me')}")
            facts += [self.say("modifier", "read only")] if self.chance(40) else []
        stored = self.fields.stored(name)
        facts += [] if self._column_taken(entity, ", ".join(stored)) else stored
        self.linked.add(pair)
        entity.columns.append(column)
        self._line(entity, name, f"{self.say('relation', 'belongs to')} {target.label}", facts)

    def _inverse(self, entity: Draft, target: Draft, own: set[str], *, unique: bool) -> str | None:
        """What the other side is called: "" by default; a label that is claimed there; none where nothing is free."""
        pair = (entity.singular, target.singular)
        taken = target.claimed | (own if target is entity else set())
        default = entity.singular if unique else entity.plural
        if default not in taken and self.chance(60):
            target.claimed.add(default)
            return ""
        label = str(self.one(FIELDS["en"])) + str(self.one((" of it", " list", " back")))
        if identifier(label) in taken:
            return None
        target.claimed.add(identifier(label))
        if self.chance(40):
            verb = "has one" if unique else "has many"
            target.lines.append(f"- {label}: {self.say('relation', verb)} {entity.label}")
            if pair not in self.linked and target is not entity and self.chance(40):
                self.closed.add(pair)
                return ""
        return label

    def _subject(self, entity: Draft, name: str) -> None:
        """A link to one of several entities."""
        targets = [t for t in self.entities if t.plural not in t.claimed or t is not entity]
        if len(targets) < 2:
            return
        chosen = self.draw(st.lists(st.sampled_from(targets), min_size=2, max_size=3, unique_by=id))
        if any((entity.singular, target.singular) in self.closed for target in chosen):
            return
        label = f"{self.one(FIELDS['en'])} subject"
        own = {identifier(name), *(f"{target.singular}_id" for target in chosen)}
        free = all(identifier(label) not in target.claimed for target in chosen) and identifier(label) not in own
        if not free or not entity.claim([identifier(name), *(f"{target.singular}_id" for target in chosen)]):
            return
        for target in chosen:
            target.claimed.add(identifier(label))
            self.linked.add((entity.singular, target.singular))
        facts = [f"{self.say('modifier', 'inverse')} {plain(label)}"]
        required = any(self._before(target, entity) for target in chosen) and self.chance(60)
        facts += [self.say("modifier", "required")] if required else []
        if self.chance(40):
            rule = spelled("word", self.one(("cascade", "restrict")), self.language)
            facts.append(f"{self.say('modifier', 'on delete')} {rule}")
        entity.columns.append(Column(name, "subject", required=required))
        self._line(entity, name, f"{self.say('relation', 'belongs to')} {' | '.join(t.label for t in chosen)}", facts)

    def _many(self, entity: Draft, name: str, target: Draft, through: Draft | None = None) -> bool:
        """`many to many`, perhaps `through` an entity."""
        pair = (entity.singular, target.singular)
        if pair in self.closed:
            return False
        wire = identifier(name)
        keys = [wire, f"{target.singular if wire == target.plural else wire}_ids"]
        inverse = None if {*keys} & entity.claimed else self._inverse(entity, target, {*keys}, unique=False)
        if inverse is None or not entity.claim(keys):
            return False
        self.linked.add(pair)
        type_ = f"{self.say('relation', 'many to many')} {target.label}"
        if through:
            type_ += f" {spelled('word', 'through', self.language)} {through.label}"
        facts = [f"{self.say('modifier', 'inverse')} {plain(inverse)}"] if inverse else []
        facts += [self.say("modifier", "read only")] if self.chance(8) else []
        entity.columns.append(Column(name, "many", target=target.label))
        self._line(entity, name, type_, facts)
        return True

    def _through(self, entity: Draft, name: str) -> None:
        """`many to many` through an entity of its own, with a link to each side."""
        target = self.one(self.entities)
        holder = self._entity(self.one(("Membership", "Assignment", "Enrolment", "Line", "Link")))
        if holder is None:
            return
        sides = []
        for side, label in ((entity, "left side"), (target, "right side")):
            back = f"{holder.singular} {label}"
            if identifier(back) in side.claimed:
                back += " 2"
            side.claimed.add(identifier(back))
            holder.claim([identifier(label), f"{identifier(label)}_id"])
            delete = f"{self.say('modifier', 'on delete')} {spelled('word', 'cascade', self.language)}"
            facts = [self.say("modifier", "required"), delete, f"{self.say('modifier', 'inverse')} {plain(back)}"]
            holder.columns.append(Column(label, "belongs to", target=side.label, required=True))
            self._line(holder, label, f"{self.say('relation', 'belongs to')} {side.label}", facts)
            self.linked.add((holder.singular, side.singular))
            sides.append(label)
        holder.ruled = True
        self._many(entity, name, target, holder)

    # Columns, and what is written.

    def _key(self, entity: Draft) -> None:
        """A primary key of the entity's own, now and then."""
        name = self.one(("id", "id", "code", "ref", "órden"))
        if not self.chance(20) or (name != "id" and not entity.claim([identifier(name)])):
            return
        type_ = self.one(KEYS)
        facts = [self.say("modifier", "primary key")]
        facts += [self.say("modifier", "max") + " 12"] if type_ == "text" and self.chance(70) else []
        entity.columns.append(
            Column(name, type_, SAMPLES.get(type_, ("1", "2", "3", "4")), required=True, unique=True, key=True)
        )
        self._line(entity, name, self.say("type", type_), facts)

    def _columns(self, entity: Draft) -> None:
        self._key(entity)
        if self.chance(15) and entity.claim(["opens", "closes"]):
            type_ = self.one(("date", "datetime", "time", "integer", "decimal", "money"))
            for end in ("opens", "closes"):
                entity.columns.insert(0, Column(end, type_, SAMPLES.get(type_, ("1", "2"))))
                self._line(entity, end, self.say("type", type_), [])
        for _ in range(self.draw(st.integers(1, 6))):
            name = self._name(entity)
            if name is None or not entity.claim([identifier(name)]):
                continue
            column, facts = self.fields.column(name)
            if self.chance(5) and len(name) < LONGEST_OLD and entity.claim([f"old_{identifier(name)}"]):
                facts += f", {self.say('modifier', 'was')} {plain('old ' + name)}"
            if '"' in facts and self._column_taken(entity, facts):
                facts = ", ".join(part for part in facts.split(", ") if not _names_column(part))
            entity.columns.append(column)
            self._line(entity, name, facts, [])

    def _column_taken(self, entity: Draft, facts: str) -> bool:
        """Whether a column's name in the database is taken; it is claimed where not."""
        parts = [part for part in facts.split(", ") if _names_column(part)]
        names = [part.split('"')[1].lower() for part in parts]
        if any(name in entity.claimed for name in names):
            return True
        entity.claimed.update(names)
        return False

    def _line(self, entity: Draft, name: str, type_: str, facts: list[str]) -> None:
        doc = f" — {self.one(DOCS)}" if self.chance(12) else ""
        entity.lines.append(f"- {name}: {', '.join([type_, *self.draw(st.permutations(facts))])}{doc}")

    def _blocks(self) -> None:
        """Rules, indexes, options and permissions of every entity."""
        columns = {entity.label: entity.columns for entity in self.entities}
        account = self.account.label if self.account else ""
        access = Access(self.fields, self.roles, account, columns) if self.roles else None
        permitted = access is not None and self.chance(70)
        for entity in self.entities:
            rules = Rules(self.fields, entity.columns)
            block, ruled = rules.rules()
            entity.ruled = entity.ruled or ruled
            entity.blocks += [*block, *rules.indexes(), *self._options(entity)]
            if access and permitted and self.chance(85):
                entity.blocks += access.block(entity.columns, is_account=entity is self.account)

    def _options(self, entity: Draft) -> list[str]:
        lines = []
        if self.chance(20) and "deleted_at" not in entity.claimed:
            entity.soft = True
            lines.append(f"- {self.say('option', 'soft delete')}: {self.say('literal', 'yes')}")
        shown = [c for c in entity.columns if c.type not in {"list", "belongs to", "subject", "many"} and not c.hidden]
        if shown and self.chance(30):
            entity.display = self.one(shown)
            lines.append(f"- {self.say('option', 'display')}: {entity.display.name}")
        if self.chance(10):
            lines.append(f"- {self.say('option', 'table')}: tbl_{entity.singular}")
        return [f"#### {self.say('block', 'Options')}", "", *lines, ""] if lines else []

    def _prose(self) -> list[str]:
        return ["", f"> {self.one(DOCS)}", ""] if self.chance(40) else [""]

    def _roles(self) -> list[str]:
        if not self.roles:
            return []
        lines = [f"- {role}" + (f": {self.one(DOCS)}" if self.chance(40) else "") for role in self.roles]
        return [f"## {self.say('section', 'Roles')}", "", *lines, ""]

    def _enums(self) -> list[str]:
        lines = [f"- {label}: {' | '.join(values)}" for label, values in self.enums.items()]
        return [f"## {self.say('section', 'Enums')}", "", *lines, ""] if lines else []

    def _entities(self) -> list[str]:
        lines = [f"## {spelled('section', 'Entities', self.language)}", ""]
        for entity in self.entities:
            prose = [self.one(DOCS[:4]), ""] if self.chance(15) else []
            lines += [entity.heading, "", *prose, *self.draw(st.permutations(entity.lines)), "", *entity.blocks]
        return lines


def _names_column(fact: str) -> bool:
    return fact.startswith(("column ", "columna "))


def drawn(count: int, seed: int) -> list[str]:
    """The same specs for the same seed."""
    return [_drawn(f"{seed}-{number}") for number in range(count)]


def _drawn(seed: str) -> str:
    """One spec. Hypothesis gets a seed for each: within one run it varies what it drew before.

    The first and simplest one that it draws is left out.
    """
    texts: list[str] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=2,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(specs())
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    return texts[-1]


@st.composite
def specs(draw: Draw) -> str:
    """Valid specs."""
    return Author(draw).spec()
