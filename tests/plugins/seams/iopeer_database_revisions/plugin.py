"""A column that clients only read, and the triggers that count in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.additions import AddField, Addition
from iopeer_core.blueprint.contributions import Contribution, Where
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import Field, LiteralKind, Scalar, ScalarType, Value
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import SchemaObject

FUNCTION = """CREATE FUNCTION count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RAISE DEBUG 'changed :row of %', TG_TABLE_NAME;
    RETURN NEW;
END $$"""
"""The colon before `row` is part of the text: nothing takes it for a parameter."""


class RevisionsPlugin(Plugin[NoConfig]):
    """Counts the changes of every row, in the database."""

    @hookimpl
    def before_plan(self) -> Iterable[Addition]:
        """The number, on every entity."""
        field = Field(
            names=make_names("revision", language="en"),
            type=ScalarType(scalar=Scalar.INTEGER),
            default=Value(kind=LiteralKind.NUMBER, value="1"),
            required=True,
            read_only=True,
        )
        yield AddField(where=Where(), field=field)

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """The function, which must be there before the triggers that call it: `0` sorts first."""
        yield from template_files(Path(__file__).parent / "templates")
        yield SchemaObject(
            name="0_count_revision", dialect="postgresql", up=(FUNCTION,), down=("DROP FUNCTION count_revision",)
        )
        for entity in plan.spec.entities:
            yield from triggers(entity.table or entity.names.plural)


def triggers(table: str) -> Iterable[SchemaObject]:
    """The trigger of a table in each dialect."""
    name = f"{table}_revision"
    counted = f'UPDATE "{table}" SET revision = OLD.revision + 1 WHERE id = NEW.id;'  # noqa: S608 - of the spec's names
    yield SchemaObject(
        name=name,
        dialect="postgresql",
        up=(
            f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION count_revision()',
            f'COMMENT ON TRIGGER "{name}" ON "{table}" IS \'Counts the changes of a row: :revision\'',
        ),
        down=(f'DROP TRIGGER "{name}" ON "{table}"',),
    )
    yield SchemaObject(
        name=name,
        dialect="sqlite",
        up=(f'CREATE TRIGGER "{name}" AFTER UPDATE ON "{table}" WHEN NEW.revision = OLD.revision BEGIN {counted} END',),
        down=(f'DROP TRIGGER "{name}"',),
    )
