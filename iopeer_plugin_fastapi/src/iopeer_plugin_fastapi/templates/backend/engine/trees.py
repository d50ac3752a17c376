"""Trees: links of an entity to itself, in which no row is below itself."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity, Reference
from backend.engine.policy import Id
from backend.engine.problems import Conflict
from backend.engine.reads import KEY

TREES = 2
"""The class of the locks that whoever moves a row takes; SQLite lets one write at a time anyway."""


@dataclass(frozen=True)
class Tree(Reference):
    """A link to the row above, of the same entity."""

    async def admit(
        self, entity: Entity, connection: AsyncConnection, key: Id, target: Id
    ) -> None:
        """Refuse to put a row below itself, or below what is below it."""
        if connection.dialect.name == "postgresql":
            # Two moves at once could each be right and together make a ring.
            lock = crc32(f"{entity.table.name}.{self.column}".encode()) - 2**31
            await connection.execute(select(func.pg_advisory_xact_lock(TREES, lock)))
        values = {"_key": key, "_target": target}
        if await connection.scalar(_below(entity, self.column), values):
            raise Conflict("A row cannot be below itself.", self.column, "own_ancestor")


@lru_cache(maxsize=256)
def _below(entity: Entity, column: str) -> Select[Any]:
    """Prepare the statement that tells whether a target is a row itself, or below it."""
    table = entity.table
    first = select(table.c.id, table.c[column].label("above"))
    rows = first.where(table.c.id == bindparam("_target")).cte(recursive=True)
    # UNION leaves out what was found before, and so ends in rings that are there already.
    rows = rows.union(select(table.c.id, table.c[column]).where(table.c.id == rows.c.above))
    return select(exists().where(rows.c.id == KEY))
