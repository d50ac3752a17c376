"""The last line between an exception and the user: one message, the right exit code, never a traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import typer

P = ParamSpec("P")

INTERNAL = 70


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose errors become messages on stderr and exit codes (errors.py: 1, 2, 3; 70 for a bug of ours)."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        _use_utf8()
        _end_as_if_interrupted()
        try:
            _recover()
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort):
            raise
        except BrokenPipeError:
            # Whoever read our output has gone, and the run has not come to its end: as the signal would end it.
            _drop_output()
            raise typer.Exit(128 + signal.SIGPIPE) from None
        except KeyboardInterrupt as interrupt:
            _say("interrupted; no file is half written")
            raise typer.Exit(128 + (interrupt.args or (signal.SIGINT,))[0]) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a message and no traceback
            raise typer.Exit(_report(error)) from None

    return run


def _use_utf8() -> None:
    """Specs hold any letters; a terminal in another encoding shows what it can of them, a closed stream nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _end_as_if_interrupted() -> None:
    """Who ends us with a signal (a closed terminal, a CI's time limit) gets what Ctrl-C does: nothing left running."""

    def interrupt(number: int, _frame: object) -> None:
        raise KeyboardInterrupt(number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores one of them
            signal.signal(number, interrupt)


def _recover() -> None:
    """Complete or undo a write that an earlier command was killed in."""
    from iopeer_core.tree.pending import recover_pending

    for message in recover_pending():
        _say(message)


def _drop_output() -> None:
    """What is still to be written to stdout cannot be: Python would try again when it ends, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(error: Exception) -> int:
    """Tell the user about an error; returns the exit code."""
    from iopeer_core.errors import UserError

    if isinstance(error, UserError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.strerror:  # the machine's fault, not ours
        if error.filename is None:  # a stream; a full disk behind stdout
            _drop_output()
        where = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
        _say(str(UserError(error.strerror, where=where, how="look at the rights there and at the free space")))
        return UserError.exit_code
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="iopeer-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    _say(f"this is a bug in IOPEER ({type(error).__name__}); no file is half written. Details: {log.name}")
    return INTERNAL


def _say(message: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        sys.stderr.write(f"iopeer: {message}\n")
