"""What signing in needs: the account, what a new one says of itself, and the paths of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, ShapeField
from iopeer_core.model.account import email_field
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import PUBLIC, ChoiceType, Entity, EnumType, FieldType, Scalar, ScalarType

from iopeer_plugin_nextjs.view import naming
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.writing import tag

SECRET = "password"  # noqa: S105 - the member's name
_INPUTS = {
    Scalar.BOOLEAN: "checkbox",
    Scalar.COUNTRY: "country",
    Scalar.DATETIME: "datetime-local",
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
_TYPES = {Scalar.INTEGER: "number", Scalar.BOOLEAN: "boolean"}
_COMPONENTS = {"checkbox": "CheckField", "country": "CountryField", "row": "RowField"}
_AUTOCOMPLETE = {"email": "username", "tel": "tel", "url": "url"}
_SCHEMAS = {"checkbox": "z.boolean()", "datetime-local": "moment()", "email": "email()"}


@dataclass(frozen=True)
class Entry:
    """A field that a new account must fill in."""

    name: str
    field: str  # whose label it has
    type: str  # in TypeScript
    input: str  # an HTML input's type; "checkbox", "country" or "row" where no input alone suits
    choices: tuple[str, ...] = ()
    target: str = ""  # the entity that it leads to
    api: str = ""  # the constant that calls the API for that
    told: bool = False  # it leads to what visitors may not see: the id is typed in

    @property
    def schema(self) -> str:
        """What the form checks of it, in Zod."""
        if self.choices:
            return f'z.enum([{", ".join(naming.text(value) for value in self.choices)}], "required")'
        if self.input in _SCHEMAS:
            return _SCHEMAS[self.input]
        return "required()" if self.type == "string" else 'z.int("required")' if self.input == "row" else "number()"

    @property
    def component(self) -> str:
        """The component of components/auth that it is filled in with."""
        return "ChoiceField" if self.choices else _COMPONENTS.get(self.input, "TextField")

    def element(self, indent: int) -> str:
        """The element of it."""
        return tag(self.component, list(self._properties()), indent)

    def _properties(self) -> Iterator[str]:
        yield f"label={{labels.field({naming.text(self.field)})}}"
        if self.choices:
            yield f"choices={{[{', '.join(naming.text(value) for value in self.choices)}]}}"
        if self.input == "row":
            yield f"of={{{self.api}}}"
        if self.component == "TextField":
            yield f'type="{self.input}"'
        if self.input in _AUTOCOMPLETE:
            yield f'autoComplete="{_AUTOCOMPLETE[self.input]}"'
        if self.told:
            yield 'hint={t("link_hint")}'
        yield f"{{...field({naming.text(self.name)})}}"

    @property
    def start(self) -> str:
        """What the form starts with, in TypeScript; "" for nothing."""
        return {"string": '""', "boolean": "false"}.get("" if self.choices else self.type, "")


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
        link = next((one for one in self._links if shape.name in one.keys), None)
        if link is None:
            kind = _INPUTS.get(scalar, "text") if scalar else "text"
            return Entry(
                name=shape.name, field=shape.name, type=self._type(shape), input=kind, choices=self._choices(shape.type)
            )
        known, target = Known(blueprint=self.blueprint), link.target
        kind = known.id_type(target)
        is_seen = any(policy.role == PUBLIC and policy.read for policy in self.blueprint.policy(target))
        typed = "number" if kind == "number" else "text"
        return Entry(
            name=shape.name, field=link.field, type=kind, input="row" if is_seen else typed, target=target,
            api=known.api(target), told=not is_seen,
        )  # fmt: skip

    def _member(self, shape: ShapeField) -> str:
        null = " | null" if shape.nullable or shape.name == "label" else ""
        return f"{naming.member(shape.name)}: {self._type(shape)}{null};"

    def _type(self, shape: ShapeField) -> str:
        """The type of a member in TypeScript."""
        if choices := self._choices(shape.type):
            return " | ".join(naming.text(value) for value in choices)
        return _TYPES.get(shape.type.scalar, "string") if isinstance(shape.type, ScalarType) else "string"

    @property
    def _links(self) -> tuple[Relation, ...]:
        """The links of an account to one row each."""
        return tuple(one for one in self.blueprint.links_from(self.account.name) if one.kind == "one")

    def _choices(self, kind: FieldType | None) -> tuple[str, ...]:
        if isinstance(kind, EnumType):
            enum = self.blueprint.spec.enum(kind.enum)
            return enum.values if enum else ()
        return kind.values if isinstance(kind, ChoiceType) else ()
