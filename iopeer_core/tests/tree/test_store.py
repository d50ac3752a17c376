import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from iopeer_core.errors import ConflictError, PluginError, UserError
from iopeer_core.tree import pending
from iopeer_core.tree.journal import unfinished
from iopeer_core.tree.manifest import BASE
from iopeer_core.tree.merge import merge
from iopeer_core.tree.model import Entry, Patch, Tree, safe_path
from iopeer_core.tree.store import check_folder, store
from iopeer_core.tree.undo import undo

KILLS = int(os.environ.get("IOPEER_KILLS", "12"))
THEIRS = {".env": b"SECRET=1", "app.db": b"rows", "node_modules/x/y.js": b"1", ".git/HEAD": b"ref"}


def tree(**files: str) -> Tree:
    return Tree({path.replace("__", "/"): Entry(content=text.encode()) for path, text in files.items()})


def content(folder: Path) -> dict[str, bytes]:
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {path: data for path, data in found.items() if not path.startswith(".iopeer/")}


def test_writes_what_changed_and_removes_what_is_no_longer_made(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, _ = store(tree(a="1", b__c="2"), out, spec=None)
    assert (first.new, first.changed, first.removed) == (("a", "b/c"), (), ())
    second, _ = store(tree(a="9", d="3"), out, spec=None)
    assert (second.new, second.changed, second.removed) == (("d",), ("a",), ("b/c",))
    assert content(out) == {"a": b"9", "d": b"3"}
    assert not (out / "b").exists()
    with zipfile.ZipFile(out / BASE) as pristine:
        assert {name: pristine.read(name) for name in pristine.namelist()} == {"a": b"9", "d": b"3"}


def test_keeps_modes_and_touches_nothing_that_is_the_same(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = Tree({"run.sh": Entry(content=b"#!/bin/sh\n", mode=0o755)})
    store(made, out, spec=None)
    before = (out / "run.sh").stat()
    store(made, out, spec=None)
    after = (out / "run.sh").stat()
    assert after.st_mode & 0o777 == 0o755
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_is_not_generated_is_never_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for path, data in THEIRS.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    store(tree(a="1"), out, spec=None)
    store(tree(b="1"), out, spec=None, force=True)
    assert {path: data for path, data in content(out).items() if path != "b"} == THEIRS


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda out: (out / "a").write_text("mine"), "a"),
        (lambda out: (out / "new").write_text("mine"), "new"),
        (lambda out: (out / "gone").write_text("mine"), "gone"),
        (lambda out: ((out / "a").unlink(), (out / "a").symlink_to("/etc/hostname")), "a"),
    ],
    ids=["edited", "foreign", "edited and no longer made", "a link"],
)
def test_refuses_to_undo_what_the_user_did(change: object, path: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(a="1", gone="1"), out, spec=None)
    change(out)  # type: ignore[operator]  # a function of the table above
    before = content(out)
    with pytest.raises(ConflictError, match=path):
        store(tree(a="2", new="2"), out, spec=None)
    assert content(out) == before


def test_what_is_forced_can_be_taken_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(a="1", b="1"), out, spec=None)
    (out / "a").write_text("mine")
    (out / "b").unlink()
    store(tree(a="2", b="2"), out, spec=None, force=True)
    assert content(out) == {"a": b"2", "b": b"2"}
    undo(out)
    assert content(out) == {"a": b"mine"}


def test_links_that_lead_out_are_never_followed(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "backend").symlink_to(elsewhere)
    with pytest.raises(UserError):
        store(tree(backend__a="1"), out, spec=None)
    with pytest.raises(UserError):
        store(tree(backend__a="1"), out, spec=None, force=True)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "make", [lambda p: p.write_text("x"), lambda p: p.mkdir() or (p / "a").mkdir()], ids=["file", "folder"]
)
def test_a_file_or_a_folder_in_the_way_is_a_message(make: object, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out)  # type: ignore[operator]  # a function of the table above
    with pytest.raises(UserError):
        store(tree(a="1"), out, spec=None, force=True)


@pytest.mark.parametrize("path", ["", ".", "/etc/x", "a/../../b", "..", "a\\b", "c:x", "a\0b"])
def test_paths_stay_in_the_folder(path: str) -> None:
    with pytest.raises(UserError):
        safe_path(path)


@pytest.mark.parametrize("path", ["con.py", "a/NUL/b", "aux", "x/com1.tar.gz"])
def test_no_file_is_called_like_a_device(path: str) -> None:
    with pytest.raises(PluginError, match="is a device on Windows"):
        tree(**{path: "1"})
    tree(**{"console.py": "1", "com.py": "1", "x/aux_/con-entity.ts": "1"})


