"""Expressions of `where` and `check`: read into a tree of the model, with every name and literal checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from iopeer_core.language.context import Context, Directory
from iopeer_core.language.elsewhere import expression_meant
from iopeer_core.language.field_types import MOMENTS, NUMBERS, UNKNOWN, scalar_of
from iopeer_core.language.literals import choices_of, describe, read_value
from iopeer_core.language.problems import Problems
from iopeer_core.language.suggest import nearest
from iopeer_core.language.text import Text, fold
from iopeer_core.model.formats import ORDERED, operators_of
from iopeer_core.model.names import identifier, make_names
from iopeer_core.model.spec import (
    And,
    Compare,
    Empty,
    Expr,
    Field,
    FieldRef,
    LiteralKind,
    Not,
    OneOf,
    Or,
    Scalar,
    ScalarType,
    Value,
)

DEEPEST = 20
"""Brackets within brackets."""
MOST_CONDITIONS = 100
"""Comparisons in one expression: whoever tries them, in a test or a database, is done soon."""
MOST_VALUES = 500
"""Values in the brackets of `in`: there are 250 countries."""
Operator = Literal["=", "!=", ">", "<", ">=", "<="]
_TOKEN = re.compile(r'"[^"]*"|`[^`]*`|[()]|!=|>=|<=|[=<>]|,|[^\s()"`,=<>!]+|.')
_OPERATORS = frozenset({"=", "!=", ">", "<", ">=", "<="})
_NO_WORD = frozenset('"`(),!=<>')
LONGEST_PHRASE = 12
"""Words of a value without quotes."""


class Stop(Exception):
    """The expression cannot be read further."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The fields of an entity as expressions, grants and rules see them."""

    entity: str  # its label, for messages
    fields: Directory[Field]
    context: Context

    def find(self, text: Text) -> Field | None:
        """The field that `text` names, those that every entity has included."""
        found = self.fields.find(text.value)
        if found:
            return found
        word = self.context.words.exact(text.value, "word")
        name = word.word.name.replace(" ", "_") if word else ""
        key = next((item for item in self.fields if item.primary_key), None) if name == "id" else None
        return key or SYSTEM.get(name)

    def need(self, text: Text) -> Field | None:
        """The field that `text` names; a problem and none where there is none."""
        found = self.find(text)
        if found is None:
            self.context.problems.add(
                "E080", text, lambda: self.fields.like(text.value), name=text.raw, entity=self.entity
            )
        return found


SYSTEM: Mapping[str, Field] = {
    name: Field(
        names=make_names(name, language="en", plural=f"{name}s"),
        type=ScalarType(scalar=scalar),
        required=True,
        added_by="iopeer",
    )
    for name, scalar in (("id", Scalar.INTEGER), ("created_at", Scalar.DATETIME), ("updated_at", Scalar.DATETIME))
}
"""The fields that every entity has (contract.md, Every entity has); a declared primary key is its `id`."""


