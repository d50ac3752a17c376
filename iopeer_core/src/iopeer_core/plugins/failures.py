"""What went wrong in plugins: all of it is collected, then told in one error."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, SecretBytes, SecretStr

from iopeer_core.errors import PluginError, UserError

SHORT = 300
"""How many characters of an exception's text are told; all of it is in the run's log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One plugin that failed: in which hook ("" while it was loaded), why, and what the user can do."""

    plugin: str
    what: str
    hook: str = ""
    how: str = ""

    @property
    def place(self) -> str:
        """The plugin, and the hook where it is known."""
        return f"{self.plugin}, {self.hook}" if self.hook else self.plugin


def stop_on(failures: Sequence[Failure]) -> None:
    """Raise one error for all failures, in the order of the plugins' names; nothing where there are none."""
    ordered = sorted(failures, key=lambda failure: (failure.plugin, failure.hook, failure.what))
    if not ordered:
        return
    if len(ordered) == 1:
        raise PluginError(ordered[0].what, where=f"plugin {ordered[0].place}", how=ordered[0].how)
    count = len({failure.plugin for failure in ordered})
    lines = [
        f"{count} plugins failed:" if count > 1 else f"the plugin {ordered[0].plugin!r} has {len(ordered)} faults:"
    ]
    for failure in ordered:
        lines.append(f"    {failure.place}: {failure.what}")
        if failure.how:
            lines.append(f"      help: {failure.how}")
    raise PluginError("\n".join(lines))


def explain(error: BaseException, folder: Path | None) -> tuple[str, str]:
    """An exception of a plugin's code in one line, and what can be done about it.

    Args:
        error: what was raised.
        folder: the plugin's package; its innermost line in the traceback is told.
    """
    if isinstance(error, UserError):
        return (f"{error.where}: {error.what}" if error.where else error.what), error.how
    if isinstance(error, SystemExit):
        what = f"it called sys.exit({error.code if error.code is not None else ''})"
    else:
        text = " ".join(str(error).split())
        what = f"{type(error).__name__}: {text}"[:SHORT] if text else type(error).__name__
    place = _place(error, folder)
    return (f"{what} ({place})" if place else what), ""


def log(error: BaseException) -> str:
    """The whole traceback, for the run's log."""
    return "".join(traceback.format_exception(error))


def secrets_of(config: object) -> Iterator[str]:
    """The secret texts that a plugin's config holds (pydantic's `SecretStr` and `SecretBytes`)."""
    if isinstance(config, SecretStr):
        yield config.get_secret_value()
    elif isinstance(config, SecretBytes):
        yield config.get_secret_value().decode(errors="replace")
    elif isinstance(config, BaseModel):
        yield from secrets_of([value for _, value in config])
    elif isinstance(config, dict):
        yield from secrets_of(list(config.values()))
    elif isinstance(config, (list, tuple, set, frozenset)):
        for item in config:
            yield from secrets_of(item)


def without(secrets: Iterable[str], text: str) -> str:
    """The text with every secret blotted out."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "**********")
    return text


def _place(error: BaseException, folder: Path | None) -> str:
    """The file and line of the plugin's own code where it happened."""
    if folder is None:
        return ""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(folder)]
    return f"{Path(frames[-1].filename).relative_to(folder.parent)}:{frames[-1].lineno}" if frames else ""
