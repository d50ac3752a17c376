"""The picture stage: what passed is run, and its pictures go into its documents, where somebody asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, File, Guide, Screen
from iopeer_core.counted import counted
from iopeer_core.environments.scratch import scratch
from iopeer_core.launch.folder import Folder
from iopeer_core.model.account import IOPEER
from iopeer_core.render.markdown import inline
from iopeer_core.stages.coder import renderer
from iopeer_core.stages.context import Context
from iopeer_core.tree.model import Entry, Tree

README = "README.md"
FOLDER = "docs/screenshots"
MAIN = "desktop, light"
"""Of the pictures of a screen the one that the README shows; it links to the others."""
_KIND = re.compile(r"-(desktop|phone)-(light|dark)$")


def picture_stage(context: Context, blueprint: Blueprint, tree: Tree) -> tuple[Tree]:
    """The tree with pictures of the running product in its README.

    Raises:
        UserError: no plugin of the product takes pictures.
        CheckFailed: the product does not run, or a picture cannot be taken.
    """
    if not context.options.screenshots:
        context.run.emit("stage.note", text="only with --screenshots")
        return (tree,)
    from iopeer_core.launch.pictures import take_pictures  # imports an HTTP client

    with scratch() as folder:
        tree.write_to(folder / "app")
        taken = take_pictures(
            Folder(folder / "app", blueprint),
            folder / "pictures",
            lambda name, line: context.run.emit("check.output", check=name, line=line),
        )
        pictures = {f"{FOLDER}/{path.name}": Entry(content=path.read_bytes(), author=IOPEER) for path in taken}
    context.run.emit("stage.note", text=counted(len(pictures), "picture"))
    shown = Tree({**tree.files, **pictures})
    return (_in_readme(context, blueprint, shown, list(pictures)),)


def _in_readme(context: Context, blueprint: Blueprint, tree: Tree, pictures: Sequence[str]) -> Tree:
    """The tree with a section of the README that shows pictures."""
    from iopeer_core.launch.pictures import screens

    guide = Guide(title="Screenshots", body="\n\n".join(_sections(screens(blueprint), pictures)), order=1)
    kept = [one for one in blueprint.contributions if not isinstance(one.value, File) or one.value.path == README]
    shown = replace(blueprint, contributions=(*kept, Contributed(plugin=IOPEER, value=guide)))
    return Tree({**tree.files, **renderer(context, shown).render().files})


def _sections(seen: Sequence[Screen], pictures: Iterable[str]) -> Iterator[str]:
    """For each screen its main picture, with links to its others; then what is of no screen that anybody tells of."""
    known = {screen.name: screen for screen in seen}
    groups: dict[str, dict[str, str]] = {name: {} for name in known}
    for path in pictures:
        name = _KIND.sub("", PurePosixPath(path).stem)
        kind = PurePosixPath(path).stem.removeprefix(name).lstrip("-").replace("-", ", ")
        groups.setdefault(name, {})[kind] = path
    for name, group in groups.items():
        title = inline(known[name].title if name in known else name.replace("-", " ").capitalize())
        main = group.pop(MAIN, None) or (group.pop(min(group)) if group else None)
        links = ", ".join(f"[{kind}]({path})" for kind, path in group.items())
        if main:
            yield f"![{title}]({main})\n\n{title}" + (f" ({links})" if links else "")
