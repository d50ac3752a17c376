"""The words of the spec format, one table with a column per language; plugins add theirs through a `Grammar`.

A form in braces stands for its variants (`únic{o,a}` is `único` and `única`); the first form of a language is the one
that is suggested and written. Case and accents are ignored, so they are there for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from iopeer_core.language.parts import PartReaders
from iopeer_core.language.text import fold
from iopeer_core.model.spec import Scalar

Kind = Literal[
    "section", "block", "app key", "option", "type", "relation", "modifier", "rule", "note", "verb", "word", "literal"
]

# kind | English | Spanish. The name of a word is its first English form.
_TABLE = """
section  | App; Application         | Aplicación
section  | Roles                    | Roles
section  | Enums                    | Enumerados
section  | Entities                 | Entidades
section  | Seeds                    | Datos iniciales
section  | Labels                   | Etiquetas
section  | Include                  | Incluir
section  | Notes                    | Notas
block    | Permissions              | Permisos
block    | Rules                    | Reglas
block    | Indexes                  | Índices
block    | Options                  | Opciones
app key  | languages                | idiomas
app key  | currency                 | moneda
app key  | account                  | cuenta
option   | soft delete              | borrado suave
option   | display                  | mostrar
option   | table                    | tabla
type     | text{,s}                 | texto{,s}
type     | long text{,s}            | texto{,s} largo{,s}
type     | markdown                 | markdown
type     | integer{,s}              | entero{,s}
type     | decimal{,s}              | decimal{,es}
type     | money                    | dinero
type     | boolean{,s}; yes/no      | booleano{,s}; sí/no
type     | date{,s}                 | fecha{,s}
type     | time{,s}                 | hora{,s}
type     | datetime{,s}             | fecha y hora; fechas y horas
type     | duration{,s}             | duraci{ón,ones}
type     | email{,s}                | correo{,s}
type     | url{,s}                  | enlace{,s}
type     | phone{,s}                | teléfono{,s}
type     | slug{,s}                 | slug{,s}
type     | color{,s}                | color{,es}
type     | country; countries       | país{,es}
type     | uuid{,s}                 | uuid{,s}
type     | json                     | json
relation | list of                  | lista de
relation | one of                   | un{o,a} de
relation | belongs to               | pertenece a{,l}
relation | has many                 | tiene much{os,as}
relation | has one                  | tiene un{o,a,}
relation | many to many             | much{os,as} a much{os,as}
word     | through                  | a través de{,l}
modifier | required                 | obligatori{o,a,os,as}; requerid{o,a,os,as}
modifier | optional                 | opcional{,es}
modifier | unique                   | únic{o,a,os,as}
modifier | indexed                  | indexad{o,a,os,as}
modifier | primary key              | clave primaria
modifier | read only                | solo lectura
modifier | hidden                   | ocult{o,a,os,as}
modifier | searchable               | buscable{,s}
modifier | default                  | por defecto
modifier | min; minimum             | mínim{o,a,os,as}
modifier | max; maximum             | máxim{o,a,os,as}
modifier | between                  | entre
modifier | matches                  | coincide{,n} con
modifier | on delete                | al borrar
modifier | inverse                  | invers{o,a}
modifier | was                      | antes
modifier | column                   | columna
word     | cascade                  | cascada; en cascada
word     | set null                 | anular
word     | restrict                 | restringir
rule     | unique                   | únic{o,a,os,as}
rule     | primary key              | clave primaria
rule     | check                    | comprobar
note     | was                      | antes
note     | plural                   | plural
verb     | all                      | tod{o,a,os,as}
verb     | create                   | crear
verb     | read                     | leer
verb     | update                   | actualizar
verb     | delete                   | borrar
verb     | nothing                  | nada
word     | own                      | propi{o,a,os,as}
word     | by                       | por
word     | where                    | donde
word     | only                     | solo; solamente
word     | and                      | y; e
word     | or                       | o; u
word     | not                      | no
word     | in                       | en
word     | is empty                 | está{,n} vací{o,a,os,as}
word     | is not empty             | no está{,n} vací{o,a,os,as}
word     | desc; descending         | descendente{,s}
word     | public                   | públic{o,a}
word     | id                       | id
word     | created at; created_at   | creado; creado en; creado el
word     | updated at; updated_at   | actualizado; actualizado en; actualizado el
literal  | yes                      | sí
literal  | no                       | no
literal  | now                      | ahora
literal  | today                    | hoy
literal  | me                       | yo
"""
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the format, or of a plugin.

    `forms` holds per language the spellings that are read, the first being the one that is written. A plugin's type
    lowers to `scalar` (with `precision` and `scale` for a decimal).
    """

    kind: Kind
    name: str  # the first English form: what the model says
    forms: Mapping[str, tuple[str, ...]] = field(hash=False)
    plugin: str = ""
    scalar: Scalar | None = None
    precision: int | None = None
    scale: int | None = None

    def form(self, language: str) -> str:
        """The spelling of a language, else the English one, else the name."""
        return next(iter(self.forms.get(language) or self.forms.get("en") or ()), self.name)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words that plugins add to the core's: kinds section, block, app key, option, type and modifier.

    `readers` look at the sections and blocks that plugins own, where a spec has them.
    """

    words: tuple[Word, ...] = ()
    readers: PartReaders = field(default_factory=dict, hash=False)


CORE = Grammar()


@dataclass(frozen=True, slots=True)
class Match:
    """A word found at the beginning of a text, the language it was written in, and where it ends."""

    word: Word
    language: str
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, found by kind and folded form."""

    words: tuple[Word, ...]
    _forms: dict[tuple[str, str], tuple[Word, str]] = field(default_factory=dict)
    _lengths: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for word in self.words:
            for language, forms in word.forms.items():
                for form in forms:
                    key = fold(form)
                    self._forms.setdefault((word.kind, key), (word, language))
                    self._lengths[word.kind] = max(self._lengths.get(word.kind, 0), len(key.split()))

    def exact(self, text: str, kind: Kind) -> Match | None:
        """The word that `text` is, as a whole."""
        found = self._forms.get((kind, fold(text)))
        return Match(found[0], found[1], len(text)) if found else None

    def match(self, text: str, *kinds: Kind) -> Match | None:
        """The longest word that `text` begins with."""
        longest = max(self._lengths.get(kind, 0) for kind in kinds)
        ends = _word_ends(text, longest)
        for end in reversed(ends):
            key = fold(text[:end])
            for kind in kinds:
                found = self._forms.get((kind, key))
                if found:
                    return Match(found[0], found[1], end)
        return None

    def is_word(self, text: str, name: str) -> bool:
        """Whether `text` is the small word (and, in, where, …) with this name."""
        found = self._forms.get(("word", fold(text)))
        return found is not None and found[0].name == name

    def of(self, *kinds: Kind) -> tuple[Word, ...]:
        """The words of these kinds, in the table's order."""
        return tuple(word for word in self.words if word.kind in kinds)

    def word(self, kind: Kind, name: str) -> Word:
        """The word of this name."""
        return self._forms[kind, fold(name)][0]


