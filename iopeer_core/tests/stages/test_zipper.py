import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from iopeer_core.errors import PluginError, UserError
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.report import ZipExtras
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.zipper import zip_stage
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.store import Written

TREE = Tree(
    {"README.md": Entry(content=b"# A"), "run": Entry(content=b"#!", mode=0o755), "docs/a.md": Entry(content=b"a")}
)
SECRET = "s3cr3t-of-the-settings"


class Plugins:
    """Stands for a manager: what its plugins return, what they were told."""

    def __init__(self, *extras: ZipExtras, secrets: tuple[str, ...] = ()) -> None:
        self.extras, self.told = extras, list[Path]()
        self.plugins = [type("Loaded", (), {"secrets": secrets})()]

    def before_zip(self, tree: Tree) -> tuple[ZipExtras, ...]:
        assert tree is TREE
        return self.extras

    def after_zip(self, archive: Path) -> None:
        assert archive.is_file()
        self.told.append(archive)


Make = Callable[..., Context]


@pytest.fixture
def context(tmp_path: Path) -> Make:
    def make(plugins: Plugins, *, archive: str | None = "dist/app.zip", dry_run: bool = False) -> Context:
        path = tmp_path / archive if archive else None
        return Context(
            project=Project(spec=tmp_path / "spec.md", config=cast("ProjectConfig", None)),
            options=Options(out=tmp_path / "generated", archive=path, dry_run=dry_run),
            manager=cast("Manager", plugins),
            run=Run(id="1"),
        )

    return make


def test_packs_what_was_tested_and_documents(context: Make, tmp_path: Path) -> None:
    plugins = Plugins(ZipExtras(leave_out=("docs/*",)), ZipExtras(documents={"NOTICE.md": b"n"}))
    (archive,) = zip_stage(context(plugins), TREE, Written())
    assert archive.path == tmp_path / "dist" / "app.zip"
    content = archive.path.read_bytes()
    assert (archive.size, archive.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert plugins.told == [archive.path]
    with zipfile.ZipFile(archive.path) as opened:
        names = [info.filename for info in opened.infolist()]
        assert names == ["generated/NOTICE.md", "generated/README.md", "generated/run"]
        assert {(info.date_time, info.extra) for info in opened.infolist()} == {((1980, 1, 1, 0, 0, 0), b"")}
    assert [path.name for path in archive.path.parent.iterdir()] == ["app.zip"]


def test_a_dry_run_and_no_archive_write_nothing(context: Make, tmp_path: Path) -> None:
    plugins = Plugins()
    (dry,) = zip_stage(context(plugins, dry_run=True), TREE, Written())
    (none,) = zip_stage(context(plugins, archive=None), TREE, Written())
    assert dry.sha256
    assert none.path is None
    assert plugins.told == []
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    "path", [".env", "config/.env", "key.pem", "README.md", "readme.md", "../x", ".git/config", "run/x"]
)
def test_documents_replace_nothing_and_hold_no_secrets(path: str, context: Make, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        zip_stage(context(Plugins(ZipExtras(documents={path: b"x"}))), TREE, Written())
    assert not (tmp_path / "dist").exists()


def test_a_secret_of_the_settings_is_never_packed(context: Make, tmp_path: Path) -> None:
    plugins = Plugins(ZipExtras(documents={"a.md": f"key={SECRET}".encode()}), secrets=(SECRET, "x"))
    with pytest.raises(PluginError, match=r"a\.md would hold a secret") as caught:
        zip_stage(context(plugins), TREE, Written())
    assert SECRET not in str(caught.value)
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("folder", [True, False], ids=["a folder there", "a file above"])
def test_an_archive_that_cannot_be_written_is_a_message(folder: bool, context: Make, tmp_path: Path) -> None:
    if folder:
        (tmp_path / "dist" / "app.zip").mkdir(parents=True)
    else:
        (tmp_path / "dist").touch()
    with pytest.raises(UserError):
        zip_stage(context(Plugins()), TREE, Written())


def test_a_run_replaces_the_archive_in_one_step(context: Make, tmp_path: Path) -> None:
    (first,) = zip_stage(context(Plugins()), TREE, Written())
    assert first.path
    with first.path.open("rb") as reader:
        (second,) = zip_stage(context(Plugins(ZipExtras(leave_out=("run",)))), TREE, Written())
        assert second.sha256 != first.sha256
        assert hashlib.sha256(reader.read()).hexdigest() == first.sha256
