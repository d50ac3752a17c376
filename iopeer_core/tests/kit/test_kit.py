"""Authors of plugins test with the stages in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from iopeer_core.blueprint.contributions import Component, File, Guide, Requirement
from iopeer_core.errors import PluginError, SpecError
from iopeer_core.kit import generate

SPEC = "# Shop\n\n## Entities\n\n### Order\n\n- name: text\n"


def test_a_text_becomes_a_plan_and_files() -> None:
    made = generate(SPEC, ["fastapi"])
    assert made.blueprint.plan.plugins == ("fastapi",)
    assert "class Order(" in made.tree["backend/models/order.py"].text
    assert made.problems == ()


def test_another_plugin_may_contribute_files_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("# {{ spec.title }}\n")
    more = (File(path="docs/page.md", template="page.md.j2"), Guide(title="More", body="of it"))
    made = generate(SPEC, [], more=more, templates=tmp_path)
    assert made.tree["docs/page.md"].text == "# Shop\n"
    assert made.tree["docs/page.md"].author == "other"
    assert "## More\n\nof it" in made.tree["README.md"].text


def test_what_is_refused_and_what_is_told() -> None:
    with pytest.raises(PluginError, match="names the component 'web'"):
        generate(SPEC, [], more=[Requirement(component="web", specifier="x")])
    with pytest.raises(SpecError, match="one problem in"):
        generate("# Shop\n\n## Entities\n\n### Order\n\n- name: txt\n", [])
    with pytest.raises(PluginError, match="nothing is"):
        generate(SPEC, ["docker", "fastapi"], settings={"docker": {"images": {"cobol": "x"}}})
    component = Component(name="web", root="web", ecosystem="node")
    told = generate(SPEC, [], more=[component], allow_unbuilt_guards=True).problems
    assert {problem.code for problem in told} == {"W240"}


def test_a_spec_may_include_files_and_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("## Entities\n\n### Customer\n\n- name: text\n")
    (tmp_path / "spec.md").write_text(SPEC + "\n## Include\n\n- more.md\n")
    made = generate(tmp_path / "spec.md", ["fastapi"])
    assert "backend/models/customer.py" in made.tree
    assert sorted(path.name for path in tmp_path.iterdir()) == ["more.md", "spec.md"]


def test_as_a_command_it_writes_the_files(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text(SPEC)
    command = [sys.executable, "-m", "iopeer_core.kit", "spec.md", "out", "fastapi"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert (tmp_path / "out" / "backend" / "models" / "order.py").is_file()
