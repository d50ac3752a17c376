"""What the plugin gives to a plan: everything that a frontend is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import (
    Component,
    Contribution,
    File,
    Language,
    Pins,
    Requirement,
    Symbol,
    Where,
)
from iopeer_core.spec.model import Spec
from iopeer_core.tree.placeholders import per_entity
from iopeer_core.tree.render import template_files

from iopeer_plugin_nextjs.contributions import Page
from iopeer_plugin_nextjs.e2e import end_to_end
from iopeer_plugin_nextjs.packages import DEVELOPMENT, RUNTIME
from iopeer_plugin_nextjs.running import FRONTEND, guides, running
from iopeer_plugin_nextjs.view.naming import slugs

API = "http://127.0.0.1:8000"
TEMPLATES = Path(__file__).parent / "templates"
MESSAGES = "frontend/messages/messages.json"
"""The template of the texts, made once per language."""
PAGE = "frontend/app/(app)/{page}/page.tsx"
"""The template of a page that another plugin contributes."""
PLURAL = "{entities.kebab}"
SYMBOLS: dict[str, tuple[str, ...]] = {}
"""What the code of other plugins may import, by file."""


def contributions(spec: Spec) -> Iterator[Contribution]:
    """The frontend of a spec.

    Args:
        spec: the united spec.
    """
    manifest = f"{FRONTEND}/package.json"
    yield Component(name=FRONTEND, root=FRONTEND, ecosystem="node", title="Web application", manifest=manifest)
    language = "iopeer_plugin_nextjs.language"
    yield Language(
        name="typescript", suffixes=(".ts", ".tsx"), imports=f"{language}:imports", escape=f"{language}:escape"
    )
    for specifier in RUNTIME:
        yield Requirement(component=FRONTEND, specifier=specifier)
    for specifier in DEVELOPMENT:
        yield Requirement(component=FRONTEND, specifier=specifier, group="dev")
    pins = f"{FRONTEND}/package-lock.json"
    yield Pins(component=FRONTEND, path=pins, lock="iopeer_plugin_nextjs.locking:lock")
    yield from running(API)
    yield from guides(API)
    yield from end_to_end()
    yield from _files(spec)


def _files(spec: Spec) -> Iterator[File]:
    """A file per template; of those per entity one each, since a name may meet one of the app's own."""
    for file in template_files(TEMPLATES, only=lambda path: path != PAGE):
        if file.path == MESSAGES:
            folder = Path(MESSAGES).parent.as_posix()
            yield from (replace(file, path=f"{folder}/{language}.json") for language in spec.app.languages)
        elif PLURAL in file.path:
            for name, slug in slugs(spec).items():
                each = Where(kind="named", names=(name,))
                yield replace(file, path=file.path.replace(PLURAL, slug), each=each)
        elif per_entity(file.path):
            yield file
        else:
            module = file.path.rpartition(".")[0]
            exports = (Symbol(component=FRONTEND, module=module, name=name) for name in SYMBOLS.get(file.path, ()))
            yield replace(file, exports=tuple(exports))


def pages(blueprint: Blueprint) -> Iterator[File]:
    """A file per page that other plugins contribute.

    Args:
        blueprint: the plan.
    """
    for page in blueprint.all(Page):
        yield File(path=PAGE.replace("{page}", page.path), template=f"{PAGE}.j2")
