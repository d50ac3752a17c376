"""Durations that compare on every database."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Dialect, Float, Interval, TypeDecorator
from sqlalchemy.types import TypeEngine


class Duration(TypeDecorator[timedelta]):
    """A duration: INTERVAL, or seconds on SQLite."""

    impl = Interval
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use a number on SQLite, so that durations compare."""
        return dialect.type_descriptor(Float() if dialect.name == "sqlite" else Interval())

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> Any:
        """Give SQLite seconds."""
        return value.total_seconds() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> timedelta | None:
        """Give back a timedelta."""
        return timedelta(seconds=value) if isinstance(value, int | float) else value
