"""The base of all plugins: made anew for every run, with its validated config."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from iopeer_core.runs.run import Run


class NoConfig(BaseModel):
    """The config of a plugin that has no settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ConfigT = TypeVar("ConfigT", bound=BaseModel)


class Plugin(Generic[ConfigT]):
    """A plugin: a class whose methods marked `@hookimpl` are its hooks (`hookspecs.py`).

    Args:
        config: the plugin's table of `iopeer.toml`, validated by `Config`.
        run: this execution: `run.emit`, `run.cancelled`, `run.dry_run`.

    Attributes:
        Config: the model of its table in `iopeer.toml`.
        name: its name, as in `iopeer.toml`.
        active: those of its capabilities that it provides in this run; a `default` one may have yielded to a rival.
            Both are set before the first hook is called.
    """

    Config: ClassVar[type[BaseModel]] = NoConfig
    name: str = ""
    active: frozenset[str] = frozenset()

    def __init__(self, config: ConfigT, run: Run) -> None:
        self.config = config
        self.run = run
