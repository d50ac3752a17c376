"""A file that tells of all that was committed, a line each: who reads it misses nothing, whatever dies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, EnvVar, Symbol
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Interceptor, Setting

from iopeer_plugin_fastapi import symbols

TELL = Symbol(component="backend", module="backend.utils.feed", name="tell")
SPOIL = Symbol(component="backend", module="backend.utils.feed", name="spoil")


def helpers(_: Blueprint) -> Mapping[str, object]:
    """The symbols, for the templates."""
    names = {"SETTINGS": "get_settings", "UTCNOW": "utcnow", "CONFLICT": "Conflict"}
    public = {key: symbols.named(name) for key, name in names.items()}
    return public | {"COMMITTED": symbols.COMMITTED, "DELIVERY": symbols.DELIVERY, "EVENT": symbols.EVENT}


class FeedPlugin(Plugin[NoConfig]):
    """Tells of rows."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Who hears, where it writes, and its tests."""
        yield from template_files(Path(__file__).parent / "templates", exports={"backend/utils/feed.py": (TELL, SPOIL)})
        yield Interceptor(symbol=TELL, verbs=("create", "update", "delete"), phase="committed")
        yield Interceptor(symbol=SPOIL, verbs=("create",))
        yield Setting(name="feed_file", value="feed.jsonl", doc="Where is told of changes")
        yield EnvVar(name="FEED_FILE", value="feed.jsonl", doc="Where is told of changes", components=("backend",))
