"""What signing in needs: the account, what a new one says of itself, and the paths of the API."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.account import ROLE, email_field
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, ShapeField
from iopeer_core.spec.model import ChoiceType, Entity, EnumType, FieldType, Scalar, ScalarType

from iopeer_plugin_nextjs.view import naming

SECRET = "password"  # noqa: S105 - the member's name
_INPUTS = {
    Scalar.DATE: "date",
    Scalar.DECIMAL: "number",
    Scalar.EMAIL: "email",
    Scalar.INTEGER: "number",
    Scalar.MONEY: "number",
    Scalar.PHONE: "tel",
    Scalar.TIME: "time",
    Scalar.URL: "url",
}
"""The kind of an HTML input that suits a type; all others are text."""


@dataclass(frozen=True)
class Entry:
    """A field that a new account must fill in."""

    name: str
    field: str  # whose label it has
    type: str  # in TypeScript
    input: str  # an HTML input's type
    choices: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """What the form checks of it, in Zod."""
        if self.input == "email":
            return "email()"
        return "number()" if self.type == "number" else "required()"


@dataclass(frozen=True)
class AuthView:
    """Signing in and out."""

    blueprint: Blueprint

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """What the API does to sign accounts in and out, sorted by name."""
        return tuple(one for one in self.blueprint.all(Operation, "") if one.verb.startswith("auth."))

    def operation(self, name: str) -> Operation | None:
        """One of them: `login`, `change_password`."""
        return next((one for one in self.operations if one.verb == f"auth.{name}"), None)

    @property
    def account(self) -> Entity:
        """The entity that signs in."""
        return self.blueprint.entity(self.blueprint.account)

    @cached_property
    def email(self) -> str:
        """The wire name of the address that an account signs in with."""
        found = email_field(self.account)
        return found.name if found else "email"

    @property
    def has_roles(self) -> bool:
        """Whether accounts have roles."""
        return self.account.field(ROLE) is not None

    @cached_property
    def me(self) -> tuple[str, ...]:
        """The members of the type of whoever is signed in."""
        operation = self.operation("me")
        return tuple(self._member(shape) for shape in operation.output) if operation else ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What a new account says of itself beside its password: the address last, before the password."""
        operation = self.operation("register")
        found = [self._entry(shape) for shape in (operation.input if operation else ()) if shape.name != SECRET]
        return tuple(sorted(found, key=lambda entry: entry.name == self.email))

    def _entry(self, shape: ShapeField) -> Entry:
        scalar = shape.type.scalar if isinstance(shape.type, ScalarType) else None
        field = next(
            (r.field for r in self.blueprint.links_from(self.account.name) if shape.name in r.keys), shape.name
        )
        kind = "number" if shape.shape == "key" else _INPUTS.get(scalar, "text") if scalar else "text"
        return Entry(
            name=shape.name, field=field, type=self._type(shape), input=kind, choices=self._choices(shape.type)
        )

    def _member(self, shape: ShapeField) -> str:
        null = " | null" if shape.nullable or shape.name == "label" else ""
        return f"{naming.member(shape.name)}: {self._type(shape)}{null};"

    def _type(self, shape: ShapeField) -> str:
        """The type of a member in TypeScript."""
        if choices := self._choices(shape.type):
            return " | ".join(naming.text(value) for value in choices)
        numeric = shape.shape == "key" or (isinstance(shape.type, ScalarType) and shape.type.scalar is Scalar.INTEGER)
        return "number" if numeric else "string"

    def _choices(self, kind: FieldType | None) -> tuple[str, ...]:
        if isinstance(kind, EnumType):
            enum = self.blueprint.spec.enum(kind.enum)
            return enum.values if enum else ()
        return kind.values if isinstance(kind, ChoiceType) else ()
