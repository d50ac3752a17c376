"""`## Include`: files beside and below the spec, each once, never outside its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.language.reader import ReadResult, read_file


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "spec.md"


def codes(result: ReadResult) -> list[str]:
    return [problem.code for problem in result.problems]


MAIN = "# Shop\n\n## Include\n\n- {glob}\n\n## Entities\n\n### User\n\n- email: email\n"
TASK = "## Entities\n\n### Task\n\n- title: text\n- by: belongs to User\n"


def test_included_entities_add_up(tmp_path: Path) -> None:
    spec = read_file(write(tmp_path, spec=MAIN.format(glob="entities/*.md"), entities__task=TASK)).spec
    assert spec
    assert [entity.name for entity in spec.entities] == ["task", "user"]
    assert spec.entities[0].span.file == "entities/task.md"


def test_problems_name_the_file(tmp_path: Path) -> None:
    bad = TASK.replace("text", "txt")
    (problem,) = read_file(write(tmp_path, spec=MAIN.format(glob="entities/*.md"), entities__task=bad)).errors
    assert (problem.file, problem.line) == ("entities/task.md", 5)


def test_included_files_include_relative_to_themselves(tmp_path: Path) -> None:
    inner = "## Include\n\n- more/*.md\n"
    spec = read_file(write(tmp_path, spec=MAIN.format(glob="a/in.md"), a__in=inner, a__more__task=TASK)).spec
    assert spec
    assert spec.entity("task")


def test_a_file_is_read_once(tmp_path: Path) -> None:
    main = MAIN.format(glob="task.md\n- t*.md")
    spec = read_file(write(tmp_path, spec=main, task=TASK)).spec
    assert spec
    assert spec.entity("task")


@pytest.mark.parametrize("glob", ["spec.md", "*.md"])
def test_a_file_that_includes_itself(tmp_path: Path, glob: str) -> None:
    assert "E133" in codes(read_file(write(tmp_path, spec=MAIN.format(glob=glob))))


def test_files_that_include_each_other(tmp_path: Path) -> None:
    one, two = "## Include\n\n- two.md\n", "## Include\n\n- one.md\n"
    assert codes(read_file(write(tmp_path, spec=MAIN.format(glob="one.md"), one=one, two=two))) == ["E133"]


@pytest.mark.parametrize("glob", ["../*.md", "/etc/*", "a/../../x.md", "..\\x.md", "C:/x.md"])
def test_globs_stay_inside(tmp_path: Path, glob: str) -> None:
    home = tmp_path / "project"
    write(tmp_path, x=TASK)
    assert codes(read_file(write(home, spec=MAIN.format(glob=glob)))) == ["E131"]


def test_links_stay_inside(tmp_path: Path) -> None:
    home = tmp_path / "project"
    write(tmp_path, secret=TASK)
    spec = write(home, spec=MAIN.format(glob="link.md"))
    (home / "link.md").symlink_to(tmp_path / "secret.md")
    assert codes(read_file(spec)) == ["E131"]


@pytest.mark.parametrize("glob", ["nothing.md", "none/*.md", "**x", "["])
def test_globs_that_find_nothing(tmp_path: Path, glob: str) -> None:
    assert codes(read_file(write(tmp_path, spec=MAIN.format(glob=glob)))) == ["E132"]


def test_included_files_have_no_title(tmp_path: Path) -> None:
    assert codes(read_file(write(tmp_path, spec=MAIN.format(glob="task.md"), task="# Title\n\n" + TASK))) == ["E011"]


def test_included_bytes(tmp_path: Path) -> None:
    spec = write(tmp_path, spec=MAIN.format(glob="task.md"))
    (tmp_path / "task.md").write_bytes(b"\xff")
    assert codes(read_file(spec)) == ["E001"]
