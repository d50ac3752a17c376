"""Names in the generated Python: of modules, classes, attributes and variables; and words for its docstrings."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterable, Mapping

from iopeer_core.spec.model import Entity
from iopeer_core.spec.names import identifier, pascal

from iopeer_plugin_fastapi.language import escape

_ATTRIBUTES = frozenset(
    # names that the bodies of models and schemas use,
    "bool date datetime int list str text time timedelta choices utcnow today now_time "
    # that SQLAlchemy's declarative classes keep for themselves,
    "metadata registry "
    # and that pydantic's BaseModel has.
    "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json update_forward_refs validate".split()
)
_CLASSES = frozenset(
    # What models, schemas, services and routers import or declare beside the entities' own classes.
    "APIRouter Actor Annotated Any AsyncConnection AuthSession Base BaseModel BigInt BigInteger Boolean CheckConstraint Column "
    "Condition Conflict Connection Date DateTime Decimal Duration Entity Enum Event ExactNumeric False Field ForeignKey Generic "
    "Grant Identified Index Input Item Json JsonValue Key Link Mapped None Page Parent Policy Reference Request Response Role Row "
    "Scope Session Shape Step StrEnum String Table Text Time Timestamps True TypedReference UTC UTCDateTime UUID "
    "UniqueConstraint Uuid Verb".split()
)
_VARIABLES = frozenset("actor app connection data listed parent reads request response router row select writes".split())
_MODULES: Mapping[str, frozenset[str]] = {
    "models": frozenset({"auth", "enums"}),
    "schemas": frozenset({"auth", "common"}),
    "services": frozenset({"auth", "entity", "events", "filters", "policy", "reads", "writes", "tables"}),
    "routers": frozenset({"auth", "common", "health"}),
}


def attribute(name: str) -> str:
    """The name of a member of a model or schema: as the spec says, with `_` behind it where the word is taken."""
    taken = keyword.iskeyword(name) or name in _ATTRIBUTES or name.startswith("model_")
    return f"{name}_" if taken else name


def variable(name: str) -> str:
    """The name of a variable or argument in the routers."""
    return f"{name}_" if name in _VARIABLES else escape(name)


def module(folder: str, name: str) -> str:
    """The name of an entity's module in `backend/<folder>/`."""
    return f"{name}_" if keyword.iskeyword(name) or name in _MODULES[folder] else name


def class_names(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A class for each key: the wanted name, or with a suffix where the name is taken.

    Args:
        wanted: (key, identifier), the most important first.
    """
    names: dict[str, str] = {}
    for key, name in wanted:
        made = pascal(name)
        while made in _CLASSES or made in names.values():
            made += "Model" if key.startswith("entity:") else "Choice"
        names[key] = made
    return names


def members(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The members of an enum: (NAME, value), names unlike each other."""
    made: dict[str, str] = {}
    for number, value in enumerate(values, start=1):
        name = identifier(value).upper() or f"CHOICE_{number}"
        while name in made or name == "MRO":
            name += "_"
        made[name] = value
    return tuple(made.items())


def quoted(text: str) -> str:
    """A Python string literal in double quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def raw(pattern: str) -> str:
    """A regex as a Python literal: raw where that can be written."""
    plain = '"' not in pattern and "\n" not in pattern and not pattern.endswith("\\")
    return f'r"{pattern}"' if plain else quoted(pattern)


def prose(label: str) -> str:
    """A label within a sentence: small letters, unless it is an acronym."""
    return " ".join(word if word[1:2].isupper() else word[:1].lower() + word[1:] for word in label.split())


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop, safe inside a docstring."""
    text = text.strip().replace("\\", "\\\\").replace('"', "'")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def article(noun: str) -> str:
    """`a task`, `an order`, `a user`, `an hour`."""
    word = noun.lower()
    spoken = word.startswith(("a", "e", "i", "o", "u")) and not word.startswith(("eu", "uni", "use", "usu", "one", "once"))
    return f"{'an' if spoken or word.startswith(('hour', 'honest', 'heir')) else 'a'} {noun}"


def indefinite(entity: Entity, language: str) -> str:
    """`a task`; the bare noun in other languages, whose genders a spec does not tell."""
    noun = prose(entity.names.label)
    return article(noun) if language == "en" else noun
