"""Random permissions: own, where, only and public, such that the first role may do what rows need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hypothesis import strategies as st

from tests.apps.fields import Column, Fields
from tests.apps.rules import Rules
from tests.apps.words import spelled, ticked

VERBS = ("create", "read", "update", "delete")


class Access:
    """Draws `#### Permissions`.

    Args:
        fields: what draws.
        roles: the roles' labels; the first is the administrator.
        account: the account's label, "" where IOPEER adds it.
        entities: the columns of every entity, by its label.
    """

    def __init__(
        self,
        fields: Fields,
        roles: list[str],
        account: str,
        entities: Mapping[str, list[Column]] = MappingProxyType({}),
    ) -> None:
        self.fields, self.roles, self.account, self.entities = fields, roles, account, entities
        self.chance, self.one, self.say = fields.chance, fields.one, fields.say

    def block(self, columns: list[Column], *, is_account: bool) -> list[str]:
        """The block of one entity."""
        first = [self.say("verb", "all")] if self.chance(80) else [self.say("verb", verb) for verb in VERBS[:3]]
        lines = [f"- {self.roles[0]}: {', '.join(first)}"]
        lines += [
            f"- {role}: {self._grants(columns, is_account=is_account)}" for role in self.roles[1:] if self.chance(85)
        ]
        if self.chance(20):
            lines.append(f"- {spelled('word', 'public', self.fields.language)}: {self._public(columns)}")
        return [f"#### {self.say('block', 'Permissions')}", "", *lines, ""]

    def _public(self, columns: list[Column]) -> str:
        """What everybody may do: mostly read, perhaps more, but nothing of one's own."""
        if self.chance(60):
            return self.say("verb", "read") + (self._only(columns) if self.chance(50) else "")
        verbs = self.fields.draw(st.lists(st.sampled_from(VERBS), min_size=1, max_size=3, unique=True))
        return ", ".join(self._grant(verb, columns, is_account=True, own=False) for verb in verbs)

    def _grants(self, columns: list[Column], *, is_account: bool) -> str:
        if self.chance(8):
            return self.say("verb", "nothing")
        if self.chance(10):
            return self.say("verb", "all") + self._own(columns, is_account=is_account)
        verbs = self.fields.draw(st.lists(st.sampled_from(VERBS), min_size=1, max_size=4, unique=True))
        return ", ".join(self._grant(verb, columns, is_account=is_account) for verb in verbs)

    def _grant(self, verb: str, columns: list[Column], *, is_account: bool, own: bool = True) -> str:
        text = self.say("verb", verb)
        if own and self.chance(35) and not (is_account and verb == "create"):
            text += self._own(columns, is_account=is_account)
        if self.chance(25):
            text += self._where(columns, me=self.account if own else "")
        if verb != "delete" and self.chance(25):
            text += self._only(columns, all_required=verb == "create")
        return text

    def _own(self, columns: list[Column], *, is_account: bool) -> str:
        """` own`, with the link where there are several, or nothing where there is none."""
        links = [column for column in columns if column.type == "belongs to" and column.target == self.account]
        own = f" {spelled('word', 'own', self.fields.language)}"
        ways = list(self._ways(columns))
        if ways and self.chance(40):
            dot = self.one((".", ".", " . "))
            way = dot.join(ticked(step) if self.chance(80) else f"`{step}`" for step in self.one(ways))
            return f"{own} {spelled('word', 'by', self.fields.language)} {way}"
        if is_account or (len(links) == 1 and self.chance(60)):
            return own
        by = spelled("word", "by", self.fields.language)
        return f"{own} {by} {ticked(self.one(links).name)}" if links else ""

    def _ways(self, columns: list[Column], most: int = 3) -> Iterator[tuple[str, ...]]:
        """Two and more links, one after another, the last one to the account."""
        for column in columns if most > 1 and self.account else ():
            there = self.entities.get(column.target, []) if column.type == "belongs to" else []
            yield from (
                (column.name, last.name) for last in there if (last.type, last.target) == ("belongs to", self.account)
            )
            yield from ((column.name, *way) for way in self._ways(there, most - 1))

    def _where(self, columns: list[Column], *, me: str) -> str:
        shown = [column for column in columns if not column.hidden]
        to_me = [c for c in shown if me and (c.type, c.target) == ("belongs to", me)]
        usable = [c for c in shown if c.samples and c.type != "json"] + to_me
        if not usable:
            return ""
        expression = Rules(self.fields, columns).expression(self.one(usable), shown, me=me)
        return f" {spelled('word', 'where', self.fields.language)} {expression}"

    def _only(self, columns: list[Column], *, all_required: bool = False) -> str:
        shown = [column for column in columns if not column.hidden]
        if not shown:
            return ""
        chosen = {self.one(shown).name, self.one(shown).name}
        if all_required:
            chosen |= {column.name for column in columns if column.required and not column.defaulted}
        names = [ticked(column.name) for column in columns if column.name in chosen]
        return f" {spelled('word', 'only', self.fields.language)} ({', '.join(names)})"
