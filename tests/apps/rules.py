"""Random rules and indexes over the columns of an entity; a row that keeps all of them is always possible."""

from __future__ import annotations

from tests.apps.fields import MOVING, NUMBERS, Column, Fields, literal
from tests.apps.words import MESSAGES, spelled, ticked


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

    def expression(self, column: Column, others: list[Column]) -> str:
        """A condition on a column that some rows keep."""
        name = ticked(column.name)
        empty = f"{name} {spelled('word', 'is empty', self.fields.language)}"
        full = f"{name} {spelled('word', 'is not empty', self.fields.language)}"
        or_, and_ = (spelled("word", word, self.fields.language) for word in ("or", "and"))
        same = [c for c in others if c.type == column.type and c is not column and c.type in {*NUMBERS, *MOVING}]
        forms = [] if column.required else [f"{full} {or_} {empty}"]
        if same:
            forms += [f"{name} {op} {ticked(self.one(same).name)}" for op in (">", "<", ">=", "<=", "!=")]
        if column.type == "datetime":
            forms += [f"{name} {op} `{spelled('word', 'created at', self.fields.language)}`" for op in (">=", "!=")]
        if column.samples and column.type != "json":
            value = self.value(column, 0)
            forms += [f"{name} != {value}", f"{spelled('word', 'not', self.fields.language)} ({name} = {value})"]
            many = ", ".join(self.value(column, index) for index in range(min(2, len(column.samples))))
            forms.append(f"{name} {spelled('word', 'in', self.fields.language)} ({many})")
            if column.type in {*NUMBERS, *MOVING}:
                forms += [f"{name} {op} {value}" for op in (">", "<", ">=", "<=")]
                forms.append(f"({name} > {value} {or_} {empty}) {and_} {name} != {value}")
        return str(self.one(forms)) if forms else full

    def _of_default(self, column: Column) -> str:
        """A condition that a column's default keeps."""
        name, value = ticked(column.name), self.value(column, 0)
        forms = [f"{name} = {value}"]
        if len(column.samples) > 1 and column.type != "json":
            forms += [f"{name} != {self.value(column, 1)}"]
        if column.type in {*NUMBERS, *MOVING}:
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
