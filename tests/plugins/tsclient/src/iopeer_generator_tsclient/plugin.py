"""The hooks of the TypeScript client."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.contributions import Component, Contribution, Guide, Language, Symbol
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files

from .typescript import ENTITY_FILE, QUERY, READ

TEMPLATES = Path(__file__).parent / "templates"
EXPORTS: dict[str, tuple[Symbol, ...]] = {f"{ENTITY_FILE}.ts": (READ, QUERY)}


class TsclientPlugin(Plugin[NoConfig]):
    """Makes `client/`: one TypeScript file per entity, typed by the operations that a backend contributes."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """The component, its language and its files."""
        yield Component(name="client", root="client", ecosystem="node", title="TypeScript client")
        yield Language(
            name="typescript", suffixes=(".ts",), imports="iopeer_generator_tsclient.language:imports",
            scope="iopeer_generator_tsclient.language:scope", separator="/", case="camel",
        )  # fmt: skip
        yield from template_files(TEMPLATES, exports=EXPORTS)
        yield Guide(
            title="TypeScript client",
            body="`client/` holds a typed client of the API: `new ApiClient({ baseUrl })` has a member per entity.",
        )
