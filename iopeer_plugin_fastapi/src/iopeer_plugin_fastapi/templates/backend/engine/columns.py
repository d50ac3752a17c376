"""What tables are made of: the base of all models, and the types of their columns."""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits; SQLite auto-increments a column of type INTEGER only."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC (SQLite itself keeps no offset)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC."""
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware datetime."""
        return value if value is None else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Leave alone what PostgreSQL gives: it is aware, and in UTC."""
        return super().result_processor(dialect, coltype) if dialect.name == "sqlite" else None


def choices(enum: type[StrEnum], name: str) -> Enum:
    """Store the values of `enum` as text, under a CHECK constraint called `name`."""
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )


def utcnow() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def today() -> date:
    """Give the present day, in UTC."""
    return utcnow().date()


def now_time() -> time:
    """Give the present time of day, in UTC."""
    return utcnow().time()


class Base(DeclarativeBase):
    """The base of all models."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class Identified:
    """An auto-incremented primary key."""

    id: Mapped[int] = mapped_column(BigInt, primary_key=True, sort_order=-1)


class Timestamps:
    """When a row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow, sort_order=1)
    updated_at: Mapped[datetime] = mapped_column(
        UTCDateTime, default=utcnow, onupdate=utcnow, sort_order=1
    )
