"""All that templates ask about the whole app."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Requirement, Symbol
from iopeer_core.model.account import email_field
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import Entity, ListType, Role, Scalar, ScalarType

from iopeer_plugin_fastapi import contributions
from iopeer_plugin_fastapi.contributions import SchemaObject
from iopeer_plugin_fastapi.language import import_order
from iopeer_plugin_fastapi.login import keeps_passwords
from iopeer_plugin_fastapi.view import access, behaviour
from iopeer_plugin_fastapi.view.columns import (
    SEEDED,
    SESSIONS,
    Schema,
    association,
    outbox_table,
    seeded_table,
    sessions_table,
)
from iopeer_plugin_fastapi.view.entity import EntityView, Link
from iopeer_plugin_fastapi.view.names import Enum, Known
from iopeer_plugin_fastapi.view.schemas import Member
from iopeer_plugin_fastapi.view.seeds import SeedView, seeds_of
from iopeer_plugin_fastapi.view.tables import Table, ordered
from iopeer_plugin_fastapi.view.types import kind_of

_FILTERED = frozenset({"Date", "Duration", "Exact", "Time"})
"""The types that lists filter by, whether or not clients may write them."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class AppView:
    """The app, as the templates see it."""

    blueprint: Blueprint

    @cached_property
    def known(self) -> Known:
        """What everything is called."""
        return Known(blueprint=self.blueprint)

    @property
    def title(self) -> str:
        """The title of the spec."""
        return self.blueprint.spec.title

    @property
    def language(self) -> str:
        """The language of the spec's names."""
        return self.known.language

    @cached_property
    def entities(self) -> tuple[EntityView, ...]:
        """All entities, by name."""
        names = sorted(entity.name for entity in self.blueprint.spec.entities)
        return tuple(self._views[name] for name in names)

    @cached_property
    def _views(self) -> dict[str, EntityView]:
        return {entity.name: EntityView(app=self, entity=entity) for entity in self.blueprint.spec.entities}

    def view(self, entity: Entity | str) -> EntityView:
        """What templates ask about one entity."""
        return self._views[entity if isinstance(entity, str) else entity.name]

    @property
    def account(self) -> EntityView:
        """The entity that signs in."""
        return self.view(self.blueprint.account)

    @property
    def email(self) -> str:
        """The wire name of the account's email."""
        found = email_field(self.account.entity)
        return found.name if found else ""

    @property
    def keeps_passwords(self) -> bool:
        """Whether the backend itself signs accounts in, by their passwords; no other plugin does."""
        return keeps_passwords(self.blueprint.plan)

    @property
    def signs_in(self) -> contributions.Authenticator:
        """How callers show who they are, where another plugin signs them in."""
        return next(each for each in self.blueprint.all(contributions.Authenticator) if each.headers)

    @property
    def summary(self) -> str:
        """The first paragraph of the spec's prose on one line, without Markdown's marks; "" where there is none."""
        first = self.blueprint.spec.doc.split("\n\n")[0]
        return " ".join(line.lstrip("> ").strip() for line in first.splitlines()).strip()

    @property
    def slug(self) -> str:
        """The title as the name of a distribution."""
        return self.database.replace("_", "-")

    def requirements(self, group: str) -> tuple[str, ...]:
        """What the backend needs, by name.

        Args:
            group: "main" or "dev".
        """
        found = (r for r in self.blueprint.all(Requirement) if r.component == "backend" and r.group == group)
        return tuple(sorted(requirement.specifier for requirement in found))

    @property
    def database(self) -> str:
        """The name of the SQLite file, without its ending."""
        return identifier(self.title) or "app"

    @property
    def email_member(self) -> Member:
        """The email as clients send it."""
        return next(member for member in self.account.create if member.name == self.email)

    @property
    def registration(self) -> tuple[Member, ...]:
        """What opening an account takes beside the password: the email, then all that has no default."""
        needed = [m for m in self.account.create if not m.default and m.name not in {self.email, "role"}]
        return (self.email_member, *needed)

    @property
    def first_role(self) -> str:
        """The administrator's member of the class of roles."""
        return self.role_enum.members[0][0] if self.role_enum else ""

    @property
    def last_role(self) -> str:
        """A newcomer's member of the class of roles."""
        values = {value: name for name, value in self.role_enum.members} if self.role_enum else {}
        field = self.account.entity.field("role")
        return values[field.default.value] if field and field.default else ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles, the administrator's first."""
        return self.blueprint.spec.roles

    @property
    def role_enum(self) -> Enum | None:
        """The class of the roles; none where the app has none."""
        return self.known.role_enum

    @cached_property
    def shared_enums(self) -> tuple[Enum, ...]:
        """The classes of `## Enums`, by name; those that no field uses too."""
        return tuple(sorted((e for e in self.known.enums.values() if not e.owner), key=lambda enum: enum.name))

    @cached_property
    def enum_names(self) -> tuple[str, ...]:
        """The classes of all choices."""
        own = (enum.name for entity in self.entities for enum in entity.enums)
        return tuple(sorted({*own, *(enum.name for enum in self.shared_enums)}))

    @property
    def modules(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The modules of `backend.models` and what each gives, sorted as imports are."""
        found = {e.module("models"): e.exported for e in self.entities} | {"seeds": (self.seeded.variable,)}
        if self.keeps_passwords:
            found["auth"] = (self.sessions.variable,)
        if self.shared_enums:
            found["enums"] = tuple(enum.name for enum in self.shared_enums)
        return tuple((module, tuple(sorted(found[module], key=import_order))) for module in sorted(found))

    @property
    def exported(self) -> tuple[str, ...]:
        """What `backend.models` gives."""
        names = {name for entity in self.entities for name in entity.exported} | {self.seeded.variable}
        names |= {enum.name for enum in self.shared_enums} | (
            {self.sessions.variable} if self.keeps_passwords else set()
        )
        return tuple(sorted(names, key=import_order))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of all entities and links, each after those that it refers to."""
        found = []
        for entity in self.blueprint.spec.entities:
            found.append(Schema(known=self.known, entity=entity).table())
            made = (association(self.known, entity, r) for r in self.blueprint.links_from(entity.name))
            found += [table for table in made if table]
        taken = {table.name for table in found}
        found.append(seeded_table("seeded_rows" if "seeded_rows" not in taken else "rows_that_were_seeded"))
        if self.keeps_passwords:
            name = "auth_sessions" if "auth_sessions" not in taken else "signed_in_devices"
            found.append(sessions_table(self.known, name))
        if self.handlers:
            found.append(outbox_table())
        return ordered(found)

    @cached_property
    def seeded(self) -> Table:
        """The table of what was seeded, which belongs to no entity."""
        return next(table for table in self.tables if table.variable == SEEDED)

    @cached_property
    def sessions(self) -> Table:
        """The table of signed-in devices, which belongs to no entity."""
        return next(table for table in self.tables if table.variable == SESSIONS)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {table.name: table for table in self.tables}

    def table(self, name: str) -> Table:
        """The table with this name."""
        return self._tables[name]

    @cached_property
    def seeds(self) -> tuple[SeedView, ...]:
        """The first rows, entity by entity, each after those that it refers to."""
        return tuple(seeds_of(self))

    @cached_property
    def _scalars(self) -> frozenset[Scalar]:
        kinds = (item.type for entity in self.blueprint.spec.entities for item in entity.fields)
        bare = (kind.item if isinstance(kind, ListType) else kind for kind in kinds)
        return frozenset(kind.scalar for kind in bare if isinstance(kind, ScalarType))

    def uses(self, *scalars: str) -> bool:
        """Whether a field has one of these types: `uses("duration")`."""
        return any(Scalar(name) in self._scalars for name in scalars)

    @cached_property
    def _annotations(self) -> frozenset[str]:
        """Every word in the types of what clients send, and of all that they may filter by."""
        found: list[str] = []
        for view in self.entities:
            found += [alias.annotation for alias in view.aliases]
            found += [member.annotation for member in (*view.create, *view.update)]
            kinds = (kind_of(f, self.known.enum_class, self.known.choices) for f in view.entity.fields if not f.is_link)
            found += [kind.accepted for kind in kinds if kind.accepted in _FILTERED]
        return frozenset(_WORD.findall(" ".join(found)))

    def accepts(self, *names: str) -> bool:
        """Whether something of backend/utils/validators.py is needed: `accepts("Id", "Integer")`, any of them."""
        return any(name in self._annotations for name in names)

    @property
    def key_types(self) -> tuple[str, ...]:
        """The Python types of all ids: `int`, where keys are declared `str` or `UUID` too."""
        return self.known.key_types

    @property
    def references(self) -> bool:
        """Whether any entity links to another."""
        return bool(self.blueprint.relations)

    @property
    def generic_references(self) -> bool:
        """Whether links lead to ids of several types."""
        return self.references and self.known.mixed_keys

    @property
    def subjects(self) -> bool:
        """Whether any link leads to one of several entities."""
        return any(relation.kind == "subject" for relation in self.blueprint.relations)

    def policy_has(self, text: str) -> bool:
        """Whether the policies use a name of engine/policy.py: `policy_has("PUBLIC")`, `policy_has("only=")`."""
        return any(text in shown for entity in self.entities for shown in entity.policy_texts)

    def added(self, kind: str) -> tuple[Contribution, ...]:
        """What other plugins hand to the backend, by the name of its class in contributions.py: `added("Router")`."""
        return self.blueprint.all(getattr(contributions, kind))

    @property
    def held_links(self) -> bool:
        """Whether links are rows of an entity that not everybody who changes the links may add and delete."""
        return any(self.guarded(entity, link) for entity in self.entities for link in entity.links)

    def guarded(self, entity: EntityView, link: Link) -> bool:
        """Whether some who may change a set of links may not add or delete the rows that hold them."""
        through = link.through
        return through is not None and link.writable and access.guarded(entity, link.name, through)

    def steps(self, entity: EntityView, phase: str) -> Mapping[str, tuple[Symbol, ...]]:
        """What other plugins do "before" or "after" something is done, by "CREATE", "READ", "UPDATE", "DELETE"."""
        return behaviour.steps(entity, phase)

    @cached_property
    def handlers(self) -> tuple[Symbol, ...]:
        """Who hears of committed changes; without any, there is no outbox."""
        return behaviour.handlers(self.blueprint.all(contributions.Interceptor))

    def handler_name(self, symbol: Symbol) -> str:
        """The name by which the outbox knows a handler."""
        return behaviour.name_of(symbol)

    def own_steps(self, entity: EntityView, phase: str, keeping: str) -> Mapping[str, tuple[str, ...]]:
        """What the backend itself does before or after something is done to an entity, by verb, as code."""
        return behaviour.own_steps(entity, phase, keeping)

    def has(self, feature: str) -> bool:
        """Whether any entity has something: `has("links")`, `has("moving_rules")`."""
        return any(getattr(entity, feature) for entity in self.entities)

    def schema_objects(self, *, up: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The statements that make other plugins' triggers, views and the like, by dialect; or those that drop them."""
        return behaviour.schema_objects(self.blueprint.all(SchemaObject), up=up)

    @property
    def soft_deletes(self) -> bool:
        """Whether any entity's rows are only marked as deleted."""
        return any(entity.soft_delete for entity in self.entities)

    @property
    def withholds(self) -> bool:
        """Whether any grant is limited to some fields."""
        return any(entity.withholds for entity in self.entities)
