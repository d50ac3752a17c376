"""What becomes of each file of a second generation, by what the user did to it and by its policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.errors import UserError
from iopeer_core.tree.merge import Merge, merge
from iopeer_core.tree.model import Entry, FilePolicy, Tree
from iopeer_core.tree.store import store
from iopeer_core.tree.undo import undo

OLD, MINE, NEW = "1\n2\n3\n4\n5\n", "1\n2\n3\n4\nmine\n", "new\n2\n3\n4\n5\n"
BOTH = "new\n2\n3\n4\nmine\n"


def tree(text: str | None, policy: FilePolicy = "merged") -> Tree:
    files = {"always": Entry(content=b"")}
    return Tree(files if text is None else {**files, "f": Entry(content=text.encode(), policy=policy)})


def put(out: Path, text: str | None) -> None:
    if text is None:
        (out / "f").unlink(missing_ok=True)
    else:
        (out / "f").write_text(text)


def kind(merging: Merge) -> str:
    kinds = ("new", "changed", "merged", "removed", "edited", "deleted", "unchanged")
    found = [name for name in kinds if "f" in getattr(merging, name)]
    found += ["conflict" for one in merging.conflicts if one.path == "f"]
    return " ".join(found)


@pytest.mark.parametrize(
    ("policy", "old", "theirs", "new", "becomes", "left"),
    [
        ("merged", None, None, NEW, "new", NEW),
        ("merged", None, NEW, NEW, "unchanged", NEW),
        ("merged", None, MINE, NEW, "conflict", MINE),
        ("merged", OLD, OLD, OLD, "unchanged", OLD),
        ("merged", OLD, OLD, NEW, "changed", NEW),
        ("merged", OLD, OLD, None, "removed", None),
        ("merged", OLD, MINE, OLD, "edited", MINE),
        ("merged", OLD, MINE, NEW, "merged", BOTH),
        ("merged", OLD, MINE, MINE, "unchanged", MINE),
        ("merged", OLD, BOTH, NEW, "edited", BOTH),
        ("merged", OLD, MINE, "other\n", "conflict", MINE),
        ("merged", OLD, MINE, None, "conflict", MINE),
        ("merged", OLD, None, OLD, "deleted", None),
        ("merged", OLD, None, NEW, "deleted", None),
        ("merged", OLD, None, None, "", None),
        ("once", None, None, NEW, "new", NEW),
        ("once", None, MINE, NEW, "edited", MINE),
        ("once", OLD, OLD, NEW, "unchanged", OLD),
        ("once", OLD, MINE, NEW, "edited", MINE),
        ("once", OLD, MINE, None, "", MINE),
        ("once", OLD, OLD, None, "removed", None),
        ("once", OLD, None, NEW, "deleted", None),
        ("kept", None, None, NEW, "new", NEW),
        ("kept", None, MINE, NEW, "conflict", MINE),
        ("kept", OLD, OLD, NEW, "unchanged", OLD),
        ("kept", OLD, MINE, NEW, "edited", MINE),
        ("kept", OLD, OLD, None, "unchanged", OLD),
        ("kept", OLD, MINE, None, "edited", MINE),
        ("kept", OLD, None, NEW, "deleted", None),
    ],
)
def test_every_case(
    policy: FilePolicy,
    old: str | None,
    theirs: str | None,
    new: str | None,
    becomes: str,
    left: str | None,
    tmp_path: Path,
) -> None:
    store(tree(old, policy), tmp_path, spec=None)
    put(tmp_path, theirs)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    made = tree(new, policy)
    merging = merge(made, tmp_path)
    assert kind(merging) == becomes
    _, now = store(made, tmp_path, spec=None, partial=True)
    assert ((tmp_path / "f").read_text() if (tmp_path / "f").exists() else None) == left
    assert now == merging.tree
    if "f" in now:
        assert now["f"].content.decode() == left, "what is tested is what is there"
    again = merge(made, tmp_path)
    stays = {"new": "unchanged", "changed": "unchanged", "merged": "edited", "removed": "", "edited": "edited"}
    assert kind(again) == stays.get(becomes, becomes)
    if becomes in {"changed", "merged", "removed"}:
        undo(tmp_path)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_file_made_once_that_was_deleted_comes_back_by_force_alone(tmp_path: Path) -> None:
    store(tree(OLD, "once"), tmp_path, spec=None)
    put(tmp_path, None)
    store(tree(NEW, "once"), tmp_path, spec=None)
    assert not (tmp_path / "f").exists()
    store(tree(NEW, "once"), tmp_path, spec=None, force=True)
    assert (tmp_path / "f").read_text() == NEW


def test_what_is_kept_stays_so_when_no_plugin_says_it(tmp_path: Path) -> None:
    store(tree(OLD, "kept"), tmp_path, spec=None)
    for _ in range(3):
        store(tree(None), tmp_path, spec=None)
    assert (tmp_path / "f").read_text() == OLD
    assert merge(tree(NEW, "kept"), tmp_path).tree["f"].content.decode() == OLD


def test_the_permission_to_execute_is_the_users_where_the_user_changed_it(tmp_path: Path) -> None:
    store(tree(OLD), tmp_path, spec=None)
    (tmp_path / "f").chmod(0o755)
    _, now = store(tree(NEW), tmp_path, spec=None)
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o755
    assert now["f"].mode == 0o755


def test_the_last_ten_writes_can_be_taken_back_one_by_one(tmp_path: Path) -> None:
    for number in range(13):
        files = {f"new{number}/x": Entry(content=b"x"), "f": Entry(content=f"{number}\n".encode())}
        store(Tree(files), tmp_path, spec=number)
    for number in range(11, 1, -1):
        undone = undo(tmp_path)
        assert undone.left == number - 2
        assert (tmp_path / "f").read_text() == f"{number}\n"
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith("new")] == [f"new{number}"]
    with pytest.raises(UserError, match="no write"):
        undo(tmp_path)
