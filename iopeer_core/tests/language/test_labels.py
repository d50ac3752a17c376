"""`## Labels`: what is read, what is told, what stays when a spec is written anew or changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.language.changes import ChangeField, RemoveEntity, RemoveField, RenameEntity, RenameField, SpecChange
from iopeer_core.language.edit import edit
from iopeer_core.language.reader import read
from iopeer_core.language.writer import write
from iopeer_core.model.labels import Labels
from iopeer_core.model.spec import Scalar, ScalarType, Spec

SPEC = (Path(__file__).parents[3] / "tests/specs/clinic.md").read_text("utf-8")


def _spec(text: str) -> Spec:
    result = read(text)
    assert [problem.render() for problem in result.problems] == []
    assert result.spec is not None
    return result.spec


@pytest.mark.shows("labels")
def test_labels_are_found_by_what_they_name() -> None:
    spec = _spec(SPEC)
    said = Labels(spec, "es")
    patient, treatment = spec.entity("patient"), spec.entity("treatment")
    assert patient
    assert treatment
    assert (said.singular(patient), said.plural(patient)) == ("paciente", "pacientes")
    assert said.plural(treatment) == "trataciones"
    assert said.text("", "field", "patient", "no_of_visits") == "visitas, número"
    assert said.text("", "field", "patient", "cures") == "curas"
    assert said.text("", "choice", "treatment", "state", "a: b") == "otro"
    assert said.text("", "value", "priority", "high") == "alta"
    assert said.text("", "role", "admin") == "administradora"
    found = said.find("field", "treatment", "start_date")
    assert found
    assert found.doc == "cuándo empieza"
    assert Labels(spec, "en").text("start date", "field", "treatment", "start_date") == "start date"


@pytest.mark.parametrize("language", ["en", "es"])
def test_labels_are_written_as_they_are_read(language: str) -> None:
    spec = _spec(SPEC)
    written = write(spec, language=language)
    assert _spec(written) == spec
    assert written.partition("\n### es\n")[2] == SPEC.partition("\n### es\n")[2]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("- Treatment.strt date: x", ["E135"]),
        ("- Treatment.state.plannd: x", ["E135"]),
        ("- Treatment.priority.low: x", ["E135"]),
        ("- Patient: a, b, c", ["E136"]),
        ("- Treatment.secret:", ["E091"]),
        ("- Treatment.secret", ["E091"]),
        ("- Patient.name: otra", ["E094"]),
        ("- patients.name: otra", ["E094"]),
        ("– Treatment.secret: secreto", ["E029"]),
        ("### fr\n\n- Patient: patiente", ["E134"]),
    ],
)
def test_what_is_wrong_is_told(line: str, codes: list[str]) -> None:
    gap = "" if line.startswith("- ") else "\n"
    assert [problem.code for problem in read(f"{SPEC}{gap}{line}\n").problems] == codes


def test_a_line_right_under_the_section_has_no_language() -> None:
    codes = [problem.code for problem in read(SPEC.replace("### es\n", "")).problems]
    assert codes.count("E015") == 15


def test_a_language_that_lacks_labels_is_told_with_what_it_lacks() -> None:
    text = SPEC.replace("- Treatment.state: estado\n", "").replace("- Priority.low: baja\n", "")
    (problem,) = read(text).problems
    assert (problem.code, problem.line) == ("W210", SPEC.splitlines().index("### es") + 1)
    assert problem.values == {"language": "es", "count": "2", "names": "Treatment.state, Priority.low"}
    without = read(SPEC.partition("## Labels")[0]).problems
    assert [(one.code, one.line, one.values["count"]) for one in without] == [("W210", 5, "15")]
    assert read(SPEC.partition("## Labels")[0].replace("en, es", "en")).problems == ()


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        (RenameEntity(entity="treatment", to="Cure"), "Treatment.state.planned", "- Cure.state.planned: planificado"),
        (
            RenameField(entity="treatment", field="state", to="phase"),
            "- Treatment.state",
            "- Treatment.phase.planned: planificado",
        ),
        (RemoveField(entity="treatment", field="state"), "Treatment.state", "- Treatment.start date: fecha de inicio"),
        (RemoveEntity(entity="treatment"), "Treatment", "- Patient.name: nombre"),
    ],
)
def test_labels_follow_what_they_name(change: SpecChange, gone: str, new: str) -> None:
    text = edit(SPEC, change)
    labels = text.partition("## Labels")[2]
    assert gone not in labels
    assert new in labels
    _spec(text)


def test_choices_that_go_take_their_labels_along() -> None:
    spec = _spec(SPEC)
    entity = spec.entity("treatment")
    old = entity.field("state") if entity else None
    assert old
    plain = type(old)(names=old.names, type=ScalarType(scalar=Scalar.TEXT))
    text = edit(SPEC, ChangeField(entity="treatment", field=plain))
    assert "Treatment.state.planned" not in text
    assert "- Treatment.state: estado" in text
