"""Begins a plugin: a whole package in the one shape, whose tests pass, from the skeleton beside this file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from iopeer_core.errors import UserError
from iopeer_core.model.names import identifier, pascal
from iopeer_core.plugins.manifest import CONTRACTS, KINDS, NAME

SKELETON = Path(__file__).with_name("skeleton")
SUFFIX = ".j2"
PACKAGE, PLUGIN = "PACKAGE", "NAME.md"  # what stands in paths of the skeleton for what is named


def begin(name: str, kind: str, where: Path) -> Path:
    """Make the folder `iopeer-KIND-NAME` with a plugin that works.

    Args:
        name: the plugin's, "audit-log".
        kind: one of those of the manifest.
        where: the folder in which its own is made.

    Returns:
        The plugin's folder.

    Raises:
        UserError: the name or the kind is none, or the folder is there already.
    """
    if not NAME.fullmatch(name):
        raise UserError(f"a plugin cannot be called {name!r}", how='use small letters, digits and hyphens: "audit-log"')
    if kind not in KINDS:
        raise UserError(f"there is no kind {kind!r}", how=f"it is one of: {', '.join(KINDS)}")
    distribution = f"iopeer-{kind}-{name}"
    package = distribution.replace("-", "_")
    folder = where / distribution
    values = {
        "name": name,
        "kind": kind,
        "distribution": distribution,
        "package": package,
        "class": f"{pascal(identifier(name))}Plugin",
        "title": name.replace("-", " ").capitalize(),
        "contract": CONTRACTS[-1],
    }
    try:
        folder.mkdir(parents=True)
        for source in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
            inside = source.relative_to(SKELETON).as_posix().removesuffix(SUFFIX)
            text = source.read_text(encoding="utf-8")
            target = folder / inside.replace(PACKAGE, package).replace(PLUGIN, f"{name}.md")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(text, values), encoding="utf-8")
    except FileExistsError:
        raise UserError(f"{folder} is there already", how="choose another name, or work on in it") from None
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from error
    return folder


def _filled(text: str, values: dict[str, str]) -> str:
    marks = Environment(
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python and TOML, no HTML
    )
    return marks.from_string(text).render(values)