_WORD = re.compile(r"[^\s:(\"`,|]+")
_GAP = re.compile(r"\s*")


def _word_ends(text: str, count: int) -> list[int]:
    """Where the first `count` words of `text` end, as far as only spaces part them."""
    ends: list[int] = []
    at = 0
    while len(ends) < count:
        found = _WORD.match(text, at)
        if not found:
            break
        ends.append(found.end())
        gap = _GAP.match(text, found.end())
        at = gap.end() if gap else found.end()
    return ends


def spellings(form: str) -> list[str]:
    """`únic{o,a}` → `único`, `única`."""
    head, brace, rest = form.partition("{")
    if not brace:
        return [form]
    variants, _, tail = rest.partition("}")
    return [head + variant + end for variant in variants.split(",") for end in spellings(tail)]


@lru_cache(maxsize=1)
def core_words() -> tuple[Word, ...]:
    """The words of the table."""
    words = []
    for row in _TABLE.strip().splitlines():
        kind, *columns = (cell.strip() for cell in row.split("|"))
        forms = {
            language: tuple(s for form in cell.split(";") for s in spellings(form.strip()))
            for language, cell in zip(LANGUAGES, columns, strict=True)
        }
        words.append(Word(kind=kind, name=forms["en"][0], forms=forms))  # type: ignore[arg-type] # the table's kinds
    return tuple(words)


@lru_cache(maxsize=32)
def lexicon(words: Iterable[Word] = ()) -> Lexicon:
    """The core's words and those of plugins; a plugin's never takes a form from the core."""
    return Lexicon((*core_words(), *words))


def phrase(name: str, language: str) -> str:
    """How the core's word of this name is written in a language."""
    return _by_name()[fold(name)].form(language)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Word]:
    return {fold(word.name): word for word in reversed(core_words())}
