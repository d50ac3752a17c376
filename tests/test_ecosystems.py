"""What cannot be tested is not written, unless the user says so; a plugin says how its components are set up."""

from __future__ import annotations

import pytest

from tests.projects import Project, of_kind

CHECKS = {"works": {"command": ["sh", "-c", "test -f state.txt"]}}
NOWHERE = "nobody says how 'trial', of the ecosystem 'go', is set up on this machine"


@pytest.mark.parametrize("environment", ["", "iopeer_generator_trial.plugin:absent", "iopeer_generator_trial.plugin:a"])
def test_an_ecosystem_that_nobody_knows_fails_before_anything_is_written(trial: Project, environment: str) -> None:
    trial.enable("trial", trial={"ecosystem": "go", "environment": environment, "checks": CHECKS})
    done = trial.generate("--json")
    assert done.returncode == 2
    assert (environment or NOWHERE) in done.stdout + done.stderr
    assert not of_kind(done, "check.finished")
    assert not (trial.folder / "generated").exists()


def test_without_checks_it_is_written(trial: Project) -> None:
    trial.enable("trial", trial={"ecosystem": "go", "checks": CHECKS})
    done = trial.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    assert (trial.folder / "generated" / "state.txt").is_file()


def test_a_plugin_says_how_its_components_are_set_up(trial: Project) -> None:
    trial.enable(
        "trial", trial={"ecosystem": "go", "environment": "iopeer_generator_trial.plugin:shell", "checks": CHECKS}
    )
    done = trial.generate("--json")
    assert done.returncode == 0, done.stderr + done.stdout
    assert [event["outcome"] for event in of_kind(done, "check.finished")] == ["passed"]
