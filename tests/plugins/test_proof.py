"""A plugin adds at every seam of the backend, and its own tests pass in the generated app; no template is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import iopeer_plugin_fastapi
from tests.projects import Project, of_kind

HERE = Path(__file__).parent
ENTITIES = ("audit_entry", "comment", "label", "membership", "profile", "project", "task", "team", "user")


@pytest.fixture(scope="module")
def tracker(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tracker with the plugin, generated."""
    project = start(tmp_path_factory.mktemp("tracker"), install, "tracker", "proof", "fastapi")
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    return project.folder / "generated"


def start(folder: Path, install: Callable[[str], Path], spec: str, *plugins: str) -> Project:
    """A project with an example's spec."""
    shutil.copy(HERE.parent / "specs" / f"{spec}.md", folder / "spec.md")
    project = Project(folder=folder, sites=(install("proof"),))
    project.enable(*plugins, allow_unbuilt_guards=True)
    return project


def text(app: Path, path: str) -> str:
    return (app / path).read_text(encoding="utf-8")


def test_the_entity_is_like_any_other(tracker: Path) -> None:
    assert "class AuditEntry(" in text(tracker, "backend/models/audit_entry.py")
    for path in ("routers/audit_entries.py", "services/audit_entries.py", "schemas/audit_entry.py"):
        assert (tracker / "backend" / path).is_file()


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_field_is_on_every_entity(tracker: Path, entity: str) -> None:
    assert "external_reference: Mapped[str | None]" in text(tracker, f"backend/models/{entity}.py")
    assert "external_reference" in text(tracker, f"backend/schemas/{entity}.py")


def test_the_router_the_middleware_and_the_setting_are_in_the_app(tracker: Path) -> None:
    main = text(tracker, "backend/main.py")
    assert "from backend.routers.audit import router" in main or "audit.router" in main
    assert "AuditHeader" in text(tracker, "backend/middleware.py") + main
    assert 'audited_by: str = "IOPEER"' in text(tracker, "backend/settings.py")
    assert "AUDITED_BY=IOPEER\n" in text(tracker, ".env.example")


def test_the_interceptor_is_called_by_the_services_but_its_own(tracker: Path) -> None:
    assert "Verb.CREATE: [record]" in text(tracker, "backend/services/tasks.py")
    assert "record" not in text(tracker, "backend/services/audit_entries.py")


def test_the_readme_has_its_section(tracker: Path) -> None:
    assert "## Audit trail\n\n`GET /api/v1/audit` counts what was done" in text(tracker, "README.md")


def test_no_template_is_touched() -> None:
    def paths(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    own = paths(HERE / "proof" / "src" / "iopeer_devops_proof" / "templates")
    assert own
    assert not own & paths(Path(iopeer_plugin_fastapi.__file__).parent / "templates")


def test_without_the_backend_it_says_what_it_needs(install: Callable[[str], Path], tmp_path: Path) -> None:
    done = start(tmp_path, install, "todo", "proof").generate("--check", "none")
    assert done.returncode == 2
    assert "plugin proof: needs 'fastapi>=1,<2', which no enabled plugin gives" in done.stderr
    assert "enable 'fastapi' in `plugins` of iopeer.toml" in done.stderr


@pytest.mark.slow
def test_the_app_passes_its_tests_and_the_plugins(install: Callable[[str], Path], tmp_path: Path) -> None:
    done = start(tmp_path, install, "todo", "fastapi", "proof").generate("--json")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    outcomes = {event["check"]: event["outcome"] for event in of_kind(done, "check.finished")}
    quick = {"backend style", "backend types", "tests"}
    assert outcomes == dict.fromkeys(quick, "passed") | {"backend coverage": "skipped"}
    assert (tmp_path / "generated" / "tests" / "test_audit.py").is_file()
