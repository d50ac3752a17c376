"""From a difference to the statements of Alembic: one function for the way up and, reversed, for the way down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iopeer_plugin_fastapi.schema.diff import Change, Difference, altered, replaced
from iopeer_plugin_fastapi.schema.model import Column, Constraint, Object, Table
from iopeer_plugin_fastapi.schema.types import CONVERSIONS, fate, kind_of, neutral
from iopeer_plugin_fastapi.view.expressions import sql_name
from iopeer_plugin_fastapi.view.naming import quoted, wrapped
from iopeer_plugin_fastapi.view.tables import stored_name

_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w+(?!:))")
KINDS = {"foreignkey": 0, "check": 1, "unique": 2, "live": 3, "index": 4}
"""In which order conditions go; they come in the other one, foreign keys at last."""
Lines = Iterator[str]


def statements(difference: Difference, *, back: bool = False) -> list[str]:
    """The lines of a function that makes a database the other one.

    Args:
        difference: what to do.
        back: whether it is the way back, where values that went are nobody's to know.
    """
    changed = [change for change in difference.changes if change.old and change.new]
    gone = [change.old for change in difference.changes if change.old and not change.new]
    new = [change.new for change in difference.changes if change.new and not change.old]
    lines = list(_objects((each for each in reversed(difference.dropped)), up=False))
    for change in changed:
        lines += _batch(_old(change), _drops(change))
        lines += _indexes_dropped(change)
    lines += _tables_dropped(gone)
    for change in changed:
        lines += _renamed(change)
    lines += _tables_made(new)
    for change in changed:
        lines += _batch(_new(change), _moved(change))
        lines += _batch(_new(change), _columns(change))
        lines += _filled(change, back=back)
    for change in changed:
        lines += _batch(_new(change), _made(change, back=back))
        lines += [line for each in change.made for line in index(_new(change), each)]
    lines += _objects(difference.made, up=True)
    return lines or ["pass"]


def _old(change: Change) -> Table:
    assert change.old  # noqa: S101 - it changes
    return change.old


def _new(change: Change) -> Table:
    assert change.new  # noqa: S101 - it changes
    return change.new


def _batch(table: Table, inner: Iterable[str]) -> list[str]:
    """What is done to a table at once: SQLite copies it for that."""
    lines = list(inner)
    keeps = ', table_kwargs={"sqlite_autoincrement": True}' if table.keeps_ids else ""
    return [f"with op.batch_alter_table({quoted(table.name)}{keeps}) as batch:", *_in(lines)] if lines else []


def _in(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _only(dialect: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [f"if op.get_context().dialect.name == {quoted(dialect)}:", *_in(found)] if found else []


def _executed(sql: str) -> str:
    text = wrapped(_PARAMETER.sub(r"\:", sql))
    return f"op.execute{text}" if text.startswith("(") else f"op.execute({text})"


def _objects(objects: Iterable[Object], *, up: bool) -> Lines:
    for each in objects:
        yield from _only(each.dialect, (_executed(text) for text in (each.up if up else each.down)))


# -- conditions


def _drops(change: Change) -> Lines:
    for each in sorted(change.dropped, key=lambda one: KINDS[one.kind]):
        if each.kind in {"foreignkey", "check", "unique"}:
            yield f"batch.drop_constraint(op.f({quoted(each.name)}), type_={quoted(each.kind)})"


def _indexes_dropped(change: Change) -> Lines:
    """Those that are no more; and on SQLite all that it cannot copy, which come back once the table is copied."""
    for each in change.dropped:
        if each.kind in {"index", "live"}:
            yield f"op.drop_index(op.f({quoted(each.name)}), table_name={quoted(_old(change).name)})"


def index(table: Table, each: Constraint) -> Lines:
    """An index, of live rows alone where it says so.

    Args:
        table: the table.
        each: a condition, which may be none.
    """
    if each.kind == "index":
        down = each.descending or (False,) * len(each.columns)
        shown = ", ".join(
            f"sa.text({quoted(sql_name(name) + ' DESC')})" if descends else quoted(name)
            for name, descends in zip(each.columns, down, strict=True)
        )
        yield f"op.create_index(op.f({quoted(each.name)}), {quoted(table.name)}, [{shown}])"
    elif each.kind == "live":
        live = 'sa.text("deleted_at IS NULL")'
        yield (
            f"op.create_index(op.f({quoted(each.name)}), {quoted(table.name)}, [{_names(each.columns)}], unique=True,"
            f" postgresql_where={live}, sqlite_where={live})"
        )


def _made(change: Change, *, back: bool) -> Lines:
    """What comes once the rows are as they shall be."""
    for old, new in change.pairs:
        if replaced(old, new):
            yield f"batch.drop_column({quoted(_before(new.name))})"
    for was, new_ in change.columns:
        came = new_ is not None and (was is None or was.nullable or replaced(was, new_))
        if new_ and came and not new_.nullable and not (back and _unknown(change, new_)):
            yield f"batch.alter_column({quoted(new_.name)}, nullable=False)"
    for each in sorted(change.made, key=lambda one: -KINDS[one.kind]):
        name = f"op.f({quoted(each.name)})"
        if each.kind == "check":
            yield f"batch.create_check_constraint({name}, {_check(each)})"
        elif each.kind == "unique":
            yield f"batch.create_unique_constraint({name}, [{_names(each.columns)}])"
        elif each.kind == "foreignkey":
            yield (
                f"batch.create_foreign_key({name}, {quoted(each.table)}, [{_names(each.columns)}],"
                f" [{quoted(each.target)}], ondelete={quoted(each.on_delete)})"
            )


def _check(each: Constraint) -> str:
    """The text of a check: it is no parameter that it holds."""
    text = wrapped(each.sql.replace(":", "\\:"))
    return f"sa.text({text})" if not text.startswith("(") else f"sa.text{text}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


def _unknown(change: Change, column: Column) -> bool:
    """Whether rows cannot get any value for a column that comes back: each needs its own."""
    constraints = _new(change).constraints
    own = any(each.kind in {"unique", "live", "foreignkey"} and column.name in each.columns for each in constraints)
    return own and not column.fill


# -- columns


def _before(name: str) -> str:
    """Where the values of a column wait whose type changes."""
    return stored_name(name, "before")


def _moved(change: Change) -> Lines:
    """Columns that go or have other names, before others come that may have theirs."""
    for old, new in change.columns:
        if old and not new:
            yield f"batch.drop_column({quoted(old.name)})"
    for old, new in change.pairs:
        name = _before(new.name) if replaced(old, new) else new.name
        if old.name != name:
            yield (f"batch.alter_column({quoted(old.name)}, new_column_name={quoted(name)})")


def _columns(change: Change) -> Lines:
    """Columns that come, and those that may be empty now; what is required is so at last."""
    for old, new in change.columns:
        if new and (old is None or replaced(old, new)):
            quote = ", quote=True" if new.quoted else ""
            yield f"batch.add_column(sa.Column({quoted(new.name)}, {new.type}, nullable=True{quote}))"
    for old, new in change.pairs:
        if altered(old, new) and new.nullable and not old.nullable:
            yield f"batch.alter_column({quoted(new.name)}, nullable=True)"


def _filled(change: Change, *, back: bool) -> Lines:
    """What the rows get that are there."""
    table = _new(change)
    yield from _retyped(change, wider=True)
    for old, new in change.pairs:
        if replaced(old, new):
            yield from _converted(table, old, new)
        elif fate(old, new) in {"cut", "rounded"}:
            yield from _cut(table, new)
    for was, column in change.columns:
        if column is None or column.nullable:
            continue
        has_values = was is not None and not was.nullable and fate(was, column) in {"same", "widened"}
        value = column.fill or ("" if not back or _unknown(change, column) else neutral(column))
        if value and not has_values:
            yield f"rows = sa.table({quoted(table.name)}, sa.column({quoted(column.name)}, {column.type}))"
            name = f"rows.c[{quoted(column.name)}]"
            yield f"op.execute(rows.update().where({name}.is_(None)).values({{{name}: {value}}}))"
    yield from _retyped(change, wider=False)


def _retyped(change: Change, *, wider: bool) -> Lines:
    """Types that change in place: those that hold more at once, the others once the values fit."""
    inner = []
    for old, new in change.pairs:
        holds_more = kind_of(new.type).size >= kind_of(old.type).size and fate(old, new) != "rounded"
        if old.type != new.type and not replaced(old, new) and holds_more is wider:
            inner.append(f"batch.alter_column({quoted(new.name)}, type_={new.type})")
    yield from _batch(_new(change), inner)


def _converted(table: Table, old: Column, new: Column) -> Lines:
    """The values of one type as those of another, where there is a way."""
    pair = kind_of(old.type).name, kind_of(new.type).name
    if pair not in CONVERSIONS:
        return
    waiting = sql_name(_before(new.name))
    for dialect, form in zip(("postgresql", "sqlite"), CONVERSIONS[pair], strict=True):
        yield from _only(dialect, [_executed(_update(table, new, form.format(waiting)))])


def _cut(table: Table, new: Column) -> Lines:
    """Values that would not fit: texts are cut, numbers rounded; choices that are no more are those of new rows."""
    name, kind = sql_name(new.name), kind_of(new.type)
    if new.choices:
        instead = new.fill or ("" if new.nullable else neutral(new))
        text = "'" + instead.strip('"').replace("'", "''") + "'" if instead else "NULL"
        values = ", ".join("'" + value.replace("'", "''") + "'" for value in new.choices)
        yield _executed(_update(table, new, text, f"{name} NOT IN ({values})"))
    elif kind.name == "text":
        yield _executed(_update(table, new, f"substr({name}, 1, {kind.size})", f"length({name}) > {kind.size}"))
    else:
        yield _executed(_update(table, new, f"round({name}, {kind.scale})"))


def _update(table: Table, column: Column, value: str, where: str = "") -> str:
    """A statement for whoever migrates; nothing of it comes from outside the spec."""
    condition = f" WHERE {where}" if where else ""
    return f"UPDATE {sql_name(table.name)} SET {sql_name(column.name)} = {value}{condition}"  # noqa: S608 - as above


# -- tables


def _renamed(change: Change) -> Lines:
    old, new = _old(change), _new(change)
    if old.name != new.name:
        yield f"op.rename_table({quoted(old.name)}, {quoted(new.name)})"
        names = (sql_name(stored_name("pk", table.name)) for table in (old, new))
        sql = f"ALTER TABLE {sql_name(new.name)} RENAME CONSTRAINT {' TO '.join(names)}"
        yield from _only("postgresql", [_executed(sql)])


def _tables_dropped(tables: Sequence[Table]) -> Lines:
    late = [(table, each) for table in tables for each in table.constraints if each.late]
    inner = [
        f'op.drop_constraint(op.f({quoted(each.name)}), {quoted(table.name)}, type_="foreignkey")'
        for table, each in late
    ]
    yield from (["if op.get_context().dialect.supports_alter:", *_in(inner)] if inner else [])
    yield from (f"op.drop_table({quoted(table.name)})" for table in tables)


def _tables_made(tables: Sequence[Table]) -> Lines:
    for table in tables:
        yield from create_table(table)
    late = [(table, each) for table in tables for each in table.constraints if each.late]
    inner = [
        f"op.create_foreign_key(op.f({quoted(each.name)}), {quoted(table.name)}, {quoted(each.table)},"
        f" [{_names(each.columns)}], [{quoted(each.target)}], ondelete={quoted(each.on_delete)})"
        for table, each in late
    ]
    yield from (["if op.get_context().dialect.supports_alter:", *_in(inner)] if inner else [])


def create_table(table: Table) -> Lines:
    """A table with its conditions and indexes."""
    yield "op.create_table("
    yield f"    {quoted(table.name)},"
    for column in table.columns:
        quote = ", quote=True" if column.quoted else ""
        yield f"    sa.Column({quoted(column.name)}, {column.type}, nullable={column.nullable}{quote}),"
    yield f"    sa.PrimaryKeyConstraint({_names(table.key)}, name=op.f({quoted(stored_name('pk', table.name))})),"
    for each in table.constraints:
        name = f"name=op.f({quoted(each.name)})"
        if each.kind == "check":
            yield f"    sa.CheckConstraint({_check(each)}, {name}),"
        elif each.kind == "unique":
            yield f"    sa.UniqueConstraint({_names(each.columns)}, {name}),"
        elif each.kind == "foreignkey":
            to = quoted(f"{each.table}.{each.target}")
            late = ", use_alter=True" if each.late else ""
            yield (
                f"    sa.ForeignKeyConstraint([{_names(each.columns)}], [{to}], {name},"
                f" ondelete={quoted(each.on_delete)}{late}),"
            )
    yield from ["    sqlite_autoincrement=True,"] if table.keeps_ids else []
    yield ")"
    for each in table.constraints:
        yield from index(table, each)
