"""A product of Node.js, run, tested and pictured: `iopeer up`, checks that need it, `iopeer screenshots`."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from tests.projects import IOPEER, Project, generated, of_kind, snapshot, unpacked
from tests.running import PATIENCE, Running, free_port, up

SPEC = "# Kiosk\n\n## Entities\n\n### Word\n\n- text: text\n"
END = {"command": ["node", "web/end.js"], "needs": ["page"]}


@pytest.fixture
def kiosk(install: Callable[[str], Path], tmp_path: Path) -> Project:
    """A project with the kiosk alone."""
    return project(tmp_path, install("kiosk"))


@pytest.fixture(scope="session")
def once(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The kiosk, generated; not to be changed."""
    made = project(tmp_path_factory.mktemp("kiosk"), install("kiosk"))
    assert made.generate("--check", "none", "--zip").returncode == 0
    return made


@pytest.fixture
def made(once: Project, tmp_path: Path) -> Project:
    """A copy of the generated kiosk."""
    shutil.copytree(once.folder, tmp_path / "project")
    return Project(folder=tmp_path / "project", sites=once.sites)


def project(folder: Path, site: Path) -> Project:
    """A project whose product listens where nobody else does just now."""
    new = Project(folder=folder / "project", sites=(site,))
    new.folder.mkdir()
    (new.folder / "spec.md").write_text(SPEC, encoding="utf-8")
    new.enable("kiosk", kiosk={"ports": [free_port(), free_port()]})
    return new


def port_of(project: Project) -> int:
    """The port that the page declares."""
    port: int = json.loads((project.folder / "iopeer.json").read_text(encoding="utf-8"))["kiosk"]["ports"][0]
    return port


def pids_of(running: Running) -> list[int]:
    """Of the store and of its child."""
    found = running.until(r"store (\d+) (\d+)")
    return [int(found[1]), int(found[2])]


def gone(pids: list[int]) -> bool:
    """Whether processes are no more, at last."""
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_up_runs_it_live_and_ends_all_of_it(made: Project) -> None:
    with up(made) as running:
        page, pids = running.address("page"), pids_of(running)
        httpx.post(running.address("store"), content="hello")
        told = httpx.get(page).json()
        assert told == {"live": True, "colour": "blue", "key": 64, "built": False, "words": ["hello"]}
        running.until("page +page is there")  # logs are tagged
        assert running.end() == 0
    assert gone(pids)


def test_the_database_and_the_secrets_outlive_a_restart(made: Project) -> None:
    with up(made) as running:
        httpx.post(running.address("store"), content="hello")
    env = made.folder / "generated" / ".env"
    secret = env.read_text(encoding="utf-8")
    assert env.stat().st_mode & 0o777 == 0o600
    with up(made) as running:
        assert httpx.get(running.address("page")).json()["words"] == ["hello"]
    assert env.read_text(encoding="utf-8") == secret
    assert made.generate("--check", "none", "--zip").returncode == 0
    assert env.read_text(encoding="utf-8") == secret
    assert not {".env", "words.db"} & set(unpacked(made.folder / "dist" / "generated.zip"))


def test_settings_come_from_the_env_file_and_from_the_environment(made: Project) -> None:
    (made.folder / "generated" / ".env").write_text("KEY=mine\nCOLOUR='dark red'\n", encoding="utf-8")
    with up(made) as running:
        told = httpx.get(running.address("page")).json()
        assert (told["key"], told["colour"]) == (4, "dark red")
    with up(made, COLOUR="green") as running:
        assert httpx.get(running.address("page")).json()["colour"] == "green"


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        (".env", b"KEY=caf\xe9\n", "generated/.env: it is not UTF-8"),
        ("web/package.json", b'{"name": "caf\xe9"}', "generated/web/package.json: it is not UTF-8"),
        ("web/package.json", b'{"engines": {"node": 9999}}', ""),
    ],
)
def test_what_the_user_broke_is_told(made: Project, path: str, content: bytes, told: str) -> None:
    (made.folder / "generated" / path).write_bytes(content)
    if not told:  # odd, and no reason not to run
        with up(made) as running:
            assert running.address("page")
        return
    done = made.iopeer("up")
    assert done.returncode == 2
    assert told in done.stderr


def test_it_runs_once_at_a_time(made: Project) -> None:
    with up(made) as running:
        page = running.address("page")
        running.until("Ctrl-C ends it")
        again = made.iopeer("up")
        assert again.returncode == 2
        assert f"generated runs already (process {running.process.pid})\n" in again.stderr
        assert f"\n  page: {page}\n" in again.stderr
        assert httpx.get(page).is_success
        running.process.kill()
    with up(made) as running:  # whoever was killed holds nothing
        assert running.address("page")