def read_expression(text: Text, scope: Scope, *, me: bool) -> Expr | None:
    """The tree of an expression, or none when it has a problem. `me` says whether there is an actor to speak of."""
    reader = _Reader(text, scope, me=me)
    try:
        return reader.whole()
    except Stop:
        return None


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: Text, scope: Scope, *, me: bool) -> None:
        self.text, self.scope, self.me = text, scope, me
        self.words = scope.context.words
        self.tokens = [text.cut(*m.span()) for m in _TOKEN.finditer(text.value) if not m[0].isspace()]
        self.at = 0
        self.depth = 0
        self.conditions = 0

    def whole(self) -> Expr:
        wanted = expression_meant(self.text.raw)
        if wanted:
            self.fail("E082", self.text, wanted)
        expr = self.expr()
        if self.at < len(self.tokens):
            self.fail("E082", self.rest())
        return expr

    def expr(self) -> Expr:
        """`term { and term } | term { or term }`."""
        terms = [self.term()]
        joins: set[str] = set()
        while join := next((name for name in ("and", "or") if self.is_word(self.peek(), name)), None):
            if joins and join not in joins:
                self.fail("E083", self.text)
            joins.add(join)
            self.at += 1
            terms.append(self.term())
        if not joins:
            return terms[0]
        return And(terms=tuple(terms)) if "and" in joins else Or(terms=tuple(terms))

    def term(self) -> Expr:
        """`[not] ( "(" expr ")" | comparison )`."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("E086", self.text, most=DEEPEST)
        try:
            if self.is_word(self.peek(), "not"):
                self.at += 1
                return Not(term=self.term())
            if self.peek_is("("):
                self.at += 1
                inner = self.expr()
                self.take(")")
                return inner
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Expr:
        """`name op operand`, `name [not] in (…)`, `name between operand and operand`, `name is [not] empty`."""
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            self.fail("E099", self.text, most=MOST_CONDITIONS)
        name = self.next()
        empty = self.words.match(self.upcoming(), "word")
        if empty and empty.word.name in {"is empty", "is not empty"}:
            field = self.field(name)
            self.at += len(self.upcoming()[: empty.end].split())
            return Empty(left=field.name, negated=empty.word.name == "is not empty")
        operator = self.peek()
        if operator is not None and operator.value in _OPERATORS:
            field = self.field(name)
            self.at += 1
            return self.compare(field, cast("Operator", operator.value), operator)
        negated = int(self.is_word(operator, "not"))
        if self.is_word(self.peek(negated), "in") and self.peek_is("(", ahead=negated + 1):
            field = self.field(name)
            self.at += negated + 2
            found = self.one_of(field)
            return Not(term=found) if negated else found
        if operator is not None and self.is_between(operator):
            field = self.field(name)
            self.at += 1
            return self.between(field, operator)
        field = self.field(name)
        if scalar_of(field.type) is Scalar.BOOLEAN and (operator is None or not self.words_follow()):
            yes = self.words.word("literal", "yes").form(self.scope.context.language)
            self.fail("E085", name, f"{name.raw} = {yes}", name=name.raw)
        self.unticked(name)
        self.fail("E082", operator or self.text)
        raise Stop

    def words_follow(self) -> bool:
        """Whether what follows is no end of a term."""
        token = self.peek()
        return token is not None and token.value != ")" and not any(self.is_word(token, w) for w in ("and", "or"))

    def one_of(self, field: Field) -> OneOf:
        """The values in brackets."""
        values: list[Value] = []
        while True:
            values.append(self.value(self.phrase(field) or self.next(), field))
            if len(values) > MOST_VALUES:
                self.fail("E099", self.text, most=MOST_VALUES)
            if self.peek_is(")"):
                self.at += 1
                return OneOf(left=field.name, values=tuple(dict.fromkeys(values)))
            self.take(",")

    def is_between(self, token: Text) -> bool:
        found = self.words.exact(token.value, "modifier")
        return found is not None and found.word.name == "between"

    def between(self, field: Field, place: Text) -> And:
        """Both ends are within."""
        low = self.compare(field, ">=", place)
        if not self.is_word(self.peek(), "and"):
            self.fail("E082", self.peek() or self.text)
        self.at += 1
        return And(terms=(low, self.compare(field, "<=", place)))

    def compare(self, field: Field, op: Operator, place: Text) -> Compare:
        """The right side: a field of that name wins over a literal."""
        ordered = operators_of(field.type) == ORDERED or field.type is UNKNOWN
        if op not in {"=", "!="} and not ordered:
            label, type_ = field.names.label, describe(field.type, self.scope.context)
            self.fail("E084", place, operator=place.value, name=label, type=type_)
        phrase = self.phrase(field)
        if phrase:
            return Compare(left=field.name, op=op, right=self.value(phrase, field))
        token = self.next()
        other = None if token.value.startswith('"') else self.scope.find(_unticked(token))
        if other is None:
            return Compare(left=field.name, op=op, right=self.value(token, field))
        if not _comparable(field, other):
            is_choice = fold(token.value) in map(fold, choices_of(field.type, self.scope.context) or ())
            quoted = f'"{token.raw}"' if is_choice else None
            self.fail("E088", token, quoted, left=field.names.label, right=other.names.label)
        return Compare(left=field.name, op=op, right=FieldRef(name=other.name))

    def phrase(self, field: Field) -> Text | None:
        """A value of several words, `in stock` or `30 minutes`: as many as are one together, and end where a value may.

        Of choices also what is none of them, so that it is told as a whole.
        """
        stop = self.at
        while stop < min(len(self.tokens), self.at + LONGEST_PHRASE) and self.tokens[stop].value[0] not in _NO_WORD:
            stop += 1
        ends = [n for n in range(stop, self.at + 1, -1) if self.may_end(n)]
        choices = choices_of(field.type, self.scope.context)
        found = next((n for n in ends if self.reads(self.span(n), field)), None)
        if (
            found is None
            and choices is not None
            and ends
            and fold(self.tokens[self.at].value) not in map(fold, choices)
        ):
            found = ends[-1]
        if found is None:
            return None
        text = self.span(found)
        self.at = found
        return text

    def reads(self, text: Text, field: Field) -> bool:
        """Whether a text is a literal of a field's type."""
        return read_value(text, field.type, replace(self.scope.context, problems=Problems())) is not None

    def may_end(self, index: int) -> bool:
        """Whether a value may end before a token."""
        token = self.tokens[index] if index < len(self.tokens) else None
        return token is None or token.value in {")", ","} or any(self.is_word(token, w) for w in ("and", "or"))

    def span(self, end: int) -> Text:
        """From the next token to the one before `end`."""
        first, last = self.tokens[self.at], self.tokens[end - 1]
        return self.text.cut(first.start - self.text.start, last.start + len(last.value) - self.text.start)

    def value(self, token: Text, field: Field) -> Value:
        """A literal that suits the field on the left."""
        context = self.scope.context
        if field.type is UNKNOWN:
            return Value(kind=LiteralKind.TEXT, value=token.value)
        literal = self.words.exact(token.value, "literal")
        if field.type.kind == "belongs to":
            if literal and literal.word.name == "me" and field.type.targets == (context.account,) and self.me:
                return Value(kind=LiteralKind.ME, value="me")
            self.fail("E087", token, value=token.raw, name=field.names.label)
        is_choice = choices_of(field.type, context) is not None
        if _is_bare_word(token) and not literal and not is_choice and not self.reads(token, field):
            self.unknown(token)
        value = read_value(token, field.type, context)
        if value is None:
            raise Stop
        return value

    def field(self, name: Text) -> Field:
        """The field on the left; it must hold a value of its own."""
        found = self.scope.find(_unticked(name))
        if found is None:
            self.unknown(name)
        elif found.type.kind in {"has many", "has one", "many to many", "list"} or (
            found.type.kind == "belongs to" and len(found.type.targets) > 1
        ):
            self.fail("E081", name, name=name.raw)
        else:
            return found
        raise Stop

    def unknown(self, name: Text) -> None:
        """A name that is no field: perhaps its first word only, as backticks are missing."""
        self.unticked(name)
        kept = [
            self.words.word("word", word).form(self.scope.context.language) for word in ("created at", "updated at")
        ]
        like = nearest(_unticked(name).value, [*(field.names.label for field in self.scope.fields), *kept])
        ticked = f"`{like}`" if like and not re.fullmatch(r"\w+", like) else like
        self.fail("E080", name, ticked, name=name.raw, entity=self.scope.entity)

    def unticked(self, name: Text) -> None:
        """Report a field of which only the first word was read."""
        for end in range(self.at + 1, min(self.at + 5, len(self.tokens) + 1)):
            last = self.tokens[end - 1]
            phrase = self.text.cut(name.start - self.text.start, last.start + len(last.value) - self.text.start)
            if self.scope.find(phrase):
                self.fail("E089", phrase, f"`{phrase.raw}`", name=phrase.raw)

    # The tokens.

    def peek(self, ahead: int = 0) -> Text | None:
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else None

    def peek_is(self, mark: str, *, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.value == mark

    def is_word(self, token: Text | None, name: str) -> bool:
        return token is not None and self.words.is_word(token.value, name)

    def next(self) -> Text:
        token = self.peek()
        if token is None or token.value in {")", "(", ",", "!", '"', "`"} or token.value in _OPERATORS:
            self.fail("E082", token or self.text)
            raise Stop
        self.at += 1
        return token

    def take(self, mark: str) -> None:
        if not self.peek_is(mark):
            self.fail("E082", self.peek() or self.text)
        self.at += 1

    def rest(self) -> Text:
        """What has not been read."""
        token = self.peek()
        return self.text.cut(token.start - self.text.start) if token else self.text.cut(len(self.text.value))

    def upcoming(self) -> str:
        """The next few words of what has not been read."""
        return " ".join(token.value for token in self.tokens[self.at : self.at + 3])

    def fail(self, code: str, place: Text, suggestion: str | None = None, **values: object) -> None:
        self.scope.context.problems.add(code, place, suggestion, text=self.text.raw, **values)
        raise Stop


def _unticked(text: Text) -> Text:
    return text.cut(1, -1) if len(text.value) > 2 and text.value[0] == text.value[-1] == "`" else text


def _is_bare_word(token: Text) -> bool:
    """Whether a token can only be a name: no number, no quotes."""
    return bool(identifier(token.value)) and token.value[0].isalpha()


def _comparable(left: Field, right: Field) -> bool:
    """Whether two fields hold values of one kind."""
    if UNKNOWN in (left.type, right.type):
        return True
    if left.type.kind == right.type.kind == "scalar":
        a, b = left.type.scalar, right.type.scalar
        return (
            a is b or {a, b} <= NUMBERS or (a not in NUMBERS | MOMENTS and b not in NUMBERS | MOMENTS and _texts(a, b))
        )
    return left.type == right.type


def _texts(a: Scalar, b: Scalar) -> bool:
    return not {a, b} & {Scalar.BOOLEAN, Scalar.JSON, Scalar.DURATION, Scalar.UUID}
