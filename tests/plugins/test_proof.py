"""A plugin adds at every seam of the backend, and its own tests pass in the generated app; no template is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import iopeer_plugin_fastapi

HERE = Path(__file__).parent
ENTITIES = ("audit_entry", "comment", "label", "membership", "profile", "project", "task", "team", "user")


def generate(project: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("iopeer")), "generate", "spec.md", *options]
    variables = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def project(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tracker with the plugin, generated."""
    folder = tmp_path_factory.mktemp("tracker")
    shutil.copy(HERE.parent / "specs" / "tracker.md", folder / "spec.md")
    (folder / "iopeer.json").write_text(json.dumps({"plugins": ["proof", "fastapi"], "allow_unbuilt_guards": True}))
    done = generate(folder, install("proof"), "--check", "none")
    assert done.returncode == 0, done.stderr
    return folder


def text(project: Path, path: str) -> str:
    return (project / "generated" / path).read_text(encoding="utf-8")


def test_the_entity_is_like_any_other(project: Path) -> None:
    assert "class AuditEntry(" in text(project, "backend/models/audit_entry.py")
    for path in ("routers/audit_entries.py", "services/audit_entries.py", "schemas/audit_entry.py"):
        assert (project / "generated" / "backend" / path).is_file()


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_field_is_on_every_entity(project: Path, entity: str) -> None:
    assert "external_reference: Mapped[str | None]" in text(project, f"backend/models/{entity}.py")
    assert "external_reference" in text(project, f"backend/schemas/{entity}.py")


def test_the_router_the_middleware_and_the_setting_are_in_the_app(project: Path) -> None:
    main = text(project, "backend/main.py")
    assert "from backend.routers.audit import router" in main or "audit.router" in main
    assert "AuditHeader" in text(project, "backend/middleware.py") + main
    assert 'audited_by: str = "IOPEER"' in text(project, "backend/settings.py")
    assert "AUDITED_BY=IOPEER\n" in text(project, ".env.example")


def test_the_interceptor_is_called_by_the_services_but_its_own(project: Path) -> None:
    assert "Verb.CREATE: [record]" in text(project, "backend/services/tasks.py")
    assert "record" not in text(project, "backend/services/audit_entries.py")


def test_the_readme_has_its_section(project: Path) -> None:
    assert "## Audit trail\n\n`GET /api/v1/audit` counts what was done" in text(project, "README.md")


def test_no_template_is_touched() -> None:
    def paths(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    own = paths(HERE / "proof" / "src" / "iopeer_devops_proof" / "templates")
    assert own
    assert not own & paths(Path(iopeer_plugin_fastapi.__file__).parent / "templates")


def test_without_the_backend_it_says_what_it_needs(install: Callable[[str], Path], tmp_path: Path) -> None:
    shutil.copy(HERE.parent / "specs" / "todo.md", tmp_path / "spec.md")
    (tmp_path / "iopeer.json").write_text(json.dumps({"plugins": ["proof"]}))
    done = generate(tmp_path, install("proof"), "--check", "none")
    assert done.returncode == 2
    assert "plugin proof: needs 'fastapi>=1,<2', which no enabled plugin gives" in done.stderr
    assert "enable 'fastapi' in `plugins` of iopeer.toml" in done.stderr


@pytest.mark.slow
def test_the_app_passes_its_tests_and_the_plugins(install: Callable[[str], Path], tmp_path: Path) -> None:
    shutil.copy(HERE.parent / "specs" / "todo.md", tmp_path / "spec.md")
    (tmp_path / "iopeer.json").write_text(json.dumps({"plugins": ["fastapi", "proof"]}))
    done = generate(tmp_path, install("proof"), "--json")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["outcome"] for event in events if event["kind"] == "check.finished"] == ["passed"]
    assert (tmp_path / "generated" / "tests" / "test_audit.py").is_file()