def test_an_unpacked_archive_runs(made: Project) -> None:
    shutil.rmtree(made.folder / "generated")
    with zipfile.ZipFile(made.folder / "dist" / "generated.zip") as archive:
        archive.extractall(made.folder)
    with up(made) as running:
        assert httpx.get(running.address("page")).json()


def test_settings_are_written_whole_or_not_at_all(made: Project) -> None:
    env = made.folder / "generated" / ".env"
    text = f"COLOUR=red\n# {'x' * 2000}\n"
    env.write_text(text, encoding="utf-8")
    limited = f"ulimit -f 1; exec {IOPEER} up"  # files of a kilobyte at most
    done = subprocess.run(
        ["bash", "-c", limited], cwd=made.folder, env=made.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "generated/.env cannot be written: File too large" in done.stderr
    assert env.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("link", ["generated", "generated/.iopeer", "generated/.iopeer/demo.json"])
def test_what_runs_writes_through_no_link_that_leads_out(made: Project, tmp_path: Path, link: str) -> None:
    at = made.folder / link
    outside = tmp_path / "outside"
    if at.exists():
        at.rename(outside)
    else:
        outside.write_text("mine", encoding="utf-8")
    at.symlink_to(outside)
    before = snapshot(tmp_path)
    done = made.iopeer("up")
    assert done.returncode == 2
    assert "a link that leads out of" in done.stderr
    assert snapshot(tmp_path) == before


def test_production_is_built_first(made: Project) -> None:
    with up(made, "--production") as running:
        told = httpx.get(running.address("page")).json()
        assert (told["live"], told["built"]) == (False, True)


def test_the_declared_port_is_taken_where_it_is_free(made: Project) -> None:
    port = port_of(made)
    with up(made) as running:
        assert running.address("page") == f"http://127.0.0.1:{port}"
    with socket.create_server(("127.0.0.1", port)), up(made) as running:
        page = running.address("page")
        assert httpx.URL(page).port != port
        assert httpx.get(page).is_success
        running.until(rf"page.*port {port} is taken")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_of_it(made: Project, number: int) -> None:
    with up(made) as running:
        running.address("page")
        pids = pids_of(running)
        running.end(number)
    assert gone(pids)


def test_a_kill_ends_all_of_it(made: Project) -> None:
    with up(made) as running:
        running.address("page")
        pids = pids_of(running)
        running.process.kill()
        running.process.wait()
    assert gone(pids)


def test_a_task_that_fails_is_told_with_its_last_words(kiosk: Project) -> None:
    kiosk.enable("kiosk", kiosk={"migrate": ["node", "-e", "console.log('no disk'); process.exit(4)"]})
    assert kiosk.generate("--check", "none").returncode == 0
    done = kiosk.iopeer("up")
    assert done.returncode == 1
    assert "the task 'migrate' fails (exit code 4)\n    no disk" in done.stderr


def test_a_process_that_does_not_start_is_told_with_its_last_words(kiosk: Project) -> None:
    kiosk.enable("kiosk", kiosk={"page": ["node", "-e", "console.log('no luck'); process.exit(5)"]})
    assert kiosk.generate("--check", "none").returncode == 0
    done = kiosk.iopeer("up")
    assert done.returncode == 1
    assert "page has ended (exit code 5)\n    no luck" in done.stderr
    pids = [int(number) for number in re.findall(r"store (\d+) (\d+)", done.stdout)[0]]
    assert gone(pids)


def test_a_process_that_dies_ends_the_others(made: Project) -> None:
    with up(made) as running:
        running.address("page")
        with pytest.raises(httpx.HTTPError):
            httpx.post(running.address("store"), content="die")
        assert running.process.wait(PATIENCE) == 1
        assert "store has ended (exit code 7)" in running.text
        assert gone(pids_of(running))


def test_up_where_nothing_was_generated(kiosk: Project) -> None:
    done = kiosk.iopeer("up")
    assert done.returncode == 2
    assert "holds no product that can be run" in done.stderr


def test_another_launcher(made: Project) -> None:
    assert made.iopeer("up", "--with", "paper").returncode == 3
    assert (made.folder / "generated" / "paper.txt").exists()
    done = made.iopeer("up", "--with", "papr")
    assert done.returncode == 2
    assert "paper" in done.stderr


def test_a_check_finds_the_product_running_and_empty(kiosk: Project) -> None:
    kiosk.enable("kiosk", kiosk={"checks": {"end": END, "end again": END}})
    done = kiosk.generate("--json")
    assert done.returncode == 0, done.stdout
    assert [each["outcome"] for each in of_kind(done, "check.finished")] == ["passed", "passed"]
    assert not (kiosk.folder / "generated" / "words.db").exists()


def test_what_is_skipped_is_said(kiosk: Project) -> None:
    kiosk.enable("kiosk", kiosk={"checks": {"end": {**END, "level": "full"}}})
    assert "end: skipped: only with --check full" in kiosk.generate().stdout
    assert "end: passed" in kiosk.generate("--check", "full").stdout
    assert "end: skipped: --check none" in kiosk.generate("--check", "none").stdout


def test_variables_of_a_check_reach_the_product(kiosk: Project) -> None:
    code = "fetch(process.env.PAGE_URL).then(r => r.json()).then(f => process.exit(f.colour === 'red' ? 0 : 1))"
    check = {"command": ["node", "-e", code], "needs": ["page"], "variables": {"COLOUR": "red"}}
    kiosk.enable("kiosk", kiosk={"checks": {"colour": check}})
    assert kiosk.generate().returncode == 0


def test_a_setting_may_be_another_for_checks(kiosk: Project) -> None:
    code = "process.exit(process.env.PACE === 'fast' ? 0 : 1)"
    kiosk.enable("kiosk", kiosk={"checks": {"pace": {"command": ["node", "-e", code], "needs": ["page"]}}})
    assert kiosk.generate().returncode == 0
    assert "PACE=slow" in (kiosk.folder / "generated" / ".env.example").read_text(encoding="utf-8")


def test_a_check_that_hangs_fails_in_time_and_leaves_nothing(kiosk: Project) -> None:
    code = "console.log('waiting', process.pid); setInterval(() => {}, 1000)"
    kiosk.enable("kiosk", kiosk={"checks": {"hang": {"command": ["node", "-e", code], "timeout": 2}}})
    done = kiosk.generate()
    assert done.returncode == 1
    assert "(stopped after 2 s)" in done.stderr
    found = re.search(r"waiting (\d+)", done.stderr)
    assert found
    assert gone([int(found[1])])


def test_a_check_needs_what_nobody_runs(kiosk: Project) -> None:
    kiosk.enable("kiosk", kiosk={"checks": {"end": {"command": ["node", "-e", ""], "needs": ["ghost"]}}})
    done = kiosk.generate()
    assert done.returncode == 2
    assert "kiosk: Check end names the process 'ghost', which does not exist" in done.stderr


def test_pictures(made: Project) -> None:
    app = made.folder / "generated"
    (app / "words.db").write_text("private\n", encoding="utf-8")
    (app / "web" / "mine.txt").write_text("of the user's\n", encoding="utf-8")
    os.mkfifo(app / "web" / "pipe")
    (made.folder / "screenshots").mkdir()
    (made.folder / "screenshots" / "older.png").write_text("of before", encoding="utf-8")
    done = made.iopeer("screenshots")
    (app / "web" / "pipe").unlink()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "6 pictures in screenshots/"
    path, _, text = (made.folder / "screenshots" / "home-desktop-dark.png").read_text(encoding="utf-8").partition(" ")
    told = json.loads(text)
    assert (path, told["live"], told["built"], told["words"]) == ("/", False, True, [""])
    assert not {".env", "web/built.txt"} & snapshot(app).keys()


def test_pictures_in_the_readme_and_the_archive(made: Project) -> None:
    without = unpacked(made.folder / "dist" / "generated.zip")
    assert made.generate("--zip", "--screenshots").returncode == 0
    files = unpacked(made.folder / "dist" / "generated.zip")
    folder = "docs/screenshots"
    assert {path for path in files if path not in without} == {
        f"{folder}/{name}{kind}.png"
        for name in ("home", "log")
        for kind in ("-desktop-light", "-desktop-dark", "-phone-light")
    }
    assert {path for path in without if files[path] != without[path]} == {"README.md"}
    readme = files["README.md"].decode()
    first = readme.index(f"![The &lt;home> page]({folder}/home-desktop-light.png)\n\nThe &lt;home> page (")
    links = f"([desktop, dark]({folder}/home-desktop-dark.png), [phone, light]({folder}/home-phone-light.png))"
    log = readme.index(f"![Log]({folder}/log-desktop-light.png)")
    assert first < readme.index(links) < log < readme.index("## Data")
    assert generated(made.folder / "generated") == files
    assert made.generate("--zip").returncode == 0
    assert unpacked(made.folder / "dist" / "generated.zip") == without


def test_nobody_takes_pictures(trial: Project) -> None:
    done = trial.generate("--screenshots")
    assert done.returncode == 2
    assert "no plugin of this app takes pictures" in done.stderr
    assert not (trial.folder / "generated").exists()
