"""What is wrong in a plugin's section is told as everything else is: at once, with its place, code and remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from iopeer_core.errors import SpecError
from iopeer_core.language.changes import RemoveField
from iopeer_core.language.edit import edit
from iopeer_core.language.parts import PartProblem
from iopeer_core.language.vocabulary import Grammar, Word
from iopeer_core.model.spec import Entity, PluginBlock, Span, Spec

from tests.projects import Project, of_kind

PLAIN = "# Shop\n\n## Entities\n\n### Order\n\n- total: money\n- note: text\n"
ENTITIES = PLAIN + "\n#### Charges\n\n- total\n- tip\n"
WRONG = ENTITIES + "\n## Billing\n\n- basic: 10\n- plus: EUR 20\n- free: 0\n- pro\n\n## Nonsense\n"
SPANISH = "# Tienda\n\n## Entidades\n\n### Pedido\n\n- total: dinero\n\n## Facturación\n\n- básico: gratis\n"

Make = Callable[[str], Project]


@pytest.fixture
def make(install: Callable[[str], Path], tmp_path: Path) -> Make:
    """A project with the plugin, and a spec."""

    def make(text: str) -> Project:
        project = Project(folder=tmp_path, sites=(install("billing"),))
        (tmp_path / "spec.md").write_text(text, encoding="utf-8")
        project.enable("billing")
        return project

    return make


def told(project: Project) -> list[tuple[int, str, str, str | None]]:
    """The problems of the spec, by `iopeer check`."""
    done = project.iopeer("check", "spec.md", "--json")
    problems = json.loads(done.stdout)["problems"]
    return [(each["line"], each["code"], each["message"], each["suggestion"]) for each in problems]


def test_they_are_told_with_all_others_by_check_and_generate(make: Make) -> None:
    project = make(WRONG)
    found = told(project)
    assert [each for each in found if "." in each[1]] == [
        (13, "E2.billing", "'tip' is no field of Order", None),
        (18, "E1.billing", "the plan 'plus' has no price", "plus: 20"),
        (19, "W1.billing", "nobody buys a plan for nothing", None),
        (20, "E1.billing", "the plan 'pro' has no price", None),
    ]
    assert [each[0] for each in found if "." not in each[1]] == [22]
    done = project.generate("--json", "--check", "none")
    assert done.returncode == 2
    events = [event["problem"] for event in of_kind(done, "problem")]
    assert [(each["line"], each["code"], each["message"], each["suggestion"]) for each in events] == found


def test_they_are_told_in_the_language_of_the_spec_and_in_another(make: Make) -> None:
    project = make(SPANISH)
    assert told(project) == [(11, "E1.billing", "el plan 'básico' no tiene precio", None)]
    assert "the plan 'básico' has no price" in project.iopeer("check", "spec.md", "--lang", "en").stdout


def test_what_has_one_answer_is_mended(make: Make) -> None:
    project = make(PLAIN + "\n## Billing\n\n- plus: EUR 20\n")
    done = project.iopeer("check", "spec.md", "--fix")
    assert done.returncode == 0, done.stdout
    assert (project.folder / "spec.md").read_text(encoding="utf-8").endswith("- plus: 20\n")


@pytest.mark.parametrize("text", [PLAIN, PLAIN + "\n## Billing\n\n- a: 1\n"])
def test_nothing_is_imported_where_no_such_section_is(make: Make, tmp_path: Path, text: str) -> None:
    note = tmp_path / "imported"
    done = make(text).iopeer("check", "spec.md", BILLING_IMPORTED=str(note))
    assert done.returncode == 0, done.stdout + done.stderr
    assert note.exists() == ("Billing" in text)


def test_a_reader_that_fails_is_told_as_the_plugins(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(PLAIN + "\n## Billing\n\n- a: 1\n")
    broken = project.folder / "broken" / "iopeer_payment_billing"
    broken.mkdir(parents=True)
    (broken / "__init__.py").touch()
    (broken / "manifest.toml").write_bytes((project.sites[0] / "iopeer_payment_billing" / "manifest.toml").read_bytes())
    (broken / "reader.py").write_text("def read(part, entity, spec):\n    print('noise')\n    return 1 / 0\n")
    site = Project(folder=project.folder, sites=(broken.parent, *project.sites))
    done = site.iopeer("check", "spec.md", "--json")
    assert done.returncode == 2
    assert "plugin billing, reader of 'Billing': ZeroDivisionError" in done.stderr
    assert "reader.py:3" in done.stderr
    assert not done.stdout


def test_a_change_that_would_make_one_is_refused() -> None:
    def reader(part: PluginBlock, entity: Entity | None, spec: Spec) -> list[PartProblem]:
        order = spec.entity("order")
        bad = order is None or order.field("note") is None
        at = Span(file="spec.md", line=1, column=1, end_column=2)
        return [PartProblem(code="E1", at=at, messages={"en": "the note is gone"})] if bad else []

    word = Word(kind="section", name="Billing", forms={"en": ("Billing",)}, plugin="billing")
    grammar = Grammar((word,), {("section", "billing", "Billing"): reader})
    text = PLAIN + "\n## Billing\n\n- a: 1\n"
    assert "total" not in edit(text, RemoveField(entity="order", field="total"), grammar=grammar)
    with pytest.raises(SpecError, match="the note is gone"):
        edit(text, RemoveField(entity="order", field="note"), grammar=grammar)
