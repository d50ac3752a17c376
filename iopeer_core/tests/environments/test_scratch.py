import signal
import subprocess
import sys
from pathlib import Path

import pytest
from iopeer_core.environments.scratch import scratch

HOLD = """
from iopeer_core.environments.scratch import scratch
with scratch() as folder:
    (folder / "deep").mkdir()
    print(folder, flush=True)
    input()
"""


def hold() -> tuple[subprocess.Popen[str], Path]:
    """A process that works in a folder, and the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().rstrip("\n"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOPEER_CACHE", str(tmp_path))


def test_a_folder_goes_when_it_is_left() -> None:
    with scratch() as folder:
        (folder / "file").write_text("x")
    assert not folder.exists()


def test_what_a_killed_process_left_is_cleared_and_what_another_holds_is_not() -> None:
    killed, left = hold()
    holding, held = hold()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left.is_dir()
    with scratch():
        assert not left.exists()
        assert held.is_dir()
    holding.communicate("\n")
    assert not held.exists()


def test_without_a_cache_it_is_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("IOPEER_CACHE", str(tmp_path / "file"))
    with scratch() as folder:
        assert list(folder.iterdir()) == []
    assert not folder.exists()
