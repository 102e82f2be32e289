"""Column types that mean the same on both databases."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Integer, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits; STRICT tables of SQLite know it as INTEGER."""


class Day(TypeDecorator[date]):
    """A calendar day of the county, kept as ISO text: it sorts, and STRICT tables take it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the day as 2026-03-06."""
        return value.isoformat() if isinstance(value, date) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Read the day back."""
        return date.fromisoformat(value) if value is not None else None


def table_of(model: type[SQLModel]) -> Table:
    """Return the table behind a model, for statements that are sent as they are written."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
