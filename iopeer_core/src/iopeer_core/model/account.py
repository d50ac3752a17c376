"""Which entity signs in, and what IOPEER adds to it (contract.md, Who may do what)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iopeer_core.errors import SpecError
from iopeer_core.model.names import Names, identifier, make_names
from iopeer_core.model.spec import (
    ChoiceType,
    Entity,
    EnumType,
    Field,
    LiteralKind,
    Scalar,
    ScalarType,
    Spec,
    Value,
)

IOPEER = "iopeer"
"""Who adds what the core itself adds."""
ROLE = "role"
"""The identifier, and wire name, of the account's field that holds its role."""
USUAL = ("user", "usuario")
"""The entities that sign in where the spec names none: those with an email come first, then the order here."""


def usual_account(entities: Mapping[str, bool]) -> str | None:
    """The entity that signs in where the spec names none; None where that is one which IOPEER adds.

    Args:
        entities: by identifier, whether they have an email.
    """
    return min((name for name in USUAL if name in entities), key=lambda name: not entities[name], default=None)


_ADDED = {
    "en": {"account": "User", "email": "email", "name": "name", "role": "role"},
    "es": {"account": "Usuario", "email": "correo", "name": "nombre", "role": "rol"},
}
"""What IOPEER calls what it adds, in the languages that it knows."""


def added_label(label: str, language: str) -> str:
    """What something that IOPEER added is called in another language: "Usuario" for "User"."""
    key = next((key for words in _ADDED.values() for key, word in words.items() if word == label), "")
    return _ADDED.get(language.split("-", maxsplit=1)[0], {}).get(key, label)


def added_account(language: str) -> str:
    """What the label is of the account that IOPEER adds to a spec without one.

    Args:
        language: of the spec's names.
    """
    return added_label("User", language)


def account_of(spec: Spec) -> Entity | None:
    """The entity that signs in: the one that `- account:` names, else User or Usuario with an email; else none yet.

    Raises:
        SpecError: the entity that is named does not exist or has no email.
    """
    named = spec.app.account
    if named is None:
        usual = spec.entity(usual_account({each.name: bool(email_field(each)) for each in spec.entities}) or "")
        return usual if usual and email_field(usual) else None
    entity = spec.entity(named)
    if entity is None:
        raise SpecError(f"the account is {named!r}, which is no entity", how="name another in `- account:` of `## App`")
    if email_field(entity) is None:
        raise SpecError(
            f"the account {entity.names.label!r} has no email", how="give it a field: - email: email, required, unique"
        )
    return entity


def email_field(entity: Entity) -> Field | None:
    """The field that accounts sign in with: of several emails the one that fits best, then the first."""
    emails = [f for f in entity.fields if isinstance(f.type, ScalarType) and f.type.scalar is Scalar.EMAIL]
    return max(emails, key=lambda f: (not f.read_only, not f.hidden, f.required + f.unique), default=None)


def signs_in(entity: Entity) -> Entity:
    """The account with the email that it signs in with required and unique, as signing in needs it."""
    email = email_field(entity)
    fields = (replace(f, required=True, unique=True) if f is email else f for f in entity.fields)
    return replace(entity, fields=tuple(fields))


def default_account(spec: Spec) -> Entity:
    """The account for a spec without one: `User` with email and name, in Spanish `Usuario` with correo and nombre.

    Raises:
        SpecError: the spec has an entity of that name, without an email.
    """
    language = _language(spec)
    label, email, name = (added_label(word, language) for word in ("User", "email", "name"))
    names = make_names(label, language=language)
    if spec.entity(names.singular):
        raise SpecError(
            f"the account {label!r} has no email", how=f"give it a field: - {email}: email, required, unique"
        )
    fields = (
        _field(spec, email, ScalarType(scalar=Scalar.EMAIL), unique=True),
        _field(spec, name, ScalarType(scalar=Scalar.TEXT), searchable=True),
    )
    return Entity(names=names, fields=fields, added_by=IOPEER)


def role_field(spec: Spec) -> Field:
    """The field that holds the role of an account: a choice of the roles' identifiers.

    The default is the last role of the user's own, which accounts get that register themselves; where only plugins
    have roles, an account has none until it is given one.
    """
    own = [role.name for role in spec.roles if not role.added_by]
    roles = tuple(role.name for role in spec.roles)
    label = added_label(ROLE, _language(spec))
    return Field(
        names=Names(label=label, plural_label="roles", singular=ROLE, plural="roles"),
        type=ChoiceType(values=roles),
        required=bool(own),
        default=Value(kind=LiteralKind.CHOICE, value=own[-1]) if own else None,
        added_by=IOPEER,
    )


def holds_roles(spec: Spec, item: Field) -> bool:
    """Whether a field `role` that stands in the spec already is the choice of the roles."""
    values: tuple[str, ...] = ()
    if isinstance(item.type, ChoiceType):
        values = item.type.values
    elif isinstance(item.type, EnumType):
        enum = spec.enum(item.type.enum)
        values = enum.values if enum else ()
    return bool(values) and {identifier(value) for value in values} == {role.name for role in spec.roles}


def _language(spec: Spec) -> str:
    return (spec.app.languages[0] if spec.app.languages_given else spec.language).split("-")[0]


def _field(spec: Spec, label: str, kind: ScalarType, *, unique: bool = False, searchable: bool = False) -> Field:
    names = make_names(label, language=_language(spec))
    return Field(names=names, type=kind, required=True, unique=unique, searchable=searchable, added_by=IOPEER)
