"""Random rules and indexes over the columns of an entity; a row that keeps all of them is always possible."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.apps.fields import MOVING, NUMBERS, ORDERED, TEXTS, Column, Fields, literal
from tests.apps.words import MESSAGES, spelled, ticked


def alike(left: Column, right: Column) -> bool:
    """Whether two columns hold values of one kind, so that a condition may compare them."""
    if "belongs to" in {left.type, right.type}:
        return left.type == right.type and left.target == right.target
    if left.type in {"choice", "enum", "json", "list"} or {left.type, right.type} <= {*NUMBERS}:
        return {left.type, right.type} <= {*NUMBERS}
    return left.type == right.type or {left.type, right.type} <= {*TEXTS}


def _order(column: Column, value: str) -> Decimal | timedelta | str:
    """What tells which of two samples is less."""
    if column.type == "duration":
        return _LENGTHS[value]
    return Decimal(value) if column.type in NUMBERS else value


_LENGTHS = {"PT45S": timedelta(seconds=45), "PT1H30M": timedelta(minutes=90), "P1D": timedelta(1), "P2W": timedelta(14)}


class Rules:
    """Draws the blocks of one entity.

    Args:
        fields: what draws.
        columns: those of the entity.
    """

    def __init__(self, fields: Fields, columns: list[Column]) -> None:
        self.fields = fields
        self.columns = [column for column in columns if column.comparable]
        self.chance, self.one, self.say = fields.chance, fields.one, fields.say

    def rules(self) -> tuple[list[str], bool]:
        """`#### Rules`, and whether there are any."""
        lines = []
        if self.chance(15):
            lines += self._unique()
        free = [column for column in self.columns if column.free]
        if free and self.chance(40):
            lines.append(self._check(free[0] if self.chance(50) else self.one(free), free))
        kept = [column for column in self.columns if column.kept and column.samples]
        if kept and self.chance(30):
            lines.append(f"- {self.say('rule', 'check')}: {self._of_default(self.one(kept))}")
        return ([f"#### {self.say('block', 'Rules')}", "", *lines, ""], True) if lines else ([], False)

    def _unique(self) -> list[str]:
        wide = [c for c in self.columns if c.type not in {"boolean", "choice", "enum"} and not c.defaulted]
        if len(wide) < 2:
            return []
        # What is in a key is required: a link that need not be there may lead back here.
        keyed = any(c.key or (c.type == "belongs to" and not c.required and c in wide[:2]) for c in self.columns)
        kind = "unique" if keyed else self.one(("unique", "unique", "primary key"))
        return [f"- {self.say('rule', kind)}: {ticked(wide[0].name)} + {ticked(wide[1].name)}"]

    def _check(self, column: Column, free: list[Column]) -> str:
        message = f' — "{self.one(MESSAGES)}"' if self.chance(60) else ""
        return f"- {self.say('rule', 'check')}: {self.expression(column, free)}{message}"

    def expression(self, column: Column, others: list[Column], *, me: str = "") -> str:
        """A condition on a column that some rows keep: every operator on every type that has it.

        Args:
            column: what the condition is about.
            others: the columns that it may be compared with.
            me: the label of the account, where a link to it may be compared with the caller.
        """
        name = ticked(column.name)
        or_, and_, not_, in_, empty, full = self._words("or", "and", "not", "in", "is empty", "is not empty")
        forms = [] if column.required else [f"{name} {full} {or_} {name} {empty}"]
        forms += self._of_two(column, others)
        if me and (column.type, column.target) == ("belongs to", me):
            forms += [f"{name} {op} {self.say('literal', 'me')}" for op in ("=", "!=")]
        if column.samples and column.type != "json":
            value = self.value(column, 0)
            many = ", ".join(
                self.value(column, index) for index in range(min(self.one((1, 2, 3)), len(column.samples)))
            )
            forms += [f"{name} {op} {value}" for op in ("=", "!=")]
            forms += [f"{not_} ({name} = {value})", f"{name} {in_} ({many})", f"{name} {not_} {in_} ({value})"]
            if column.type in ORDERED:
                forms += [f"{name} {op} {value}" for op in (">", "<", ">=", "<=")]
                forms.append(f"({name} > {value} {or_} {name} {empty}) {and_} {name} != {value}")
                low, high = (self.value(column, n) for n in self._ends(column))
                forms.append(f"{name} {spelled('modifier', 'between', self.fields.language)} {low} {and_} {high}")
        if column.type in {"date", "datetime"}:
            forms += [f"{name} {op} {self.say('literal', MOVING[column.type])}" for op in (">", "<", ">=", "<=")]
        return str(self.one(forms)) if forms else f"{name} {full}"

    def _of_two(self, column: Column, others: list[Column]) -> list[str]:
        """Comparisons with another column of the same kind, or with what every entity has."""
        name, forms = ticked(column.name), []
        for other in (each for each in others if each is not column and alike(column, each)):
            operators = ("=", "!=", ">", "<", ">=", "<=") if column.type in ORDERED else ("=", "!=")
            forms.append(f"{name} {self.one(operators)} {ticked(other.name)}")
        if column.type == "datetime":
            kept = self.one(("created at", "updated at"))
            forms += [f"{name} {op} `{spelled('word', kept, self.fields.language)}`" for op in (">=", "!=")]
        return forms

    def _words(self, *words: str) -> tuple[str, ...]:
        return tuple(spelled("word", word, self.fields.language) for word in words)

    def _ends(self, column: Column) -> tuple[int, int]:
        """The places of two samples of which the first is no greater."""
        places = range(min(2, len(column.samples)))
        ordered = sorted(places, key=lambda place: _order(column, column.samples[place]))
        return ordered[0], ordered[-1]

    def _of_default(self, column: Column) -> str:
        """A condition that a column's default keeps."""
        name, value = ticked(column.name), self.value(column, 0)
        forms = [f"{name} = {value}"]
        if len(column.samples) > 1 and column.type != "json":
            forms += [f"{name} != {self.value(column, 1)}"]
        if column.type in ORDERED:
            forms += [f"{name} >= {value}", f"{name} <= {value}"]
        return (
            str(self.one(forms))
            if column.type != "json"
            else f"{name} {spelled('word', 'is not empty', self.fields.language)}"
        )

    def value(self, column: Column, index: int) -> str:
        """A literal to compare a column with."""
        if column.type == "boolean":
            return self.say("literal", column.samples[index])
        return literal(column, column.samples[index])

    def indexes(self) -> list[str]:
        """`#### Indexes`."""
        if not self.chance(30):
            return []
        names = [ticked(column.name) for column in self.columns[: self.one((0, 1, 2, 3))]]
        if not names or self.chance(40):  # what every entity has
            names.append(ticked(spelled("word", self.one(("created at", "updated at")), self.fields.language)))
        desc = spelled("word", "desc", self.fields.language)
        parts = [name + (f" {desc}" if self.chance(40) else "") for name in names]
        return [f"#### {self.say('block', 'Indexes')}", "", f"- {' + '.join(parts)}", ""]
