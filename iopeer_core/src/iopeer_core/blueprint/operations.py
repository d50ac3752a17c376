"""What the API of every entity does: `Operation` contributions, of no framework (contract.md, Operations).

A backend's plugin contributes them, since it is the backend that answers; frontends and clients read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iopeer_core.blueprint.contributions import Operation, Policy, ShapeField
from iopeer_core.blueprint.parameters import list_parameters
from iopeer_core.blueprint.plan import Plan
from iopeer_core.blueprint.shapes import Links, Shapes, shapes_of
from iopeer_core.model.account import ROLE, email_field
from iopeer_core.model.relations import Relation, by_source
from iopeer_core.model.spec import Entity, Scalar, ScalarType

PREFIX = "/api/v1"


def standard_operations(plan: Plan, *, prefix: str = PREFIX) -> tuple[Operation, ...]:
    """The operations of every entity of a plan, in the order of the entities.

    List, create, read, update (PATCH), replace (PUT) and delete; restore where rows are only marked as deleted; link
    and unlink per writable many to many; and the list of the children per link that points at the entity.
    """
    return tuple(_Standard(plan, prefix).operations())


def auth_operations(plan: Plan, *, prefix: str = PREFIX) -> tuple[Operation, ...]:
    """Signing in with email and password: register, login, refresh, logout, me, and the ways to a new password.

    Contributed by who keeps the passwords, so that another login can take its place.
    """
    account = plan.entity(plan.account)
    email = email_field(account)
    if email is None:
        return ()
    shapes = shapes_of(account, by_source(plan.relations), ())
    entrance = [shape for shape in shapes.create if shape.required and shape.name != ROLE]
    refresh = (_text("refresh_token"),)
    tokens = (_text("access_token"), *refresh, _text("token_type"), _of("expires_in", Scalar.INTEGER))
    role = tuple(shape for shape in shapes.read if shape.name == ROLE)
    me = (_row_id(shapes), ShapeField(name=email.name, type=email.type), _text("label"), *role)

    def operation(
        name: str,
        *,
        method: str = "POST",
        status: int = 200,
        form: bool = False,
        takes: tuple[ShapeField, ...] = (),
        gives: tuple[ShapeField, ...] = (),
    ) -> Operation:
        path = f"{prefix}/auth/{name.replace('_', '-')}"
        return Operation(
            name=name, verb=f"auth.{name}", method=method, path=path, input=takes, output=gives, status=status,
            encoding="form" if form else "json",
        )  # fmt: skip

    return (
        operation("register", status=201, takes=(*entrance, _text("password")), gives=tokens),
        operation("login", form=True, takes=(_text("username"), _text("password")), gives=tokens),
        operation("refresh", takes=refresh, gives=tokens),
        operation("logout", status=204, takes=refresh),
        operation("me", method="GET", gives=me),
        operation("change_password", takes=(_text("current_password"), _text("new_password")), gives=tokens),
        operation("forgot_password", status=202, takes=(ShapeField(name=email.name, type=email.type),)),
        operation("reset_password", status=204, takes=(_text("token"), _text("new_password"))),
    )


def _text(name: str) -> ShapeField:
    return _of(name, Scalar.TEXT)


def _of(name: str, scalar: Scalar) -> ShapeField:
    return ShapeField(name=name, type=ScalarType(scalar=scalar))


def _row_id(shapes: Shapes) -> ShapeField:
    return shapes.read[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """An entity with what its operations are made of."""

    entity: Entity
    shapes: Shapes
    parameters: tuple[str, ...]
    path: str  # of the list


class _Standard:
    """Makes the operations of one plan."""

    def __init__(self, plan: Plan, prefix: str) -> None:
        self._plan = plan
        links: Links = by_source(plan.relations)
        policies: dict[str, list[Policy]] = {}
        for policy in plan.policies:
            policies.setdefault(policy.entity, []).append(policy)
        self._known = {
            entity.name: _Known(
                entity=entity,
                shapes=shapes_of(entity, links, policies.get(entity.name, [])),
                parameters=list_parameters(entity, links),
                path=f"{prefix}/{entity.names.plurals.kebab}",
            )
            for entity in plan.spec.entities
        }

    def operations(self) -> Iterator[Operation]:
        for name, known in self._known.items():
            yield from _own(known)
            for relation in self._plan.links_from(name):
                if relation.kind == "many" and relation.writable:
                    yield from self._links(known, relation)
            for relation in self._plan.links_to(name):
                if relation.inverse_many:
                    yield self._children(known, relation)

    def _links(self, known: _Known, relation: Relation) -> Iterator[Operation]:
        """One link of a many to many, set or gone."""
        target = self._known[relation.target].entity.names
        field = known.entity.field(relation.field)
        segment = field.names.kebab if field else relation.field
        path = f"{known.path}/{{id}}/{segment}/{{{target.singular}_id}}"
        for verb, method, preposition in (("link", "PUT", "to"), ("unlink", "DELETE", "from")):
            yield Operation(
                name=f"{verb}_{relation.field}_{preposition}_{known.entity.name}",
                entity=known.entity.name, verb=verb, method=method, path=path, status=204, relation=relation.field,
            )  # fmt: skip

    def _children(self, known: _Known, relation: Relation) -> Operation:
        """The list of the rows that link to one row."""
        child, inverse = self._known[relation.source], relation.inverse_of(known.entity.name)
        return Operation(
            name=f"list_{inverse.singular}_of_{known.entity.name}",
            entity=known.entity.name, verb="children", method="GET", path=f"{known.path}/{{id}}/{inverse.kebab}",
            output=child.shapes.read, paged=True, parameters=child.parameters, relation=inverse.singular,
        )  # fmt: skip


def _own(known: _Known) -> Iterator[Operation]:
    """What is done to the rows of one entity."""
    names, shapes = known.entity.names, known.shapes
    row = known.path + "/{id}"

    def operation(
        verb: str, method: str, path: str, *, takes: tuple[ShapeField, ...] = (), status: int = 200
    ) -> Operation:
        return Operation(
            name=f"{verb}_{names.singular}", entity=names.singular, verb=verb, method=method, path=path, input=takes,
            output=() if status == 204 else shapes.read, status=status,
        )  # fmt: skip

    yield Operation(
        name=f"list_{names.plural}", entity=names.singular, verb="list", method="GET", path=known.path,
        output=shapes.read, paged=True, parameters=known.parameters,
    )  # fmt: skip
    yield operation("create", "POST", known.path, takes=shapes.create, status=201)
    yield operation("read", "GET", row)
    yield operation("update", "PATCH", row, takes=shapes.update)
    yield operation("replace", "PUT", row, takes=shapes.create)
    yield operation("delete", "DELETE", row, status=204)
    if known.entity.soft_delete:
        yield operation("restore", "POST", f"{row}/restore")
