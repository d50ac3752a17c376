"""The commands and their options. What they do is imported when they run: `--help` must stay quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from iopeer_core.cli.group import PluginGroup
from iopeer_core.cli.guard import guarded

app = typer.Typer(
    name="iopeer",
    cls=PluginGroup,
    help="Turn a readable spec into a running, tested, full-stack product.",
    epilog="A project's settings (iopeer.toml) and logs (.iopeer/) are beside its spec; "
    "--out and dist/ are relative to the current folder.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SpecPath = Annotated[Path, typer.Argument(metavar="SPEC", help="The spec, a Markdown file.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


@app.command()
@guarded
def generate(
    spec: SpecPath,
    out: Annotated[Path, typer.Option(help="The output folder.")] = Path("generated"),
    zip_: Annotated[bool, typer.Option("--zip", help="Pack the app into dist/generated.zip too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    check: Annotated[Literal["quick", "full", "none"], typer.Option(help="Which of the app's checks run.")] = "quick",
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings about the spec as errors.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Take the new files where yours cannot be merged; `iopeer undo` restores.")
    ] = False,
    allow_drop: Annotated[
        bool, typer.Option("--allow-drop", help="Let data go that the changed spec has no place for.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Write all but the files that cannot be merged, if that passes.")
    ] = False,
    screenshots: Annotated[bool, typer.Option("--screenshots", help="Put pictures into the app's README.")] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Show how long each stage and plugin took.")] = False,
    json: Json = False,
) -> None:
    """Generate the app that SPEC describes, test it, and write it."""
    from iopeer_core.cli.generate import Request, run

    request = Request(
        spec=spec,
        out=out,
        archive=Path("dist", "generated.zip") if zip_ else None,
        dry_run=dry_run,
        check=check,
        strict=strict,
        force=force,
        allow_drop=allow_drop,
        partial=partial,
        screenshots=screenshots,
    )
    run(request, timings=timings, json=json)


@app.command()
@guarded
def check(
    spec: SpecPath,
    json: Json = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what has one clear remedy.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    lang: Annotated[Literal["en", "es"] | None, typer.Option(help="The language of the messages.")] = None,
) -> None:
    """Say what is wrong in SPEC, all of it at once."""
    from iopeer_core.cli.check import run

    run(spec, json=json, fix=fix, strict=strict, language=lang)


@app.command()
@guarded
def plan(spec: SpecPath, json: Json = False) -> None:
    """Show what would be built from SPEC."""
    from iopeer_core.cli.plan import run

    run(spec, json=json)


@app.command()
@guarded
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The app's name; its folder is made from it.")],
    lang: Annotated[Literal["en", "es"], typer.Option(help="The language of the spec.")] = "en",
) -> None:
    """Begin a project: a folder with a small spec.md to change."""
    from iopeer_core.cli.new import run

    run(name, language=lang)


Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of a generated app.")]


@app.command()
@guarded
def diff(
    spec: Annotated[Path, typer.Argument(metavar="[SPEC]", help="The spec, a Markdown file.")] = Path("spec.md"),
    out: Annotated[Path, typer.Option(help="The output folder.")] = Path("generated"),
    stat: Annotated[bool, typer.Option("--stat", help="Show how many lines change in each file.")] = False,
    json: Json = False,
) -> None:
    """Show what `generate` would change, per entity and per file."""
    from iopeer_core.cli.diff import run

    run(spec, out, stat=stat, json=json)


@app.command()
@guarded
def merge(
    folder: Folder = Path("generated"),
    all_: Annotated[
        Literal["theirs", "new"] | None, typer.Option("--all", help="Decide about all: your files, or the new ones.")
    ] = None,
) -> None:
    """Settle what `generate` could not merge with your edits."""
    from iopeer_core.cli.merge import run

    run(folder, every=all_)


@app.command()
@guarded
def undo(folder: Folder = Path("generated")) -> None:
    """Take back what the last `generate` wrote."""
    from iopeer_core.cli.undo import run

    run(folder)


@app.command()
@guarded
def up(
    folder: Folder = Path("generated"),
    production: Annotated[
        bool, typer.Option("--production", help="Build the app first, as users get it; show no changes live.")
    ] = False,
    with_: Annotated[
        str, typer.Option("--with", metavar="LAUNCHER", help="Run it another way, that a plugin has.")
    ] = "",
) -> None:
    """Run a generated app on this machine, until Ctrl-C; changes of its code show at once."""
    from iopeer_core.cli.up import run

    run(folder, production=production, launcher=with_)


@app.command()
@guarded
def screenshots(
    folder: Folder = Path("generated"),
    out: Annotated[Path, typer.Option(help="Where the pictures go.")] = Path("screenshots"),
) -> None:
    """Take pictures of the main pages of a generated app, as it runs."""
    from iopeer_core.cli.screenshots import run

    run(folder, out)


PluginName = Annotated[str, typer.Argument(metavar="NAME", help="The plugin's name.", show_default=False)]


def _group(name: str, what: str, *, alone: bool = False) -> typer.Typer:
    """A command that has commands of its own; `alone`: it does something without one too."""
    group = typer.Typer(
        help=what, rich_markup_mode=None, no_args_is_help=not alone, invoke_without_command=alone, add_completion=False
    )
    app.add_typer(group, name=name)
    return group


add = _group("add", "Add a plugin to this project.")
remove = _group("remove", "Remove a plugin from this project.")
plugins = _group("plugins", "List, search and look up plugins.", alone=True)


plugin = _group("plugin", "Begin, try, examine and publish a plugin of one's own.")
PluginFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The plugin's folder.", show_default=False)]


@plugin.command("new")
@guarded
def plugin_new(
    name: PluginName,
    kind: Annotated[str, typer.Option(help="What it is: generator, auth, payment, ui, …")] = "generator",
) -> None:
    """Begin a plugin: a whole package whose tests pass."""
    from iopeer_core.cli.plugin import new

    new(name, kind=kind)


@plugin.command("dev")
@guarded
def plugin_dev(
    folder: PluginFolder,
    spec: Annotated[Path, typer.Argument(metavar="[SPEC]", help="The spec, a Markdown file.")] = Path("spec.md"),
    once: Annotated[bool, typer.Option("--once", help="Install and enable it; do not watch it.")] = False,
) -> None:
    """Use the plugin in DIR as it stands, and generate SPEC again whenever it changes."""
    from iopeer_core.cli.plugin import dev

    dev(folder, spec, once=once)


@plugin.command("check")
@guarded
def plugin_check(
    folder: PluginFolder = Path(),
    app_: Annotated[bool, typer.Option("--app/--no-app", help="Run the checks of an app with it.")] = True,
    json: Json = False,
) -> None:
    """Examine the plugin in DIR as a listing asks for it."""
    from iopeer_core.cli.plugin import check

    check(folder, app=app_, json=json)


@plugin.command("publish")
@guarded
def plugin_publish(
    folder: PluginFolder = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the index's entry into registry/ here.")] = False,
) -> None:
    """Make the index's entry of the plugin in DIR."""
    from iopeer_core.cli.plugin import publish

    publish(folder, dry_run=dry_run)


