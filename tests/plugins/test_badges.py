"""A plugin takes the login as a whole: nothing of the built-in one stays, no route, setting, package or column."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.apps.generate import environment_of
from tests.apps.harness import App, lint, run_app, types
from tests.plugins.test_panels import build_passes
from tests.projects import Done, Project

EXAMPLES = Path(__file__).parents[2] / "examples"
OF_PASSWORDS = re.compile(r"passwords?\b(?!@)|jwt|refresh.token|smtp|secret.key|rate.limit|sign.?up|registration", re.I)
"""What would tell of the built-in login; `password@host` is of a database's address."""
OF_A_DATABASE = ("backend/addresses.py", "tests/test_basic.py")
"""Files that speak of a database's password."""

Make = Callable[..., tuple[Project, Done]]


@pytest.fixture(scope="module")
def make(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Generates the tracker with some plugins, untested."""

    def make(*plugins: str, **settings: object) -> tuple[Project, Done]:
        folder = tmp_path_factory.mktemp("badges")
        shutil.copy(EXAMPLES / "tracker" / "spec.md", folder / "spec.md")
        project = Project(folder=folder, sites=(install("badges"),))
        project.enable(*plugins, **settings)
        return project, project.generate("--check", "none")

    return make


@pytest.fixture(scope="module")
def project(make: Make) -> Project:
    """The tracker with badges."""
    project, done = make("fastapi", "badges")
    assert done.returncode == 0, done.stderr
    return project


def test_nothing_of_passwords_is_left(project: Project) -> None:
    app = project.folder / "generated"
    found = {
        path.relative_to(app).as_posix(): OF_PASSWORDS.findall(path.read_text(encoding="utf-8"))
        for path in sorted(app.rglob("*"))
        if path.is_file() and ".iopeer" not in path.parts and path.name not in {"requirements.lock", "test_badges.py"}
    }
    assert {path: words for path, words in found.items() if words and path not in OF_A_DATABASE} == {}
    assert not (app / "backend" / "security.py").exists()


def test_its_operations_are_nobodys(project: Project) -> None:
    plan = json.loads(project.iopeer("plan", "spec.md", "--json").stdout)
    assert plan["capabilities"]["login"] == "badges"
    operations = [each["value"] for each in plan["contributions"] if each["type"].endswith(":Operation")]
    assert [each["verb"] for each in operations if each["verb"].startswith("auth.")] == ["auth.me"]
    account = next(each for each in plan["spec"]["entities"] if each["names"]["singular"] == "user")
    assert "password_hash" not in [item["names"]["singular"] for item in account["fields"]]


def test_without_it_the_built_in_login_is_there(make: Make) -> None:
    project, done = make("fastapi")
    assert done.returncode == 0
    assert (project.folder / "generated" / "backend" / "security.py").exists()
    assert "auth.login" in project.iopeer("plan", "spec.md", "--json").stdout


def test_somebody_must_say_who_calls(make: Make) -> None:
    _, done = make("fastapi", "badges", badges={"forgets": "authenticator"})
    assert done.returncode == 2
    assert "'badges' provides the login, and no plugin says who calls" in done.stderr


@pytest.fixture(scope="module")
def whole(make: Make) -> Project:
    """The tracker with badges, and a frontend."""
    project, done = make("fastapi", "nextjs", "badges")
    assert done.returncode == 0, done.stderr
    return project


def test_nothing_of_passwords_is_left_in_a_frontend(whole: Project) -> None:
    app = whole.folder / "generated"
    theirs = {"badges.spec.ts", "package-lock.json", "app.css"}
    found = {
        path.relative_to(app).as_posix(): OF_PASSWORDS.findall(path.read_text(encoding="utf-8"))
        for path in sorted([*(app / "frontend").rglob("*"), *(app / "e2e").rglob("*"), app / "README.md"])
        if path.is_file() and path.name not in theirs
    }
    assert {path: words for path, words in found.items() if words} == {}
    for gone in ("frontend/app/(auth)", "frontend/api/session.ts", "frontend/api/auth.ts", "e2e/tests/auth.spec.ts"):
        assert not (app / gone).exists()
    assert "auth" not in json.loads((app / "frontend/messages/en.json").read_text())


def test_a_frontend_signs_in_as_the_plugin_says(whole: Project) -> None:
    app = whole.folder / "generated"
    assert "TokenSource = pocket;" in (app / "frontend/api/caller.ts").read_text()
    assert 'SIGN_IN = "/show-badge";' in (app / "frontend/lib/sign-in.ts").read_text()
    assert json.loads((app / "e2e/app.json").read_text())["signIn"]["path"] == "/show-badge"


def test_a_frontend_that_cannot_sign_in_is_refused(make: Make) -> None:
    project, done = make("fastapi", "nextjs", "badges", badges={"forgets": "frontend"})
    assert done.returncode == 2
    assert "there are 0 TokenSources and 0 AuthPages" in done.stderr
    assert not (project.folder / "generated").exists()


@pytest.mark.long
def test_such_a_frontend_has_the_right_types_and_style(whole: Project) -> None:
    build_passes(whole.folder / "generated" / "frontend")


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_every_check_passes_with_it(whole: Project) -> None:
    done = whole.generate("--check", "full")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_app_holds(project: Project, tmp_path: Path) -> None:
    app = App("badges", project.folder / "generated", "")
    environment = environment_of(app.folder)
    lint([app], environment)
    types([app], tmp_path, environment, tmp_path / "known")
    run_app(app, environment, None)
    assert not app.stage, f"{app.stage}: {app.log}"
