"""Names are made once, here: from what the user wrote to identifiers, paths and labels (contract.md, Names).

English plurals come from `pluralizer`: it starts in 25 ms where `inflect` needs half a second, and knows more irregular
words than `inflection`. Spanish ones follow the rules of the Real Academia, with the few words that do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Every form of one name. For `Work order`: label, plural_label, `work_order`, `work_orders`.

    Two names are equal when their identifiers are: the label keeps the user's spelling.
    """

    label: str = field(compare=False)  # as written: "Work order"
    plural_label: str = field(compare=False)  # "Work orders"
    singular: str  # "work_order": ASCII, the identifier and the wire name
    plural: str  # "work_orders"

    @property
    def snake(self) -> str:
        """`work_order`."""
        return self.singular

    @property
    def kebab(self) -> str:
        """`work-order`."""
        return self.singular.replace("_", "-")

    @property
    def pascal(self) -> str:
        """`WorkOrder`."""
        return pascal(self.singular)

    @property
    def camel(self) -> str:
        """`workOrder`."""
        return camel(self.singular)

    @property
    def plurals(self) -> Names:
        """The same forms of the plural: `names.plurals.kebab` is `work-orders`, its path."""
        return Names(label=self.plural_label, plural_label=self.plural_label, singular=self.plural, plural=self.plural)


def pascal(identifier: str) -> str:
    """`work_order` → `WorkOrder`."""
    return "".join(part[:1].upper() + part[1:] for part in identifier.split("_"))


def camel(identifier: str) -> str:
    """`work_order` → `workOrder`."""
    head, *rest = identifier.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


# Letters that do not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L",
     "ı": "i", "þ": "th", "ð": "d", "'": "", "’": "", "ʼ": ""}
)  # fmt: skip
_ENYE = re.compile("[ñÑ]")
# orderLine, OAuth2Token, ISBNCode are split; the plural of an acronym (APIs) is not.
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z][0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])(?![A-Z]s(?![a-z]))")
_NOT_ASCII_WORD = re.compile("[^a-z0-9]+")


def without_accents(text: str) -> str:
    """`text` with its accents fallen; `ñ` is an accented `n` here."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def identifier(text: str) -> str:
    """An ASCII identifier, "" when nothing is left: accents fall, `ñ` → `ni`, camelCase is split, `1a` → `n_1a`."""
    if not text.isascii():
        text = _ENYE.sub(_ni, unicodedata.normalize("NFC", text))
        text = without_accents(text.translate(_LETTERS))
    else:
        text = text.replace("'", "")
    words = _NOT_ASCII_WORD.sub("_", _HUMPS.sub("_", text).lower()).strip("_")
    return f"n_{words}" if words[:1].isdigit() else words


@lru_cache(maxsize=8192)
def words(label: str) -> str:
    """A label as people read it, a capital first: one that is an identifier is split as identifiers are.

    `requestBody` → `Request body`, `due_date` → `Due date`, `userID` → `User ID`; `GitHub account` and `iPhone` stay.
    """
    if " " not in label:
        found = [part for piece in label.split("_") for part in _humps(piece) if part]
        label = " ".join(part if not at or part[1:].isupper() else part.lower() for at, part in enumerate(found))
    return label[:1].upper() + label[1:]


def _humps(word: str) -> list[str]:
    """The parts of a word in camelCase; `iPhone` and `eBay` are one."""
    return [word] if word[:1].islower() and word[1:2].isupper() else _HUMPS.split(word)


def _ni(match: re.Match[str]) -> str:
    """`ni` in the case of its neighbours, so that `AÑO` is not split as camelCase is."""
    if match[0] == "ñ":
        return "ni"
    following = match.string[match.end() : match.end() + 1]
    return "Ni" if following.islower() else "NI"


@lru_cache(maxsize=8192)
def make_names(label: str, *, language: str, plural: str | None = None) -> Names:
    """All forms of a name; `plural` overrides the rules of `language` ("en" or "es", any other counts as "en")."""
    label = " ".join(label.split())
    plural_label = " ".join(plural.split()) if plural else pluralize(label, language)
    return Names(
        label=label,
        plural_label=plural_label,
        singular=identifier(label),
        plural=identifier(plural_label),
    )


def pluralize(label: str, language: str) -> str:
    """The plural of a label: in Spanish of all words before the first preposition, in English of the last of those."""
    spanish = language.split("-", maxsplit=1)[0] == "es"
    words = label.split(" ")
    prepositions = _SPANISH_PREPOSITIONS if spanish else _ENGLISH_PREPOSITIONS
    head = next((i for i, word in enumerate(words) if i and word.lower() in prepositions), len(words))
    first = 0 if spanish else head - 1
    rule = _spanish_plural if spanish else _english_plural
    return " ".join(_in_case(word, rule) if first <= i < head else word for i, word in enumerate(words))


_ENGLISH_PREPOSITIONS = frozenset({"of", "for", "in", "by", "per", "at"})
_SPANISH_PREPOSITIONS = frozenset(
    [
        "a",
        "al",
        "con",
        "de",
        "del",
        "desde",
        "en",
        "entre",
        "hacia",
        "hasta",
        "para",
        "por",
        "según",
        "sin",
        "sobre",
        "tras",
    ]
)
_LAST_WORD = re.compile(r"[^\W_]+(?=[\W_]*\Z)")


def _in_case(text: str, rule: Callable[[str], str]) -> str:
    """The plural of the last word in `text`, in the letters' case as written: TASK → TASKs, OrderLine → OrderLines."""
    found = _LAST_WORD.search(text)
    if not found:
        return text
    start = found.start()
    for hump in _HUMPS.finditer(found[0]):
        start = found.start() + hump.start()
    word = text[start : found.end()]
    plural = rule(word.lower())
    same = next((i for i, (a, b) in enumerate(zip(word.lower(), plural, strict=False)) if a != b), len(word))
    same = min(same, len(plural))
    rest = plural[same:] if same or word.islower() else plural.capitalize()
    if len(word) > 1 and word.isupper() and rest != "s":
        rest = rest.upper()
    return text[:start] + word[:same] + rest + text[found.end() :]


