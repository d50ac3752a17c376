"""One tree of errors: what is meant for the user, and with which exit code it ends a command."""

from __future__ import annotations

from typing import ClassVar


class IopeerError(Exception):
    """The root of everything that IOPEER raises on purpose."""


class UserError(IopeerError):
    """An error whose message is for the user: what is wrong, where, and how to mend it.

    Args:
        what: one sentence without a traceback's jargon.
        where: a file, a file with a line, a plugin, a setting; empty where the sentence says it.
        how: what the user can do about it; empty where nothing can be said.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, where: str = "", how: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.how = how

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  help: {self.how}" if self.how else head


class SpecError(UserError):
    """The spec cannot be read or means something impossible."""


class PluginError(UserError):
    """A plugin is missing, broken, or contradicts another one."""


class CheckFailed(UserError):
    """The generated app did not pass its own checks."""

    exit_code = 1


class ConflictError(UserError):
    """Going on would overwrite what the user edited."""

    exit_code = 3
