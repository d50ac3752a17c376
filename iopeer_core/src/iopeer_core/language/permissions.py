"""`#### Permissions`: what each role may do with an entity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, cast

from iopeer_core.language.context import Directory
from iopeer_core.language.elsewhere import meant
from iopeer_core.language.expressions import Scope, read_expression
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, shade, split, unclosed, unticked
from iopeer_core.language.markdown import Fact
from iopeer_core.language.suggest import keyword, nearest, phrase
from iopeer_core.language.text import Text
from iopeer_core.model.spec import PUBLIC, Entity, Expr, Grant, Permission
from iopeer_core.model.ways import STEP, target_of, ways

MOST_WAYS = 5
"""Ways to the account that a suggestion names."""
Verb = Literal["all", "create", "read", "update", "delete", "nothing"]


def read_permissions(facts: Sequence[Fact], entity: Entity, scope: Scope) -> tuple[Permission, ...]:
    """The grants of one entity, one permission per line."""
    found = (_permission(fact, entity, scope) for fact in facts)
    return tuple(permission for permission in found if permission)


def _permission(fact: Fact, entity: Entity, scope: Scope) -> Permission | None:
    context = scope.context
    label, rest = label_and_rest(fact.text)
    role = _role(label, scope)
    body = fact_and_doc(rest, context.words)[0] if rest else None
    if not body:
        context.problems.add("E070", fact.text, text=fact.text.raw)
        return None
    stray = unclosed(body.value, context.words)
    if stray:
        context.problems.add("E031", body.cut(stray[1], stray[1] + 1), mark=stray[0])
        return None
    grants = [_Reader(part, entity, scope).grant() for part in split(body, ",", context.words)]
    if role is None or not all(grants):
        return None
    span = replace(fact.text.span, end_line=fact.end_line)
    return Permission(role=role, grants=tuple(grant for grant in grants if grant), span=span)


def _role(label: Text, scope: Scope) -> str | None:
    """The identifier of a role, or `public`."""
    context = scope.context
    if context.words.is_word(label.value, PUBLIC):
        return PUBLIC
    role = context.roles.find(label.value)
    if role:
        return role.name
    public = context.words.word("word", PUBLIC).form(context.language)

    def suggestion() -> str | None:
        words, language = context.words, context.language
        like = context.roles.like(label.value) or nearest(label.value, [public])
        return like or meant(label.value, words, language, "word")

    context.problems.add("E071", label, suggestion, role=label.raw)
    return None


@dataclass(slots=True)
class _Reader:
    """One grant: `verb [own [by name{.name}]] [where expr] [only (names)]`, the last two in any order."""

    text: Text
    entity: Entity
    scope: Scope

    def grant(self) -> Grant | None:
        context = self.scope.context
        found = context.words.match(self.text.value, "verb")
        if found is None:
            context.problems.add("E072", self.text, self._meant, grant=self.text.raw)
            return None
        verb = cast("Verb", found.word.name)
        parts = self._parts(self.text.cut(found.end))
        if parts is None or (verb == "nothing" and parts) or (verb == "delete" and "only" in parts):
            context.problems.add("E075", self.text, grant=self.text.raw)
            return None
        own_by = self._own(parts["own"]) if "own" in parts else ""
        where = self._where(parts["where"]) if "where" in parts else None
        only = self._only(parts["only"]) if "only" in parts else ()
        if own_by is None or only is None or ("where" in parts and where is None):
            return None
        return Grant(
            verb=verb, own="own" in parts, own_by=own_by or None, where=where, only=only, span=self.text.span
        )  # fmt: skip

    def _meant(self) -> str | None:
        context, text = self.scope.context, self.text.value
        return meant(text, context.words, context.language, "verb") or phrase(text, context.words, "verb")

    def _parts(self, text: Text) -> dict[str, Text] | None:
        """The texts after own, where and only; none where something else stands there."""
        words = self.scope.context.words
        shaded = shade(text.value, words)
        places: list[tuple[str, int, int]] = []
        for match in _WORDS.finditer(shaded):
            for name in ("own", "where", "only"):
                new = name not in {place[0] for place in places} and (name != "own" or not places)
                if new and words.is_word(match[0], name) and _may_start(name, shaded, match.end()):
                    places.append((name, match.start(), match.end()))
                    break
        if not places or places[0][1] > 0:
            return None if text else {}
        ends = [start for _, start, _ in places[1:]] + [len(text.value)]
        return {name: text.cut(after, end) for (name, _, after), end in zip(places, ends, strict=True)}

    def _own(self, text: Text) -> str | None:
        """The way named after `own by`, "" without one, none when it does not end at the account."""
        context, problems = self.scope.context, self.scope.context.problems
        by = context.words.match(text.value, "word") if text else None
        if text and (by is None or by.word.name != "by"):
            problems.add("E075", self.text, lambda: keyword(text.value, context.words, "word"), grant=self.text.raw)
            return None
        if by is not None:
            return self._way(text.cut(by.end))
        links = [item for item in self.entity.fields if target_of(item) == context.account]
        if self.entity.name == context.account or len(links) == 1:
            return ""
        if links:
            problems.add("E076", self.text, self._own_by(links[0].names.label), entity=self.scope.entity)
        else:
            ways = self._ways(self.entity.name)
            suggestion = self._own_by(ways[0]) if ways else None
            problems.add("E073", self.text, suggestion, entity=self.scope.entity, account=context.account)
        return None

    def _way(self, text: Text) -> str | None:
        """The identifiers of the links of a way, which ends at the account."""
        context, problems = self.scope.context, self.scope.context.problems
        scope, end, found = self.scope, "", list[str]()
        names = self._steps(text)
        for name in names:
            item = scope.need(name)
            if item is None:
                return None
            end = target_of(item) or ""
            if not end and len(names) > 1:
                problems.add("E118", name, name=name.raw, entity=scope.entity)
                return None
            found.append(item.name)
            entity = next((other for other in context.entities if other.name == end), None)
            scope = Scope(entity.names.label if entity else end, Directory(entity.fields if entity else ()), context)
        if end != context.account:
            name = names[0] if len(names) == 1 else text
            problems.add("E074", name, lambda: self._meant_way(names, end), name=name.raw)
            return None
        return STEP.join(found)

    def _steps(self, text: Text) -> list[Text]:
        """The names between dots; all of it is one name where the first is none of the entity's."""
        names = split(text, STEP, self.scope.context.words)
        whole = (
            len(names) > 1
            and all(name.value for name in names)
            and self.scope.find(unticked(names[0])) is None
            and self.scope.find(text)
        )
        return [unticked(name) for name in ([text] if whole else names)]

    def _meant_way(self, names: Sequence[Text], end: str) -> str | None:
        """The ways that go on where these names end, else those that begin at the entity."""
        begun = STEP.join(name.raw for name in names)
        further = [f"{begun}{STEP}{way}" for way in self._ways(end)]
        return ", ".join(further or self._ways(self.entity.name)) or None

    def _ways(self, start: str) -> list[str]:
        """The labels of the shortest ways from an entity to the account."""
        context = self.scope.context
        found = list(islice(ways(context.entities, start, context.account or ""), MOST_WAYS))
        return [STEP.join(item.names.label for item in way) for way in found if len(way) == len(found[0])]

    def _own_by(self, way: str) -> str:
        context = self.scope.context
        own, by = (context.words.word("word", name).form(context.language) for name in ("own", "by"))
        return f"{own} {by} {way}"

    def _where(self, text: Text) -> Expr | None:
        if not text:
            self.scope.context.problems.add("E075", self.text, grant=self.text.raw)
            return None
        return read_expression(text, self.scope, me=True)

    def _only(self, text: Text) -> tuple[str, ...] | None:
        """The fields in the brackets, in the entity's order."""
        problems = self.scope.context.problems
        if len(text.value) < 3 or text.value[0] != "(" or text.value[-1] != ")":
            problems.add("E075", self.text, grant=self.text.raw)
            return None
        names = split(text.cut(1, -1), ",", self.scope.context.words)
        fields = [self.scope.need(unticked(name)) for name in names]
        if not all(fields):
            return None
        found = {field.name for field in fields if field}
        order = [field.name for field in self.entity.fields if field.name in found]
        return (*order, *sorted(found - set(order)))


_WORDS = re.compile(r"[^\s()\0]+")


def _may_start(name: str, shaded: str, end: int) -> bool:
    """`only` is the word only before its brackets."""
    return name != "only" or shaded[end:].lstrip().startswith("\0")
