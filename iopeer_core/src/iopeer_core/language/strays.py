"""What stands among facts and is none: a wrong dash, a bullet or a `#` that is missing, prose where nothing reads it.

Markdown takes such lines for paragraphs or for the rest of the bullet above; nothing of a spec may become prose in
silence, least of all who may do what. Every line is told, with the fact that it would be where that is clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from iopeer_core.language.context import Context
from iopeer_core.language.field_types import read_type
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, shade, split
from iopeer_core.language.markdown import Fact, Prose, Skipped
from iopeer_core.language.outline import LABELS, NO_SPACE, TABLES, EntityPart, Outline, Part
from iopeer_core.language.problems import Problems
from iopeer_core.language.text import Text
from iopeer_core.language.vocabulary import Kind
from iopeer_core.model.spec import Span

DASHES = "-‐‑‒–—―−⁃﹘﹣－"
SIGN = re.compile(
    rf"(?:\s*(?:[{DASHES}]|[*+•·‣◦∙⋅∗▪▫●○■□◆◇►▸▶▹➤→⇒※✓✔☐☑](?=\s)|[0-9]{{1,9}}[.)](?=\s)|\[[ xX]?\](?=\s)))+\s*"
)
"""A dash, or another mark that people and word processors begin the items of a list with."""
_QUOTED = re.compile(r"[\s>]+")
_EMPHASIS = re.compile(r"[*_]+")
_LABELLED = re.compile(r"[^\W_][\w '’`/-]{0,40}:(?:\s|$)")
_LATE_DASH = re.compile(rf"(?<=\s)[{DASHES.replace('–', '').replace('—', '')}](?=\s)")
_WRONG_COMMA = re.compile(r"([;，；、])\s*")

_FACTS_ALONE = frozenset({"App", "Roles", "Enums", "Include", "Permissions", "Rules", "Indexes", "Options", LABELS})
_DOCUMENTED = frozenset({"Roles", "Enums", LABELS})
"""Facts alone, each of which may be documented."""
_KEYS: dict[str, Kind] = {"App": "app key", "Rules": "rule", "Options": "option"}
_FIELDS, _FREE = "", "…"


def check_strays(outline: Outline, context: Context) -> None:
    """Report what is no fact where facts stand. The names of roles, enums and entities are known by now."""
    _Part(_FREE, context).prose(outline.prose)
    for section in outline.sections.values():
        _check_part(section, context)
    for entity in outline.entities:
        _check_part(entity, context)
        for block in entity.blocks.values():
            _check_part(block, context)
    for labels in outline.labels:
        _check_part(labels, context)
    for seeds in outline.seeds:
        _Part(TABLES, context).prose(seeds.prose)


def _check_part(part: Part, context: Context) -> None:
    word = part.word
    kind = _FIELDS if isinstance(part, EntityPart) else _FREE if word is None or word.plugin else word.name
    checked = _Part(kind, context)
    checked.prose(part.prose)
    for fact in part.facts:
        checked.fact(fact)
    if part.prose and not part.facts and kind in _FACTS_ALONE:
        context.problems.add("E079", part.heading, block=part.heading.raw)


@dataclass(frozen=True, slots=True)
class _Part:
    """The place of the lines: the section or block that they stand in."""

    kind: str
    context: Context

    def prose(self, nodes: list[Prose]) -> None:
        """Paragraphs and the like."""
        for node in nodes:
            lines = list(node.lines())
            if isinstance(node, Skipped):
                self._skipped(lines)
                continue
            told = [self._line(line) for line in lines]
            if self.kind in _FACTS_ALONE and not any(told):
                self.context.problems.add("E028", node.span, text=lines[0].raw if lines else "")

    def fact(self, fact: Fact) -> None:
        """A bullet: its first line, those that continue it, and the paragraphs that document it."""
        if self.kind == _FREE:
            return
        first, *others = _lines(fact.text)
        sign = SIGN.match(first.value)
        if (sign and not first.value.startswith(("-", "+"))) or (sign and first.value[sign.end() :][:1].isalpha()):
            self._tell("E029", first, f"- {first.cut(sign.end()).raw}")
        bullet = first.origin.starts[0][2]
        for line in others:
            self._continuation(line, bullet)
        self._late_dash(fact)
        if self.kind in _FACTS_ALONE - _DOCUMENTED:
            self.prose(list(fact.paragraphs))
        else:
            _Part(_FIELDS if self.kind == _FIELDS else _FREE, self.context).prose(list(fact.paragraphs))

    def _line(self, line: Text) -> bool:
        """Whether a line of prose was reported."""
        if self._heading(line):
            return True
        if self.kind == TABLES:
            if "|" in line.value:
                self.context.problems.add("E122", line)
            return "|" in line.value
        bare = line.cut(found.end()) if (found := _QUOTED.match(line.value)) else line
        sign = SIGN.match(bare.value)
        rest = bare.cut(sign.end()) if sign else bare
        plain = rest.cut(found.end()) if (found := _EMPHASIS.match(rest.value)) else rest
        is_fact = self._is_fact(plain) or (self.kind in _FACTS_ALONE and bool(_LABELLED.match(plain.value)))
        if is_fact or (sign and self.kind != _FREE):
            self._tell("E029", line, f"- {plain.raw}")
            return True
        return False

    def _continuation(self, line: Text, bullet: int) -> None:
        """A line after the first of a bullet's paragraph."""
        if self._heading(line):
            return
        is_lazy = line.origin.starts[0][2] < min(bullet, 3)
        sign = SIGN.match(line.value)
        rest = line.cut(sign.end()) if sign else line
        documents = line.value[0] in "–—" or line.value.startswith("--")
        if self._is_fact(rest) or (sign and (is_lazy or not documents)):
            self._tell("E029", line, f"- {rest.raw}")
        elif is_lazy or _LABELLED.match(rest.value):
            self.context.problems.add("W207", _whole(line), text=line.raw)

    def _heading(self, line: Text) -> bool:
        """Whether a line is a heading but for a space, or for its `#`."""
        words, level = self.context.words, "####" if self.kind == _FIELDS else "##"
        found = NO_SPACE.fullmatch(line.value)
        if found:
            self._tell("E020", line, f"{len(found[1]) * '#'} {found[2]}")
            return True
        name = line.value.strip("*_:# ")
        if self.kind != _FREE and words.exact(name, "block" if level == "####" else "section"):
            self._tell("E020", line, f"{level} {name}")
            return True
        return False

    def _skipped(self, lines: list[Text]) -> None:
        """Fenced code that looks like facts: perhaps they were to be read. Comments are meant."""
        if lines and lines[0].value.startswith("<!--"):
            return
        for line in lines[1:-1]:
            sign = SIGN.match(line.value)
            is_fact = sign and (self.kind in _FACTS_ALONE or self._is_fact(line.cut(sign.end())))
            if self.kind != _FREE and (is_fact or line.value.startswith("|" if self.kind == TABLES else "#")):
                self.context.problems.add("W206", line, text=line.raw)

    def _is_fact(self, line: Text) -> bool:
        """Whether a line is certainly meant as a fact of this place."""
        label, rest = label_and_rest(line)
        words = self.context.words
        if self.kind in {"Indexes", "Include"}:
            return bool(line) and self.kind == "Include"
        if not rest or not label:
            return False
        match self.kind:
            case "":
                return self._is_type(rest)
            case "Permissions":
                first = split(rest, ",", words)[0]
                return bool(self.context.roles.find(label.value) or words.match(first.value, "verb"))
            case "Enums":
                return "|" in rest.value
            case "App" | "Rules" | "Options":
                return words.exact(label.value, _KEYS[self.kind]) is not None
            case _:
                return False

    def _is_type(self, rest: Text) -> bool:
        """Whether what stands after a colon is the type of a field, with its modifiers."""
        words = self.context.words
        parts = split(fact_and_doc(rest, words)[0], ",", words)
        trial = replace(self.context, problems=Problems())
        return read_type(parts, trial)[0] is not None or any(words.exact(part.value, "modifier") for part in parts[1:])

    def _late_dash(self, fact: Fact) -> None:
        """A hyphen in the place of the dash before the documentation, or a wrong comma: choices would take it in."""
        words = self.context.words
        rest = fact.text if self.kind == "Roles" else label_and_rest(fact.text)[1]
        if rest is None or self.kind == "Include":
            return
        body = fact_and_doc(rest, words)[0]
        shaded = shade(body.value, words)
        relation = words.match(body.value, "relation")
        comma = _WRONG_COMMA.search(shaded) if relation and relation.word.name == "one of" else None
        if comma and words.match(body.value[comma.end() :], "modifier"):
            place = body.cut(comma.start(1), comma.end(1))
            self.context.problems.add("E044", place, ",", text=place.raw)
        found = _LATE_DASH.search(shaded)
        if found is None:
            return
        place = body.cut(found.start(), found.end())
        if self.kind == "Enums" or (relation and relation.word.name == "one of" and "," not in shaded[: found.start()]):
            choices = shaded.split(",")[0].split("|")
            if len(choices) > 1 and not any(_LATE_DASH.search(choice) for choice in choices[:-1]):
                self.context.problems.add("W208", place, text=choices[-1].strip())
        else:
            self.context.problems.add("E068", place, "—")

    def _tell(self, code: str, line: Text, mended: str) -> None:
        self.context.problems.add(code, _whole(line), mended, text=line.raw)


def _lines(text: Text) -> Iterator[Text]:
    """The lines of a fact's paragraph, each with a place of its own."""
    starts = text.origin.starts
    ends = [start for start, _, _ in starts[1:]] + [len(text.origin.raw) + 1]
    for (start, line, column), end in zip(starts, ends, strict=True):
        origin = replace(text.origin, raw=text.origin.raw[start : end - 1], starts=((0, line, column),))
        yield Text.whole(origin)


def _whole(line: Text) -> Span:
    """The line from its beginning, with the spaces before it: so it is replaced as a whole."""
    return replace(line.span, column=1)
