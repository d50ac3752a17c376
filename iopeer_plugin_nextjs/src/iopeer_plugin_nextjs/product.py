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

from iopeer_plugin_nextjs.contributions import Forward, Page, RowAction
from iopeer_plugin_nextjs.e2e import end_to_end
from iopeer_plugin_nextjs.login import EXPORTS, is_of_login
from iopeer_plugin_nextjs.packages import DEVELOPMENT, RUNTIME
from iopeer_plugin_nextjs.running import BACKEND, FRONTEND, guides, running
from iopeer_plugin_nextjs.view.extras import Extras
from iopeer_plugin_nextjs.view.icons import lucide
from iopeer_plugin_nextjs.view.naming import PLURAL, SINGULAR, files, slugs
from iopeer_plugin_nextjs.view.taken import TEMPLATES
from iopeer_plugin_nextjs.view.taken import files as taken

API = "http://127.0.0.1:8000"
MESSAGES = "frontend/messages/messages.json"
"""The template of the texts, made once per language."""
PAGE = "frontend/app/(app)/{page}/page.tsx"
"""The template of a page that another plugin contributes."""
ALONE = "frontend/app/(alone)/{page}/page.tsx"
"""Where a page without the shell stands."""
ACTIONS = f"frontend/components/{PLURAL}/{SINGULAR}-actions.ts"
"""The template of what there is to do with an entity's rows."""


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
    for file in template_files(TEMPLATES, exports=EXPORTS, only=_is_whole):
        if file.path == MESSAGES:
            folder = Path(MESSAGES).parent.as_posix()
            yield from (replace(file, path=f"{folder}/{language}.json") for language in spec.app.languages)
        elif per_entity(file.path):
            for entity in spec.entities:
                yield _of_entity(file, spec, entity.name)
        else:
            yield file


def _is_whole(path: str) -> bool:
    """Whether a template is of every app: no contribution and no login asks for it."""
    return path not in {PAGE, ACTIONS} and not is_of_login(path)


def _of_entity(file: File, spec: Spec, name: str) -> File:
    """The file of one entity."""
    path = file.path.replace(PLURAL, slugs(spec)[name]).replace(SINGULAR, files(spec)[name])
    return replace(file, path=path, each=Where(kind="named", names=(name,)))


def pages(blueprint: Blueprint) -> Iterator[File]:
    """The files that other plugins' contributions ask for: one per page, one per entity with actions on its rows.

    Args:
        blueprint: the plan.

    Raises:
        PluginError: an icon is named that there is not, or two things have one address.
    """
    _refuse_icons(blueprint)
    _refuse_addresses(blueprint)
    for page in blueprint.all(Page):
        yield File(path=(PAGE if page.shell else ALONE).replace("{page}", page.path), template=f"{PAGE}.j2")
    extras = Extras(blueprint)
    for entity in blueprint.spec.entities:
        if extras.actions(entity):
            yield _of_entity(File(path=ACTIONS, template=f"{ACTIONS}.j2"), blueprint.spec, entity.name)


def _refuse_icons(blueprint: Blueprint) -> None:
    for one in blueprint.contributions:
        if isinstance(one.value, (Page, RowAction)) and one.value.icon not in {"", *lucide()}:
            near = nearest(one.value.icon, lucide())
            what = f"page {one.value.path!r}" if isinstance(one.value, Page) else f"row action {one.value.label!r}"
            raise PluginError(
                f"the {what} of {one.plugin!r} names the icon {one.value.icon!r}, which is none",
                how=f"did you mean {near!r}?" if near else "name one of lucide: https://lucide.dev/icons",
            )


def _refuse_addresses(blueprint: Blueprint) -> None:
    """What is handed on to the API would never be seen, and two pages of one address would be none."""
    own = {f"/{slug}": "an entity" for slug in slugs(blueprint.spec).values()}
    own |= {f"/{name}": "the web application" for name in taken(PLURAL)}
    for one in blueprint.contributions:
        value = one.value
        if isinstance(value, Page) and not value.shell and (owner := own.get(f"/{value.path}")):
            raise PluginError(
                f"the page {value.path!r} of {one.plugin!r} has the address of {owner}", how="give it another path"
            )
        if isinstance(value, Forward):
            addresses = own | {f"/{page.path}": "a page" for page in blueprint.all(Page)}
            for address, owner in addresses.items():
                if f"{address}/".startswith(f"{value.prefix}/"):
                    raise PluginError(
                        f"{one.plugin!r} forwards {value.prefix!r}, which is an address of {owner}: {address}",
                        how="choose a prefix that nothing else has",
                    )
