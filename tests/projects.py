"""A user's project, and the command line as a black box in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IOPEER = Path(sys.executable).with_name("iopeer")
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder with a spec; `sites` are folders with plugins that are installed for it."""

    folder: Path
    sites: tuple[Path, ...] = ()

    def enable(self, *plugins: str, **settings: object) -> None:
        """Write the project's settings: the plugins, and tables and flags beside them."""
        text = json.dumps({"plugins": plugins, **settings})
        (self.folder / "iopeer.json").write_text(text, encoding="utf-8")

    def environment(self, **variables: str) -> dict[str, str]:
        """The variables that a command of this project gets."""
        path = os.pathsep.join([*map(str, self.sites), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        return {**os.environ, "PYTHONPATH": path, **variables}

    def iopeer(self, *arguments: str, **variables: str) -> Done:
        """Run a command to its end."""
        return subprocess.run(
            [IOPEER, *arguments],
            cwd=self.folder,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start a command; its output goes to files that nobody reads, so that it never waits for a reader."""
        with (self.folder.parent / "output.txt").open("a") as output:
            return subprocess.Popen(
                [IOPEER, *arguments],
                cwd=self.folder,
                env=self.environment(**variables),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                encoding="utf-8",
                start_new_session=True,
            )

    def generate(self, *options: str, **variables: str) -> Done:
        """Run `iopeer generate spec.md`."""
        return self.iopeer("generate", "spec.md", *options, **variables)

    def runs(self) -> list[Path]:
        """The folders of the logs that were kept, the oldest first."""
        return sorted((self.folder / ".iopeer" / "runs").iterdir())


def events(done: Done) -> list[dict[str, Any]]:
    """The events that a command with `--json` printed."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def of_kind(done: Done, kind: str) -> list[dict[str, Any]]:
    """Those of one kind."""
    return [event for event in events(done) if event["kind"] == kind]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its content; a link with what it says."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
    return {
        path.relative_to(folder).as_posix(): os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in found
    }


def generated(folder: Path) -> dict[str, bytes]:
    """The generated files of an output folder: without IOPEER's own."""
    return {path: content for path, content in snapshot(folder).items() if not path.startswith(".iopeer/")}


def unpacked(archive: Path) -> dict[str, bytes]:
    """The files of a ZIP, whose sums are right, as paths in the output folder: without IOPEER's own."""
    with zipfile.ZipFile(archive) as file:
        assert file.testzip() is None
        files = {name.removeprefix("generated/"): file.read(name) for name in file.namelist()}
    return {path: content for path, content in files.items() if not path.startswith(".iopeer/")}
