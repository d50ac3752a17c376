"""How lists and types are laid out in TypeScript: as prettier does, at 100 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from iopeer_plugin_nextjs.view import naming

WIDTH = 100
"""The longest line."""


def texts(values: Iterable[str]) -> list[str]:
    """String literals."""
    return [naming.text(value) for value in values]


def fit(before: str, items: Iterable[str], after: str, indent: int = 0, width: int = WIDTH) -> str:
    """A list as prettier writes it: on one line where it fits, else an item a line.

    Args:
        before: what opens it: `export const taskColumns = [`.
        items: what is in it.
        after: what closes it: `];`.
        indent: how far the line is indented already.
        width: the longest line.
    """
    items = list(items)
    spaced = " " if before.endswith("{") and items else ""
    line = f"{before}{spaced}{', '.join(items)}{spaced}{after}"
    if len(line) + indent <= width and "\n" not in line:
        return line
    inner = "".join(f"{' ' * (indent + 2)}{item},\n" for item in items)
    return f"{before}\n{inner}{' ' * indent}{after}"


def union(before: str, parts: Iterable[str], operator: str = "&", width: int = WIDTH) -> str:
    """A type of several parts, as prettier writes it; parts that are objects open on the line of the last bracket."""
    parts = list(parts)
    line = f"{before} {f' {operator} '.join(parts)};"
    if len(line) <= width and "\n" not in line:
        return line
    text = f"{before} {parts[0]}"
    for last, part in pairwise(parts):
        hugs = operator == "&" and part.startswith("{") and last.endswith(">")
        text += f" {operator} {part}" if hugs else f" {operator}\n  {part}"
    return text + ";"


def generic(name: str, arguments: Iterable[str], choices: Iterable[str], width: int = WIDTH) -> str:
    """A type of an intersection with its arguments, the last of them a choice of strings: `Exact<Task, "a" | "b">`."""
    given, names = list(arguments), texts(choices)
    whole = ", ".join([*given, " | ".join(names)])
    if len(whole) + len(name) + len("  <> &") <= width:
        return f"{name}<{whole}>"
    last = " | ".join(names)
    lines = [f"    {one}," for one in given]
    if len(last) + 4 <= width and given:
        lines.append(f"    {last}")
    else:
        lines += [f"    | {one}" for one in names]
    return "\n".join([f"{name}<", *lines, "  >"])


def called(before: str, types: Iterable[str], after: str) -> str:
    """A call with types: on one line where it fits, else a type a line.

    Args:
        before: what stands before the types: `export const taskApi = resource`.
        types: what is between the angles.
        after: what follows: `({`.
    """
    names = list(types)
    line = f"{before}<{', '.join(names)}>{after}"
    if len(line) <= WIDTH:
        return line
    inner = ",\n".join(f"  {name}" for name in names)
    return f"{before}<\n{inner}\n>{after}"


def members(entries: Iterable[str]) -> str:
    """A type of members inside an intersection: on one line where it is short."""
    found = list(entries)
    line = f"{{ {'; '.join(found)} }}"
    return line if len(line) <= WIDTH - len("  > & ;") else "\n".join(["{", *(f"    {one};" for one in found), "  }"])


def element(before: str, attributes: Iterable[str], after: str) -> str:
    """A returned element as prettier writes it: on one line where it fits, else in brackets, an attribute a line."""
    given = list(attributes)
    line = f"{before} {' '.join(given)} {after}"
    if len(line) <= WIDTH:
        return line
    start, _, name = before.partition("<")
    end = after.removesuffix(";")
    short = f"    <{name} {' '.join(given)} {end}"
    if len(short) <= WIDTH:
        return f"{start}(\n{short}\n  );"
    return "\n".join([f"{start}(", f"    <{name}", *(f"      {one}" for one in given), f"    {end}", "  );"])


def rendered(before: str, name: str, properties: Sequence[str], indent: int) -> str:
    """A property that is an expression with an element at its end, `menu={(row) => <Items row={row} />}`."""
    line = f"{' ' * indent}{before}{tag(name, properties, 0)}}}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    start, _, rest = before.partition("{")
    if rest.endswith("=> "):
        return f"{' ' * indent}{before}(\n{tag(name, properties, indent + 2)}\n{' ' * indent})}}"
    inner = " " * (indent + 2)
    return f"{' ' * indent}{start}{{\n{inner}{rest}(\n{tag(name, properties, indent + 4)}\n{inner})\n{' ' * indent}}}"


def tag(name: str, properties: Sequence[str], indent: int) -> str:
    """An element without children, as prettier writes it: on one line where it fits, else a property a line."""
    line = f"{' ' * indent}<{name} {' '.join(properties)} />"
    if len(line) <= WIDTH:
        return line
    inner = "".join(f"\n{' ' * (indent + 2)}{one}" for one in properties)
    return f"{' ' * indent}<{name}{inner}\n{' ' * indent}/>"


def literal(value: str) -> str:
    """A string literal in the quotes that need fewer escapes."""
    if value.count('"') <= value.count("'"):
        return naming.text(value)
    return "'" + naming.text(value)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def arrow(before: str, condition: Condition, indent: int, after: str = ",") -> str:
    """A function that answers a condition: on one line where it fits, else an operand a line.

    Args:
        before: what stands before the arrow: `holds: (row)`.
        condition: what it answers.
        indent: how far the line is indented already.
        after: what closes it.
    """
    line = f"{before} => {condition.text}{after}"
    if len(line) + indent <= WIDTH:
        return line
    inner = " " * (indent + 2)
    if len(inner) + len(condition.text) + len(after) <= WIDTH:
        return f"{before} =>\n{inner}{condition.text}{after}"
    parts = condition.operands
    return f"{before} =>\n" + f" {condition.operator}\n".join(f"{inner}{part}" for part in parts) + after


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: operands joined by `&&` or `||`, or a single one."""

    operator: str
    operands: tuple[str, ...]

    @property
    def text(self) -> str:
        """On one line."""
        return f" {self.operator} ".join(self.operands)

    @classmethod
    def of(cls, text: str) -> Condition:
        """A single operand."""
        return cls("", (text,))

    @classmethod
    def joined(cls, operator: str, conditions: Iterable[Condition]) -> Condition:
        """Several conditions in one: those of the same operator side by side, others in brackets."""
        found = list(conditions)
        if len(found) == 1:
            return found[0]
        operands: list[str] = []
        for one in found:
            if one.operator in ("", operator):
                operands.extend(one.operands)
            else:
                operands.append(f"({one.text})")
        return cls(operator, tuple(operands))

    def negated(self) -> Condition:
        """Its opposite."""
        return Condition.of(f"!({self.text})")
