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
    Where,
)
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError
from iopeer_core.hints import nearest
from iopeer_core.model.alike import alike
from iopeer_core.model.spec import Spec
from iopeer_core.render.placeholders import per_entity
from iopeer_core.render.renderer import template_files

from iopeer_plugin_nextjs.contributions import Page
from iopeer_plugin_nextjs.e2e import end_to_end
from iopeer_plugin_nextjs.login import EXPORTS, is_of_login
from iopeer_plugin_nextjs.packages import DEVELOPMENT, RUNTIME
from iopeer_plugin_nextjs.running import BACKEND, FRONTEND, guides, running
from iopeer_plugin_nextjs.view.icons import lucide
from iopeer_plugin_nextjs.view.naming import PLURAL, SINGULAR, files, slugs
from iopeer_plugin_nextjs.view.taken import TEMPLATES

API = "http://127.0.0.1:8000"
MESSAGES = "frontend/messages/messages.json"
"""The template of the texts, made once per language."""
PAGE = "frontend/app/(app)/{page}/page.tsx"
"""The template of a page that another plugin contributes."""


def contributions(plan: Plan) -> Iterator[Contribution]:
    """The frontend of a plan.

    Args:
        plan: the united spec, and who else is there.
    """
    manifest = f"{FRONTEND}/package.json"
    yield Component(name=FRONTEND, root=FRONTEND, ecosystem="node", title="Web application", manifest=manifest)
    language = "iopeer_plugin_nextjs.language"
    yield Language(
        name="typescript", suffixes=(".ts", ".tsx"), imports=f"{language}:imports", scope=f"{language}:scope",
        escape=f"{language}:escape", separator="/", case="camel",
    )  # fmt: skip
    for specifier in RUNTIME:
        yield Requirement(component=FRONTEND, specifier=specifier)
    for specifier in DEVELOPMENT:
        yield Requirement(component=FRONTEND, specifier=specifier, group="dev")
    pins = f"{FRONTEND}/package-lock.json"
    yield Pins(component=FRONTEND, path=pins, lock="iopeer_plugin_nextjs.locking:lock")
    whole = plan.has(BACKEND)  # it is there to run beside it: the API may be anywhere else
    yield from running(API, whole=whole, alike=_alike(plan))
    yield from guides(API)
    if whole:
        yield from end_to_end()
    yield from _files(plan.spec)


def _alike(plan: Plan) -> tuple[str, ...]:
    """The tests of entities that show nothing new."""
    names = alike(plan.spec.entities, plan.relations, [role.name for role in plan.spec.roles])
    plurals = slugs(plan.spec)
    return tuple(f"tests/{plurals[name]}.test.tsx" for name in names)


def _files(spec: Spec) -> Iterator[File]:
    """A file per template; of those per entity one each, since a name may meet one of the app's own."""
    for file in template_files(TEMPLATES, exports=EXPORTS, only=lambda path: path != PAGE and not is_of_login(path)):
        if file.path == MESSAGES:
            folder = Path(MESSAGES).parent.as_posix()
            yield from (replace(file, path=f"{folder}/{language}.json") for language in spec.app.languages)
        elif per_entity(file.path):
            plurals, singulars = slugs(spec), files(spec)
            for entity in spec.entities:
                path = file.path.replace(PLURAL, plurals[entity.name]).replace(SINGULAR, singulars[entity.name])
                yield replace(file, path=path, each=Where(kind="named", names=(entity.name,)))
        else:
            yield file


def pages(blueprint: Blueprint) -> Iterator[File]:
    """A file per page that other plugins contribute.

    Args:
        blueprint: the plan.

    Raises:
        PluginError: a page names an icon that there is not.
    """
    for one in blueprint.contributions:
        if isinstance(one.value, Page) and one.value.icon not in {"", *lucide()}:
            near = nearest(one.value.icon, lucide())
            raise PluginError(
                f"the page {one.value.path!r} of {one.plugin!r} names the icon {one.value.icon!r}, which is none",
                how=f"did you mean {near!r}?" if near else "name one of lucide: https://lucide.dev/icons",
            )
    for page in blueprint.all(Page):
        yield File(path=PAGE.replace("{page}", page.path), template=f"{PAGE}.j2")