def test_a_patch_changes_what_it_names() -> None:
    made = Tree({"a": Entry(content=b"1", mode=0o755, author="p"), "b": Entry(content=b"1", author="p")})
    changed = made.apply(Patch(write={"a": b"2", "c": b"3"}, remove=("b",), author="q"))
    assert {path: changed[path] for path in changed} == {
        "a": Entry(content=b"2", mode=0o755, author="q"),
        "c": Entry(content=b"3", author="q"),
    }


def test_a_damaged_manifest_is_a_message(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(a="1"), out, spec=None)
    (out / ".iopeer" / "manifest.json").write_text("{")
    with pytest.raises(UserError, match="damaged"):
        store(tree(a="2"), out, spec=None)


def test_one_command_writes_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "PATIENCE", 0.1)
    out = tmp_path / "out"
    store(tree(a="1"), out, spec=None)
    with pending.locked(out), pytest.raises(ConflictError, match=f"process {os.getpid()}"):
        store(tree(a="2"), out, spec=None)
    store(tree(a="3"), out, spec=None)


WRITER = """
import sys
from pathlib import Path
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.store import store
letter = sys.argv[2]
print("go", flush=True)
files = {f"d{n}/{letter}{n % 3}/{n}": Entry(content=(letter * 2000).encode()) for n in range(300)}
files |= {f"same/{n}": Entry(content=(letter + str(n)).encode()) for n in range(300)}
store(Tree(files), Path(sys.argv[1]), spec=None)
"""


