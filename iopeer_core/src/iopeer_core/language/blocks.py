"""The other blocks of an entity: rules, indexes, options, and those of plugins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import meant
from iopeer_core.language.expressions import Scope, read_expression
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, split, unquoted, unticked
from iopeer_core.language.markdown import Fact
from iopeer_core.language.modifiers import read_database_name
from iopeer_core.language.suggest import keyword
from iopeer_core.language.text import QUOTES, Text
from iopeer_core.language.vocabulary import Kind, Word
from iopeer_core.model.spec import (
    Bullet,
    CheckRule,
    Extra,
    Field,
    Index,
    IndexColumn,
    PluginBlock,
    PrimaryKeyRule,
    Rule,
    Span,
    UniqueRule,
)


def place(fact: Fact) -> Span:
    """Where a fact stands, to its last line."""
    return replace(fact.text.span, end_line=fact.end_line)


def read_rules(facts: Sequence[Fact], scope: Scope) -> tuple[Rule, ...]:
    """`unique:`, `primary key:` and `check:` lines."""
    rules = (_rule(fact, scope) for fact in facts)
    return tuple(rule for rule in rules if rule)


def _rule(fact: Fact, scope: Scope) -> Rule | None:
    context = scope.context
    label, rest = label_and_rest(fact.text)
    found = context.words.exact(label.value, "rule")
    if found is None:
        context.problems.add("E090", label, _key_meant(label, context, "rule"), rule=label.raw)
        return None
    if not rest:
        context.problems.add("E091", fact.text, rule=label.raw)
        return None
    body, doc = fact_and_doc(rest, context.words)
    if found.word.name == "check":
        expr = read_expression(body, scope, me=False)
        message = doc[1:-1] if len(doc) > 1 and doc[0] in QUOTES and doc[-1] in QUOTES else doc
        return CheckRule(expr=expr, message=message, span=place(fact)) if expr else None
    fields = tuple(item.name for item in _columns(body, scope) if item)
    if len(fields) < len(split(body, "+", context.words)):
        return None
    if found.word.name == "unique":
        return UniqueRule(fields=fields, span=place(fact))
    return PrimaryKeyRule(fields=fields, span=place(fact))


def _key_meant(label: Text, context: Context, kind: Kind) -> str | None:
    """The key that was meant before a colon."""
    return meant(label.value, context.words, context.language, kind) or keyword(label.value, context.words, kind)


def _columns(text: Text, scope: Scope) -> list[Field | None]:
    """The fields between plus signs, each once and with a column."""
    columns, seen = list[Field | None](), set[str]()
    for part in split(text, "+", scope.context.words):
        found = scope.need(unticked(part))
        if found and found.name in seen:
            scope.context.problems.add("E092", part, name=part.raw)
            found = None
        seen.add(found.name if found else "")
        columns.append(_with_column(found, part, scope))
    return columns


def _with_column(found: Field | None, text: Text, scope: Scope) -> Field | None:
    """The field, where an index can hold it."""
    if found is None:
        return None
    kind = found.type.kind
    if kind in {"has many", "has one", "many to many", "list"} or (
        found.type.kind == "belongs to" and len(found.type.targets) > 1
    ):
        scope.context.problems.add("E081", text, name=text.raw)
        return None
    return found


def read_indexes(facts: Sequence[Fact], scope: Scope) -> tuple[Index, ...]:
    """Lines of columns."""
    indexes = (_index(fact, scope) for fact in facts)
    return tuple(index for index in indexes if index)


def _index(fact: Fact, scope: Scope) -> Index | None:
    words = scope.context.words
    columns: dict[str, IndexColumn] = {}
    parts = split(fact_and_doc(fact.text, words)[0], "+", words)
    for part in parts:
        found = scope.find(unticked(part))
        head, last = ["", "", *part.value.rsplit(None, 1)][-2:]
        descending = found is None and bool(head) and words.is_word(last, "desc")
        name = unticked(part.cut(0, len(head))) if descending else unticked(part)
        column = _with_column(scope.need(name), name, scope)
        if column and column.name in columns:
            scope.context.problems.add("E092", part, name=part.raw)
        elif column:
            columns[column.name] = IndexColumn(field=column.name, descending=descending)
    return Index(columns=tuple(columns.values()), span=place(fact)) if len(columns) == len(parts) else None


@dataclass(slots=True)
class Options:
    """`#### Options`, by the names they have in `Entity`."""

    soft_delete: bool = False
    display: str | None = None
    table: str | None = None
    extras: list[Extra] = field(default_factory=list)


def read_options(facts: Sequence[Fact], scope: Scope) -> Options:
    """`key: value` lines, each key once."""
    options, words, seen = Options(), scope.context.words, set[str]()
    for fact in facts:
        label, rest = label_and_rest(fact.text)
        found = words.exact(label.value, "option")
        value = fact_and_doc(rest, words)[0] if rest else None
        if found is None:
            scope.context.problems.add("E093", label, _key_meant(label, scope.context, "option"), option=label.raw)
        elif not value:
            scope.context.problems.add("E091", fact.text, rule=label.raw)
        elif found.word.name in seen:
            scope.context.problems.add("E094", label, name=label.raw)
        else:
            seen.add(found.word.name)
            _option(options, found.word, value, fact, scope)
    return options


def _option(options: Options, word: Word, value: Text, fact: Fact, scope: Scope) -> None:
    context = scope.context
    if word.plugin:
        options.extras.append(Extra(name=word.name, value=value.raw, span=place(fact)))
    elif word.name == "soft delete":
        found = context.words.exact(value.value, "literal")
        if found is None or found.word.name not in {"yes", "no"}:
            choices = [context.words.word("literal", name).form(context.language) for name in ("yes", "no")]
            wanted = meant(value.value, context.words, context.language, "literal")
            context.problems.add("E095", value, wanted or ", ".join(choices), value=value.raw)
        else:
            options.soft_delete = found.word.name == "yes"
    elif word.name == "table":
        options.table = read_database_name(value, context)
    else:
        shown = scope.need(unticked(unquoted(value)))
        if shown and (shown.hidden or shown.type.kind not in {"scalar", "enum", "choice"}):
            context.problems.add("E096", value, name=value.raw)
        elif shown:
            options.display = shown.name


def read_plugin_block(
    word: Word, facts: Sequence[Fact], docs: Sequence[str], span: Span, context: Context
) -> PluginBlock:
    """The bullets of a plugin's section or block, in their order; the plugin types them."""
    bullets: list[Bullet] = []
    for fact in facts:
        label, rest = label_and_rest(fact.text)
        body, doc = fact_and_doc(rest if rest is not None else fact.text, context.words)
        docs_of = "\n\n".join(text for text in (doc, *fact.docs) if text)
        head = label.raw if rest is not None else ""
        bullets.append(Bullet(label=head, text=body.raw, doc=docs_of, span=place(fact)))
    return PluginBlock(name=word.name, plugin=word.plugin, bullets=tuple(bullets), doc="\n\n".join(docs), span=span)