@add.command("plugin")
@guarded
def add_plugin(
    name: PluginName,
    version: Annotated[str, typer.Option(help="One version; the newest without it.")] = "",
) -> None:
    """Install the plugin NAME from the index, and enable it in this project."""
    from iopeer_core.cli.market import add

    add(name, version=version)


@remove.command("plugin")
@guarded
def remove_plugin(
    name: PluginName,
    uninstall: Annotated[bool, typer.Option("--uninstall", help="Take its package out too.")] = False,
) -> None:
    """Disable the plugin NAME in this project."""
    from iopeer_core.cli.market import remove

    remove(name, uninstall=uninstall)


@app.command()
@guarded
def sync() -> None:
    """Install the plugins that this project's iopeer.lock names."""
    from iopeer_core.cli.market import sync

    sync()


@plugins.callback()
@guarded
def plugins_(context: typer.Context, json: Json = False) -> None:
    """List the installed plugins, and those that could be added."""
    if context.invoked_subcommand is None:
        from iopeer_core.cli.plugins import installed

        installed(json=json)


@plugins.command("list")
@guarded
def plugins_list(json: Json = False) -> None:
    """List the installed plugins, and those that could be added."""
    from iopeer_core.cli.plugins import installed

    installed(json=json)


@plugins.command("search")
@guarded
def plugins_search(
    word: Annotated[str, typer.Argument(metavar="WORD", help="A part of a name, a kind or a summary.")],
    json: Json = False,
) -> None:
    """Look in the index for plugins that have to do with WORD."""
    from iopeer_core.cli.plugins import search

    search(word, json=json)


@plugins.command("info")
@guarded
def plugins_info(name: PluginName, json: Json = False) -> None:
    """Show what the index says of the plugin NAME, and its versions."""
    from iopeer_core.cli.plugins import info

    info(name, json=json)


@plugins.command("outdated")
@guarded
def plugins_outdated(json: Json = False) -> None:
    """List the installed plugins of which there is a newer version."""
    from iopeer_core.cli.plugins import outdated

    outdated(json=json)


@app.command()
@guarded
def doctor(json: Json = False) -> None:
    """Look whether this machine and this project are in order."""
    from iopeer_core.cli.doctor import run

    own = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    run(json=json, commands=[*own, *(group.name for group in app.registered_groups if group.name)])


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"iopeer {version('iopeer-core')}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turn a readable spec into a running, tested, full-stack product."""
