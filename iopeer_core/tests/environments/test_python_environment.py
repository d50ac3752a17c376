"""Python environments, built by real uv from the wheels of `conftest.py`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from iopeer_core.environments.python import Environment, python_environment
from iopeer_core.errors import PluginError, UserError


def output(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def pin(index: Path, name: str, version: str) -> str:
    wheel = index / f"{name}-{version}-py3-none-any.whl"
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def installed(environment: Environment) -> set[str]:
    folders = environment.path.glob("lib/python*/site-packages/*.dist-info")
    return {folder.name.removesuffix(".dist-info") for folder in folders}


def test_it_holds_the_requirements_and_what_these_need(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha>=2"])

    assert installed(environment) == {"alpha-2.0", "beta-1.0"}
    assert environment.path.is_relative_to(cache)


def test_programs_run_after_the_rename(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha"])

    assert output(environment.bin / "alpha-hello") == "2.0"
    assert output(environment.python, "-c", "import alpha; print(alpha.version)") == "2.0"


def test_modules_are_compiled_before_they_are_used(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha"])

    assert list(environment.path.glob("lib/python*/site-packages/__pycache__/alpha.*.pyc"))


def test_nothing_is_required(cache: Path, index: Path) -> None:
    environment = python_environment([])

    assert installed(environment) == set()
    assert output(environment.python, "-c", "print('here')") == "here"


def test_pins_are_preferred(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha"], pins=pin(index, "alpha", "1.0"))

    assert installed(environment) == {"alpha-1.0"}


def test_pins_of_what_nobody_requires_are_left_out(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha<2"], pins=pin(index, "alpha", "1.0") + pin(index, "beta", "1.0"))

    assert installed(environment) == {"alpha-1.0"}


def test_a_requirement_beyond_the_pins_is_resolved(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha", "beta"], pins=pin(index, "alpha", "1.1"))

    assert installed(environment) == {"alpha-1.1", "beta-1.0"}


def test_a_requirement_against_the_pins_wins(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha>1"], pins=pin(index, "alpha", "1.0"))

    assert installed(environment) == {"alpha-2.0", "beta-1.0"}


def test_a_package_other_than_the_pinned_one_is_refused(cache: Path, index: Path) -> None:
    pins = f"alpha==1.0 --hash=sha256:{'0' * 64}\n"

    with pytest.raises(UserError, match="not the one that was locked"):
        python_environment(["alpha"], pins=pins)


def test_order_and_spelling_of_requirements_do_not_matter(cache: Path, index: Path) -> None:
    first = python_environment(["alpha>=1,<2", "beta"])

    assert python_environment(["beta", "alpha <2, >=1", "beta"]) == first


def test_requirements_that_come_to_the_same_share_one(cache: Path, index: Path) -> None:
    assert python_environment(["alpha==2.0"]) == python_environment(["alpha>1", "beta"])


def test_it_stays_when_the_index_is_gone(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha"])
    shutil.rmtree(index)

    assert python_environment(["alpha"]) == environment


def test_a_newer_version_does_not_move_what_is_locked(cache: Path, index: Path) -> None:
    environment = python_environment(["beta"])
    shutil.copy(index / "beta-1.0-py3-none-any.whl", index / "beta-1.1-py3-none-any.whl")

    assert python_environment(["beta"]) == environment


def test_packages_are_linked_from_the_cache(cache: Path, index: Path) -> None:
    environment = python_environment(["alpha"])
    [module] = environment.path.glob("lib/python*/site-packages/alpha.py")

    assert module.stat().st_nlink > 1


def test_contradicting_requirements_are_explained(cache: Path, index: Path) -> None:
    with pytest.raises(UserError) as caught:
        python_environment(["alpha<2", "alpha>=2"])

    assert caught.value.exit_code == 2
    assert "cannot be met together" in str(caught.value)
    assert "alpha" in str(caught.value)


def test_an_index_out_of_reach_is_explained(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")  # the port that discards: nobody listens
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")

    with pytest.raises(UserError, match="cannot be reached") as caught:
        python_environment(["alpha"])

    assert "network" in caught.value.how


def test_a_failed_build_leaves_nothing_to_be_used(cache: Path, index: Path) -> None:
    pins = f"alpha==1.0 --hash=sha256:{'0' * 64}\n"
    for _ in range(2):
        with pytest.raises(UserError):
            python_environment(["alpha"], pins=pins)

    assert not [path for path in (cache / "python").iterdir() if path.is_dir() and not path.suffix]


@pytest.mark.parametrize("requirement", ["alpha beta", "--index-url=x", "alpha\n--find-links=/", ""])
def test_what_is_no_requirement_is_named(cache: Path, requirement: str) -> None:
    with pytest.raises(PluginError, match="is no requirement"):
        python_environment([requirement])


def test_settings_of_a_project_around_do_not_count(
    cache: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.uv]\nconstraint-dependencies = ["alpha<2"]\nrequired-version = "0.1"\n'
    )
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    monkeypatch.setenv("VIRTUAL_ENV", str(project))

    assert installed(python_environment(["alpha"])) == {"alpha-2.0", "beta-1.0"}
