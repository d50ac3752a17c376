"""What there is to see of an app, as pictures are taken of it."""

from __future__ import annotations

from pathlib import Path

from iopeer_core.blueprint.contributions import Screen
from iopeer_core.launch.pictures import screens
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage

SPEC = "# Shop\n\n## Entities\n\n### User\n\n- email: email, required, unique\n\n### Login\n\n- name: text\n"


def seen(folder: Path, text: str) -> list[Screen]:
    """The screens of a spec, in their order."""
    spec = folder / "spec.md"
    spec.write_text(text, encoding="utf-8")
    config = ProjectConfig(plugins=("fastapi", "nextjs"))
    run = Run(id="plan")
    project = Project(spec=spec, config=config)
    context = Context(
        project=project, options=Options(out=folder / "out"), manager=Manager.load(config, run), run=run
    )  # fmt: skip
    (read,) = read_stage(context, SpecFile(path=spec))
    (blueprint,) = plan_stage(context, read)
    return screens(blueprint)


def test_every_main_page_is_seen_once_in_the_order_of_the_menu(tmp_path: Path) -> None:
    found = seen(tmp_path, SPEC)
    assert [(one.path, one.title) for one in found] == [
        ("/login", "Sign in"),
        ("/", "Dashboard"),
        ("/account", "Account"),
        ("/users", "Users"),
        ("/users/new", "User: the form"),
        ("/users/{id}", "User"),
        ("/logins", "Logins"),
        ("/logins/new", "Login: the form"),
        ("/logins/{id}", "Login"),
    ]
    assert [one.name for one in found if not one.signed_in] == ["login"]
