"""What the engine refuses, in words for whoever asked; how it is told is not its business."""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """A refusal. It undoes the transaction in which it comes up, whoever catches it."""

    def __init__(self, detail: str, errors: Sequence[FieldError] = ()) -> None:
        """Say what is wrong, and with which fields."""
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors)
        raised = RAISED.get()
        if raised is not None:
            raised.append(self)


RAISED: ContextVar[list[Problem] | None] = ContextVar("raised", default=None)
"""The problems of the present transaction; None where there is none."""


class Unauthorized(Problem):
    """The caller is unknown."""

    def __init__(self, detail: str = "Sign in to do this.") -> None:
        """Say why the caller is not recognised."""
        super().__init__(detail)


class Forbidden(Problem):
    """The caller is known, but not allowed."""

    def __init__(self, detail: str = "You may not do this.") -> None:
        """Say what is not allowed."""
        super().__init__(detail)


class PaymentRequired(Problem):
    """The caller is known, and has to pay first."""

    def __init__(
        self, detail: str = "This has to be paid for.", errors: Sequence[FieldError] = ()
    ) -> None:
        """Say what is to be paid, and which limits are reached."""
        super().__init__(detail, errors)


class NotFound(Problem):
    """There is no such thing, or the caller may not see it."""

    def __init__(self, detail: str = "There is nothing here.") -> None:
        """Say what is missing."""
        super().__init__(detail)


class Conflict(Problem):
    """What is asked for does not fit with what is stored."""

    def __init__(self, detail: str, field: str | None = None, code: str = "conflict") -> None:
        """Say what it conflicts with, and in which field."""
        super().__init__(detail, [FieldError(field, code, detail)] if field else [])


class Invalid(Problem):
    """A field has a value that is not accepted."""

    def __init__(self, field: str, code: str, message: str) -> None:
        """Name the field and what is wrong with it."""
        super().__init__(message, [FieldError(field, code, message)])


class Stale(Problem):
    """Somebody else has changed the row meanwhile; `row` is how the caller may read it now."""

    def __init__(self, row: dict[str, Any]) -> None:
        """Take the row as it is now."""
        super().__init__("Somebody else has changed this meanwhile.")
        self.row = row


class TooMany(Problem):
    """The caller tries too often."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__("Too many attempts; try again later.")
        self.seconds = seconds


class Unavailable(Problem):
    """Something that is needed does not answer."""