@lru_cache(maxsize=4096)
def _english_plural(word: str) -> str:
    """The English plural of a word in small letters."""
    return str(_pluralizer().plural(word))


@lru_cache(maxsize=1)
def _pluralizer() -> Any:
    """The library, 25 ms that `iopeer --help` need not pay."""
    from pluralizer import Pluralizer

    return Pluralizer()  # type: ignore[no-untyped-call] # the library has no types


_IRREGULAR_SPANISH = {
    "carácter": "caracteres",
    "régimen": "regímenes",
    "espécimen": "especímenes",
    "álbum": "álbumes",
    "club": "clubes",
    "menú": "menús",
    "champú": "champús",
    "email": "emails",
    "token": "tokens",
    "web": "webs",
}
_SPANISH_PLURALS = frozenset(_IRREGULAR_SPANISH.values()) | frozenset(
    ["cafés", "bebés", "comités", "carnés", "chalés", "sofás", "papás", "mamás"]
)
_ACCENTS = str.maketrans("áéíóú", "aeiou")
_VOWEL_GROUPS = re.compile("[aeiouáéíóúü]+")


@lru_cache(maxsize=4096)
def _spanish_plural(word: str) -> str:
    """The Spanish plural of a word in small letters; a plural stays as it is."""
    word = unicodedata.normalize("NFC", word)
    if word in _IRREGULAR_SPANISH or word in _SPANISH_PLURALS:
        return _IRREGULAR_SPANISH.get(word, word)
    last, before = word[-1:], word[-2:-1]
    if last in "íú" and last:
        return word + "es"
    if last in "aeioáéóu" or (last not in "slrndjzxy" and not word.endswith("ch")):
        return word + "s" if last else word
    if last == "z":
        return word[:-1] + "ces"
    if last in "sx":
        if before not in tuple("aeiouáéíóúü"):
            return word
        return _stress_removed(word) + "es" if _ends_stressed(word) else word
    if last == "n" and before in "áéíóú":
        return _stress_removed(word) + "es"
    if last == "n" and before in "aeiou":
        return _stress_added(word) + "es"
    return word + "es"


def _ends_stressed(word: str) -> bool:
    """Whether the last syllable of a word in -s or -x is the stressed one: mes, país, autobús; not lunes, crisis."""
    return word[-2:-1] in tuple("áéíóú") or len(_VOWEL_GROUPS.findall(word)) == 1


def _stress_removed(word: str) -> str:
    """`camión` → `camion`(es); the accent of a hiatus stays: `país`(es)."""
    if word[-2:-1] in tuple("íú") and word[-3:-2] in tuple("aeo"):
        return word
    return word[:-2] + word[-2:].translate(_ACCENTS)


def _stress_added(word: str) -> str:
    """`orden` → `órden`(es): the stressed vowel of a word that was not accented."""
    groups = list(_VOWEL_GROUPS.finditer(word))
    if len(groups) < 2 or word.translate(_ACCENTS) != word:
        return word
    group = groups[-2]
    strong = next((i for i in range(group.start(), group.end()) if word[i] in "aeo"), group.end() - 1)
    return word[:strong] + word[strong].translate(str.maketrans("aeiou", "áéíóú")) + word[strong + 1 :]
