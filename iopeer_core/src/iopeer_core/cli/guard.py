"""The last line between an exception and the user: one message, the right exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

P = ParamSpec("P")

INTERRUPTED = 130
INTERNAL = 70


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose errors become messages on stderr and exit codes (errors.py: 1, 2, 3; 70 for a bug of ours)."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        _use_utf8()
        try:
            _recover()
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort):
            raise
        except BrokenPipeError:
            # Whoever read our output has gone; nothing can be said to them any more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            _say("interrupted; nothing was changed")
            raise typer.Exit(INTERRUPTED) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a message and no traceback
            raise typer.Exit(_report(error)) from None

    return run


def _use_utf8() -> None:
    """Specs hold any letters; a terminal in another encoding shows what it can of them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _recover() -> None:
    """Complete or undo a write that an earlier command was killed in."""
    from iopeer_core.tree.pending import recover_pending

    for message in recover_pending():
        _say(message)


def _report(error: Exception) -> int:
    """Tell the user about an error; returns the exit code."""
    from iopeer_core.errors import UserError

    if isinstance(error, UserError):
        _say(str(error))
        return error.exit_code
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="iopeer-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    _say(f"this is a bug in IOPEER ({type(error).__name__}); nothing was written. Details: {log.name}")
    return INTERNAL


def _say(message: str) -> None:
    sys.stderr.write(f"iopeer: {message}\n")