def test_after_kill_9_the_folder_is_wholly_old_or_wholly_new(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for path, data in THEIRS.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    script = tmp_path / "writer.py"
    script.write_text(WRITER)
    outcomes = set()
    for number in range(KILLS):
        letter = "xy"[number % 2]
        before = content(out)
        with subprocess.Popen([sys.executable, str(script), str(out), letter], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.15 * number / KILLS)
            process.send_signal(signal.SIGKILL)
        pending.recover_pending()
        after = content(out)
        assert {path: after.pop(path) for path in THEIRS} == THEIRS
        outcomes.add("old" if after.items() == {p: d for p, d in before.items() if p not in THEIRS}.items() else "new")
        if after and after.items() != {p: d for p, d in before.items() if p not in THEIRS}.items():
            assert len(after) == 600
            assert all(data.decode()[0] == letter for data in after.values())
        assert not merge(Tree({p: Entry(content=d) for p, d in after.items()}), out).conflicts
    assert outcomes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["generate", "force", "edit", "delete"]), st.sampled_from("abc"), st.sampled_from("123")
        ),
        max_size=12,
    )
)
def test_nothing_that_the_user_wrote_is_ever_lost(
    steps: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("store")
    out, generated, typed = folder / "out", set[bytes](), set[bytes]()
    out.mkdir()
    for number, (action, path, text) in enumerate(steps):
        match action:
            case "edit":
                typed.add(f"user {number}".encode())
                (out / path).write_bytes(f"user {number}".encode())
                typed -= {data for data in typed if data not in _everything(folder)}  # overwritten by the user
            case "delete":
                (out / path).unlink(missing_ok=True)
                typed -= {data for data in typed if data not in _everything(folder)}
            case _:
                generated.add(text.encode())
                try:
                    made = Tree({path: Entry(content=text.encode()), "z": Entry(content=b"z")})
                    store(made, out, spec=None, force=action == "force")
                except ConflictError:
                    pass
        assert typed <= _everything(folder)


def _everything(folder: Path) -> set[bytes]:
    files = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for archive in folder.rglob("undo/*.zip"):
        with zipfile.ZipFile(archive) as opened:
            files |= {opened.read(name) for name in opened.namelist()}
    return files


def test_two_commands_at_once_leave_the_work_of_one(tmp_path: Path) -> None:
    out, script = tmp_path / "out", tmp_path / "writer.py"
    script.write_text(WRITER)
    for _ in range(2):
        processes = [subprocess.Popen([sys.executable, str(script), str(out), letter]) for letter in "xy"]
        assert [process.wait() for process in processes] == [0, 0]
        letters = {data.decode()[0] for data in content(out).values()}
        assert len(content(out)) == 600
        assert len(letters) == 1


LIMITED = """
import resource, sys
from pathlib import Path
from iopeer_core.errors import UserError
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.store import store
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store(Tree({"a": Entry(content=b"2"), "z": Entry(content=b"z" * 200_000)}), Path(sys.argv[1]), spec=None)
except UserError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("new", [True, False])
def test_a_disk_that_takes_no_more_leaves_all_as_it_was(new: bool, tmp_path: Path) -> None:
    out = tmp_path / "made" / "out"
    if not new:
        store(tree(a="1"), out, spec=None)
    command = [sys.executable, "-c", LIMITED, str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be written: File too large; it is as it was" in done.stderr
    if new:
        assert not out.parent.exists()
    else:
        assert content(out) == {"a": b"1"}
        assert not unfinished(out)


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from iopeer_core.errors import UserError
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.store import check_folder, store
out, before = Path(sys.argv[1]), Path(sys.argv[2])
old = {"a": "1", "sub/b": "1"}
tree = lambda files: Tree({path: Entry(content=text.encode()) for path, text in files.items()})
store(tree(old), out, spec=None)
for folder, _, files in os.walk(out):
    for path in (folder, *(os.path.join(folder, name) for name in files)):
        os.chown(path, 65534, 65534) if os.geteuid() == 0 else None
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
(out / "sub").chmod(0o555)
try:
    store(tree({"a": "2", "new": "2", "sub/b": "2"}), out, spec=None)
except UserError as error:
    print(error)
(out / "sub").chmod(0o755)
(out).chmod(0o555)
try:
    check_folder(out, before)
except UserError as error:
    print(error)
"""


def test_rights_that_are_missing_are_a_message_and_nothing_is_half_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "project").mkdir()
        environment = {**os.environ, "XDG_STATE_HOME": name}
        command = [sys.executable, "-c", UNPRIVILEGED, str(folder / "out"), str(folder / "project")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "cannot be written: Permission denied; it is as it was" in done.stdout
        assert f"{folder / 'out'} cannot be written" in done.stdout.splitlines()[-2]
        assert content(folder / "out") == {"a": b"1", "sub/b": b"1"}
        assert not (folder / "out" / ".iopeer" / "journal").exists()


@pytest.mark.parametrize("out", ["", ".", "..", "/", "~", "file", "file/out", "loop"])
def test_folders_that_are_refused(out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "home" / "project"
    project.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(project)
    (project / "file").write_text("")
    (project / "loop").symlink_to("loop")
    with pytest.raises(UserError):
        check_folder(Path(out.replace("~", str(tmp_path / "home"))), project)


def test_other_folders_are_fine(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for out in ("project/generated", "elsewhere/deep/er", "real", "link"):
        check_folder(tmp_path / out, tmp_path / "project")


@pytest.mark.parametrize(
    "path", ["../outside", ".env", ".git/HEAD", "/etc/hostname", "node_modules/x/y.js", "sub/../.env"]
)
def test_a_manifest_cannot_have_the_users_files_removed(path: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(a="1"), out, spec=None)
    for name, data in {**THEIRS, "../outside": b"x", "sub/x": b"x"}.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    manifest = out / ".iopeer" / "manifest.json"
    document = json.loads(manifest.read_bytes())
    target = out / path
    sha = hashlib.sha256(target.read_bytes()).hexdigest()
    document["files"][path] = {"sha256": sha, "mode": 0o644, "author": "iopeer"}
    manifest.write_text(json.dumps(document))
    with pytest.raises(UserError, match="damaged"):
        store(tree(a="2"), out, spec=None, force=True)
    assert target.exists()


def test_the_folder_of_our_own_may_not_lead_elsewhere(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / ".iopeer").symlink_to(elsewhere)
    with pytest.raises(ConflictError):
        store(tree(a="1"), out, spec=None, force=True)
    assert not list(elsewhere.iterdir())
    assert not (out / "a").exists()


def test_without_its_manifest_a_folder_is_the_users(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(a="1", same="1"), out, spec=None)
    (out / ".iopeer" / "manifest.json").unlink()
    with pytest.raises(ConflictError, match="a: there already"):
        store(tree(a="2", same="1"), out, spec=None)
    store(tree(a="2", same="1"), out, spec=None, force=True)
    assert content(out) == {"a": b"2", "same": b"1"}


def test_rights_that_the_user_gave_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = Tree({"run": Entry(content=b"1", mode=0o755), "text": Entry(content=b"1")})
    store(made, out, spec=None)
    (out / "run").chmod(0o700)
    (out / "text").chmod(0o600)
    store(Tree({"run": Entry(content=b"2", mode=0o755), "text": Entry(content=b"2")}), out, spec=None)
    assert [(out / name).stat().st_mode & 0o777 for name in ("run", "text")] == [0o700, 0o600]
    store(Tree({"run": Entry(content=b"2"), "text": Entry(content=b"2", mode=0o755)}), out, spec=None)
    assert [bool((out / name).stat().st_mode & 0o100) for name in ("run", "text")] == [False, True]
    (out / "run").chmod(0o755)
    assert merge(Tree({"run": Entry(content=b"2"), "text": Entry(content=b"2", mode=0o755)}), out).conflicts == ()


def test_a_umask_is_obeyed(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        store(tree(a="1"), tmp_path / "out", spec=None)
    finally:
        os.umask(old)
    assert (tmp_path / "out" / "a").stat().st_mode & 0o777 == 0o600


def test_what_was_edited_to_the_same_end_is_no_conflict(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(a="1", gone="1"), out, spec=None)
    (out / "a").write_text("2")
    (out / "gone").unlink()
    assert store(tree(a="2"), out, spec=None)[0].changed == ()
    assert merge(tree(a="3"), out).changed == ("a",)
