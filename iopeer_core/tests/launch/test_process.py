import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from iopeer_core.errors import UserError
from iopeer_core.launch.process import deferred, run_process


def run(code: str, folder: Path) -> tuple[int, list[str]]:
    lines: list[str] = []
    status = run_process([sys.executable, "-c", code], folder=folder, variables={"X": "y"}, on_line=lines.append)
    return status, lines


def test_gives_both_streams_line_by_line_and_the_exit_code(tmp_path: Path) -> None:
    status, lines = run(
        "import os,sys; print(os.environ['X'], flush=True); sys.stderr.write('é\\n'); sys.exit(3)", tmp_path
    )
    assert status == 3
    assert lines == ["y", "é"]


def test_leaves_nothing_running_and_does_not_wait_for_it(tmp_path: Path) -> None:
    code = (
        "import subprocess,sys; p=subprocess.Popen([sys.executable,'-c','import time; time.sleep(600)']); print(p.pid)"
    )
    status, lines = run(code, tmp_path)
    assert status == 0
    deadline = time.monotonic() + 10
    while psutil.pid_exists(int(lines[0])) and psutil.Process(int(lines[0])).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the grandchild is still running"
        time.sleep(0.05)


DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if (child := os.fork()) == 0:
        time.sleep(600)
    print(os.getpid(), child, flush=True)
    time.sleep(600)
time.sleep(0.3)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_a_daemon_that_left_the_session_is_ended_and_holds_nothing_up(tmp_path: Path) -> None:
    own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    status, lines = run(DAEMON, tmp_path)
    assert status == 0
    assert own.poll() is None, "a child of ours that the check did not start is none of its business"
    own.kill()
    own.wait()
    assert [pid for pid in lines[0].split() if psutil.pid_exists(int(pid))] == []


def test_an_exception_of_the_listener_ends_the_command(tmp_path: Path) -> None:
    pids: list[int] = []

    def stop(line: str) -> None:
        pids.append(int(line))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_process(
            [sys.executable, "-c", "import os,time; print(os.getpid(), flush=True); time.sleep(600)"],
            folder=tmp_path,
            variables=dict(os.environ),
            on_line=stop,
        )
    assert not psutil.pid_exists(pids[0])


def test_a_program_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be started"):
        run_process(["no-such-program"], folder=tmp_path, variables={}, on_line=print)


def test_a_signal_is_heard_once_the_process_that_is_being_started_is_known() -> None:
    def interrupt(number: int, _frame: object) -> None:
        raise KeyboardInterrupt(number)

    started = []

    def start() -> None:
        with deferred():
            signal.raise_signal(signal.SIGTERM)
            started.append("process")

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            start()
    finally:
        now = signal.signal(signal.SIGTERM, before)
    assert started == ["process"]
    assert now is interrupt
