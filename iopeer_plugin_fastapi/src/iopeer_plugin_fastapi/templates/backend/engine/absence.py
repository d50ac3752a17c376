"""Whether a database is away: not there, not ready, busy, or gone in the middle of the work."""

from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED

import asyncpg  # type: ignore[import-untyped]  # it has none
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

UNREACHED = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What connecting may end in: no host, no socket, no such database, not ready yet."""
LOST = ("08", "57P01", "57P02", "57P03", "57P05", "53300", "25006")
"""What PostgreSQL's codes begin with where a connection is lost, or can be had later."""
SQLITE_AWAY = {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_FULL}
PRIMARY = 0xFF
"""SQLite's extended codes hold the plain one in the last byte."""


def is_absence(error: BaseException) -> bool:
    """Tell whether the database was away, so that the same may well be done later."""
    if isinstance(error, PoolTimeout | ConnectionError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", 0) & PRIMARY
    state = str(getattr(error.orig, "sqlstate", None))
    return error.connection_invalidated or code in SQLITE_AWAY or state.startswith(LOST)


def reason(error: BaseException | None) -> str:
    """Give what was wrong in one line, without the statement and its values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return " ".join(f"{type(cause).__name__}: {cause}".split())
