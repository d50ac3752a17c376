"""The hook of the fixer."""

from __future__ import annotations

from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.runs.report import Report
from iopeer_core.runs.run import Run
from iopeer_core.tree.model import Patch
from pydantic import BaseModel, ConfigDict, SecretStr


class MenderConfig(BaseModel):
    """What to do about a failure."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    patches: tuple[dict[str, str], ...] = ()  # files and their text, a patch a round; the last one for all later rounds
    token: SecretStr = SecretStr("")  # replaces `{token}` in patches
    fails: str = ""  # raise an error with this text instead


class MenderPlugin(Plugin[MenderConfig]):
    """Answers each failing report with the next patch; `{round}` in it is the number of that report."""

    Config = MenderConfig

    def __init__(self, config: MenderConfig, run: Run) -> None:
        super().__init__(config, run)
        self._round = 0

    @hookimpl
    def after_tests(self, report: Report) -> Patch | None:
        """The next patch."""
        if report.passed:
            return None
        self._round += 1
        if self.config.fails:
            raise RuntimeError(self.config.fails)
        if not self.config.patches:
            return None
        patch = self.config.patches[min(self._round, len(self.config.patches)) - 1]
        words = {"{round}": str(self._round), "{token}": self.config.token.get_secret_value()}
        for word, meant in words.items():
            patch = {path: text.replace(word, meant) for path, text in patch.items()}
        write = {path: text.encode() for path, text in patch.items()}
        return Patch(write=write, note=f"round {self._round}")
