import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from iopeer_core.errors import UserError
from iopeer_core.tree import journal
from iopeer_core.tree.merge import merge
from iopeer_core.tree.pending import locked, recover_pending
from iopeer_core.tree.store import store

from .crash import NEW, OLD, content, tree

HERE = Path(__file__).parent
KILLS = int(os.environ.get("IOPEER_KILLS", "24"))


def test_killed_at_any_step_and_again_while_recovering(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    command = [sys.executable, str(HERE / "crash.py"), str(tmp_path), str(KILLS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    old, new = map(int, done.stdout.split())
    assert old + new == KILLS
    assert old
    assert new


def half_written(out: Path) -> None:
    """A folder whose write was killed in the middle, after it was decided."""
    script = (
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        "from pathlib import Path\nfrom crash import NEW, killed_at, store, tree\n"
        f"killed_at(34, lambda: store(tree(NEW), Path({str(out)!r}), spec=2))\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert (out / journal.JOURNAL).is_dir()


def test_the_next_command_completes_a_write_wherever_it_was(tmp_path: Path) -> None:
    out = tmp_path / "some" / "where"
    store(tree(OLD), out, spec=1)
    half_written(out)
    messages = recover_pending()
    assert len(messages) == 1
    assert "complete now" in messages[0]
    assert content(out) == {path: text.encode() for path, text in NEW.items()}
    assert recover_pending() == []


def test_without_the_list_the_usual_folder_and_the_next_write_still_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("generated", "other")):
        out = tmp_path / name
        store(tree(OLD), out, spec=1)
        half_written(out)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / f"another state {number}"))
        monkeypatch.chdir(tmp_path)
        assert len(recover_pending()) == (1 if name == "generated" else 0)
        store(tree(NEW), out, spec=2)
        assert content(out) == {path: text.encode() for path, text in NEW.items()}


def test_what_the_user_changed_after_the_crash_stays_and_the_write_is_undone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(OLD), out, spec=1)
    half_written(out)
    steps = json.loads((out / journal.JOURNAL / "steps.json").read_bytes())
    waiting = [
        step["path"]
        for number, step in enumerate(steps)
        if step["new"] and (out / journal.JOURNAL / f"{number}.new").exists() and "/" not in step["path"]
    ]
    (out / waiting[-1]).write_text("mine")
    assert "undone" in recover_pending()[0]
    after = content(out)
    assert after.pop(waiting[-1]) == b"mine"
    assert after == {path: text.encode() for path, text in OLD.items() if path != waiting[-1]}


@pytest.mark.parametrize("path", ["../outside", "/outside", "link/x", ".iopeer/../../outside"])
def test_a_journal_that_leads_out_of_the_folder_is_never_followed(path: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / journal.JOURNAL).mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (out / "link").symlink_to(tmp_path / "elsewhere")
    (out / journal.JOURNAL / "0.new").write_text("bad")
    (out / journal.JOURNAL / "steps.json").write_text(json.dumps([{"path": path, "old": "", "new": "x"}]))
    with pytest.raises(UserError, match=r"damaged.*leads? out of|damaged.*leave the output"), locked(out):
        pass
    assert not (tmp_path / "outside").exists()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_cannot_be_completed_is_undone_at_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store(tree(OLD), out, spec=1)
    (out / "m" / "theirs").mkdir(parents=True)
    before = content(out)
    with pytest.raises(OSError, match=r"[Dd]irectory|not permitted"):
        journal.write(out, {"a": (b"2", 0o644), "b/new": (b"2", 0o644), "m": (b"2", 0o644)}, ["same"])
    assert content(out) == before
    assert not (out / "b").exists()
    assert not journal.unfinished(out)
    assert not merge(tree(OLD), out).conflicts
