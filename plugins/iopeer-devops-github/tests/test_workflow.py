"""The workflow that comes of a spec, as GitHub and those who look for holes in workflows read it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.blueprint.contributions import Check, Component, Contribution, Service
from iopeer_core.errors import PluginError, UserError
from iopeer_core.kit import Generated, generate
from ruamel.yaml import YAML

from iopeer_devops_github.workflow import Workflow

BIN = Path(sys.executable).parent
SPEC = Path(__file__).parents[3] / "examples" / "todo" / "spec.md"
STACK = ["fastapi", "nextjs", "docker", "github"]
CI = ".github/workflows/ci.yml"
DEPENDABOT = ".github/dependabot.yml"


@pytest.fixture(scope="module", params=["", "products/shop"], ids=["root", "subfolder"])
def made(request: pytest.FixtureRequest) -> Generated:
    return generate(SPEC, STACK, settings={"github": {"folder": request.param}})


def read(made: Generated, path: str) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(made.text(path))
    return found


def steps(made: Generated) -> Iterable[dict[str, Any]]:
    for job in read(made, CI)["jobs"].values():
        yield from job["steps"]


def test_every_check_of_every_plugin_is_a_step(made: Generated) -> None:
    commands = "\n".join(step.get("run", "") for step in steps(made))
    checks = made.blueprint.all(Check)
    assert len(checks) > 8
    assert [check.name for check in checks if " ".join(check.command) not in commands] == []


def test_the_backend_is_tested_on_both_databases(made: Generated) -> None:
    on = read(made, CI)["jobs"]["backend-postgresql"]["steps"]
    assert [step["env"]["TEST_DATABASE_URL"] for step in on if "env" in step] == [
        "postgresql://ci:ci@127.0.0.1:5432/ci"
    ]


def test_github_knows_all_of_it(made: Generated, tmp_path: Path) -> None:
    for path, schema in ((CI, "vendor.github-workflows"), (DEPENDABOT, "vendor.dependabot")):
        file = tmp_path / Path(path).name
        file.write_text(made.text(path), encoding="utf-8")
        run(BIN / "check-jsonschema", "--builtin-schema", schema, file)


@pytest.mark.slow
def test_an_auditor_finds_nothing(made: Generated, tmp_path: Path) -> None:
    for path in (CI, DEPENDABOT):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(made.text(path), encoding="utf-8")
    run(BIN / "zizmor", "--offline", "--no-progress", "--persona", "auditor", tmp_path)


def test_the_shell_of_every_step_is_sound(made: Generated, tmp_path: Path) -> None:
    script = tmp_path / "step.sh"
    for step in steps(made):
        if "run" in step:
            script.write_text(f"#!/bin/bash\n{step['run']}\n", encoding="utf-8")
            run(BIN / "shellcheck", script)


def test_a_product_in_a_subfolder_is_checked_there() -> None:
    made = generate(SPEC, STACK, settings={"github": {"folder": "shop"}})
    assert read(made, CI)["defaults"]["run"]["working-directory"] == "shop"
    kept = [step["with"]["path"] for step in steps(made) if "upload-artifact" in step.get("uses", "")]
    assert kept == ["shop/bills-of-materials"]
    looked_at = {(each["package-ecosystem"], each["directory"]) for each in read(made, DEPENDABOT)["updates"]}
    assert {("github-actions", "/"), ("pip", "/shop"), ("npm", "/shop/frontend")} <= looked_at
    assert "git mv shop/.github .github" in made.text("README.md")


def test_without_containers_and_frontend_there_are_no_jobs_for_them() -> None:
    made = generate(SPEC, ["fastapi", "github"])
    assert list(read(made, CI)["jobs"]) == ["backend", "backend-postgresql", "bills"]


@pytest.mark.parametrize(
    "settings", [{"folder": "../up"}, {"folder": "/etc"}, {"branch": "main]\n  evil"}, {"runner": "a b"}, {"other": ""}]
)
def test_settings_that_are_none_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(UserError):
        generate(SPEC, STACK, settings={"github": settings})


def test_what_nobody_knows_how_to_set_up_is_told(made: Generated) -> None:
    with pytest.raises(PluginError, match="'cobol'"):
        _ = instead(made, lambda one: replace(one, ecosystem="cobol") if isinstance(one, Component) else one).jobs
    with pytest.raises(PluginError, match="'oracle'"):
        _ = instead(made, lambda one: replace(one, kind="oracle") if isinstance(one, Service) else one).jobs


def instead(made: Generated, change: Callable[[Contribution], Contribution]) -> Workflow:
    """The workflow where plugins contribute something else."""
    found = (replace(one, value=change(one.value)) for one in made.blueprint.contributions)
    return Workflow(blueprint=replace(made.blueprint, contributions=tuple(found)))


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
