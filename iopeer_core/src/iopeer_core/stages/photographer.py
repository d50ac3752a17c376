"""The picture stage: what passed is run, and its pictures go into its documents, where somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from iopeer_core.blueprint.account import IOPEER
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, File, Guide, Screen
from iopeer_core.counted import counted
from iopeer_core.environments.scratch import scratch
from iopeer_core.launch.folder import Folder
from iopeer_core.launch.pictures import screens, take_pictures
from iopeer_core.runs.context import Context
from iopeer_core.stages.coder import renderer
from iopeer_core.tree.markdown import inline
from iopeer_core.tree.model import Entry, Tree

README = "README.md"
FOLDER = "docs/screenshots"


def picture_stage(context: Context, blueprint: Blueprint, tree: Tree) -> tuple[Tree]:
    """The tree with pictures of the running product in its README.

    Raises:
        UserError: no plugin of the product takes pictures.
        CheckFailed: the product does not run, or a picture cannot be taken.
    """
    if not context.options.screenshots:
        context.run.emit("stage.note", text="only with --screenshots")
        return (tree,)
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
    guide = Guide(title="Screenshots", body="\n\n".join(_sections(screens(blueprint), pictures)), order=1)
    kept = [one for one in blueprint.contributions if not isinstance(one.value, File) or one.value.path == README]
    shown = replace(blueprint, contributions=(*kept, Contributed(plugin=IOPEER, value=guide)))
    return Tree({**tree.files, **renderer(context, shown).render().files})


def _sections(seen: Iterable[Screen], pictures: Sequence[str]) -> Iterator[str]:
    """For each screen its picture, with links to those of other kinds; then the pictures of nothing in particular."""
    left = list(pictures)
    for screen in seen:
        main = f"{FOLDER}/{screen.name}.png"
        if main not in left:
            continue
        left.remove(main)
        others = [path for path in left if path.startswith(f"{FOLDER}/{screen.name}--")]
        left = [path for path in left if path not in others]
        title = inline(screen.title)
        links = ", ".join(f"[{path.rpartition('--')[2].partition('.')[0]}]({path})" for path in others)
        yield f"![{title}]({main})\n\n{title}" + (f" ({links})" if links else "")
    yield from (f"![{path.rpartition('/')[2].partition('.')[0]}]({path})" for path in left)
