"""Decimals that lose no digit on their way to the database and back."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Numeric, TypeDecorator
from sqlalchemy.types import TypeEngine


class ExactNumeric(TypeDecorator[Decimal]):
    """A decimal with a fixed scale: NUMERIC, which SQLite keeps as a float of 15 exact digits."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        """Take the number of all digits and of those after the point."""
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale
        self.quantum = Decimal(1).scaleb(-scale)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Bind floats on SQLite, which has no decimals."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Numeric(self.precision, self.scale, asdecimal=False))
        return dialect.type_descriptor(Numeric(self.precision, self.scale))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | float | None:
        """Give SQLite a float."""
        return float(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Give back all digits of the scale."""
        return value if value is None else Decimal(str(value)).quantize(self.quantum)
