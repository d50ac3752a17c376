"""One spec, one archive: whatever the machine's hash seed, locale, time zone, folder, umask and order of plugins."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

IOPEER = Path(sys.executable).with_name("iopeer")
SPECS = Path(__file__).parent / "specs"
MACHINES = (
    ("here", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}, 0o022),
    ("some/where else", {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}, 0o077),
    ("año", {"PYTHONHASHSEED": "3", "LANG": "tr_TR.UTF-8", "COLUMNS": "20"}, 0o002),
)


@pytest.mark.parametrize("name", ["tracker", "biblioteca"])
def test_three_machines_make_one_archive(name: str, tmp_path: Path) -> None:
    made = set()
    for folder, variables, umask in MACHINES:
        project = tmp_path / folder
        project.mkdir(parents=True)
        (project / "spec.md").write_text((SPECS / f"{name}.md").read_text())
        (project / "iopeer.toml").write_text("allow_unbuilt_guards = true\n")
        command = [str(IOPEER), "generate", "spec.md", "--check", "none", "--zip"]
        environment = {**os.environ, **variables, "IOPEER_CACHE": str(tmp_path / f"cache {folder.replace('/', ' ')}")}
        done = subprocess.run(command, cwd=project, env=environment, umask=umask, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        made.add(hashlib.sha256((project / "dist" / "generated.zip").read_bytes()).hexdigest())
    assert len(made) == 1
