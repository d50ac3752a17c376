"""`#### Permissions`: what each role may do with an entity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from iopeer_core.language.elsewhere import meant
from iopeer_core.language.expressions import Scope, read_expression
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, shade, split, unclosed, unticked
from iopeer_core.language.markdown import Fact
from iopeer_core.language.suggest import keyword, nearest, phrase
from iopeer_core.language.text import Text
from iopeer_core.model.spec import PUBLIC, Entity, Expr, Field, Grant, Permission

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
    """One grant: `verb [own [by name]] [where expr] [only (names)]`, the last two in any order."""

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
        """The link named after `own by`, "" without one, none when it is no link to the account."""
        context, problems = self.scope.context, self.scope.context.problems
        links = [
            f for f in self.entity.fields if f.type.kind == "belongs to" and f.type.targets == (context.account,)
        ]  # fmt: skip
        is_account = self.entity.name == context.account
        by = context.words.match(text.value, "word") if text else None
        if text and (by is None or by.word.name != "by"):
            problems.add("E075", self.text, lambda: keyword(text.value, context.words, "word"), grant=self.text.raw)
            return None
        if by is not None:
            name = unticked(text.cut(by.end))
            field = self.scope.need(name)
            if field and field not in links:
                problems.add("E074", name, _labels(links), name=name.raw)
                return None
            return field.name if field else None
        if is_account or len(links) == 1:
            return ""
        if links:
            word = context.words.word("word", "by").form(context.language)
            own = context.words.word("word", "own").form(context.language)
            problems.add("E076", self.text, f"{own} {word} {links[0].names.label}", entity=self.scope.entity)
        else:
            problems.add("E073", self.text, entity=self.scope.entity, account=context.account)
        return None

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


def _labels(fields: Sequence[Field]) -> str | None:
    return ", ".join(field.names.label for field in fields) or None
