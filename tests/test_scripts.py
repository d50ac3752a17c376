"""What browsers load of a generated frontend is counted: the budget that was measured once must hold from then on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from iopeer_core.launch.folder import open_folder
from iopeer_core.launch.product import Product
from iopeer_core.launch.settings import fresh_settings

from benchmarks.scripts import BUDGET, scripts
from tests.projects import Project

SPEC = Path(__file__).parent.parent / "examples" / "tracker" / "spec.md"


@pytest.mark.long
def test_the_scripts_of_the_tracker_keep_their_budget(tmp_path: Path) -> None:
    project = Project(folder=tmp_path / "tracker")
    project.folder.mkdir()
    shutil.copy(SPEC, project.folder / "spec.md")
    project.enable("fastapi", "nextjs")
    assert project.generate("--check", "none").returncode == 0
    folder = open_folder(project.folder / "generated")
    product = Product(
        folder.blueprint,
        folder.path,
        environment=folder.environment,
        settings=fresh_settings(folder.blueprint),
        tell=lambda *_: None,
    )
    with product:
        counted = scripts(folder.path / "frontend")
    assert counted.files > 50  # something was built
    assert counted.total <= BUDGET
