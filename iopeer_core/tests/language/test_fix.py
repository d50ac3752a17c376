"""`check --fix`: takes the suggestions that have one meaning, and never makes a problem."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from iopeer_core.language import elsewhere
from iopeer_core.language.fix import fix
from iopeer_core.language.reader import read
from iopeer_core.language.vocabulary import lexicon

BROKEN = (Path(__file__).resolve().parents[3] / "tests/specs/broken.md").read_text("utf-8")


def _spec(*fields: str, head: str = "", tail: str = "") -> str:
    facts = "".join(f"- {field}\n" for field in fields)
    return f"# T\n\n{head}## Entities\n\n### User\n\n- email: email\n- name: text\n{facts}\n{tail}"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("x: txt", "x: text"),
        ("x: text, requird", "x: text, required"),
        ("x: texto, unicoo", "x: texto, único"),
        ("x: integer, betwen 1 and 10", "x: integer, between 1 and 10"),
        ("x: decimal, max 7,5 — about 7,5", "x: decimal, max 7.5 — about 7,5"),
        ("x: one of: a, b, c, required", "x: one of: a | b | c, required"),
        ("x: belongs to Usr", "x: belongs to User"),
        ("x: User", "x: belongs to User"),
        ("x: txt, requird, uniqe", "x: text, required, unique"),
        ("x: one of: draft | done, default drafft", "x: one of: draft | done, default draft"),
    ],
)
def test_what_has_one_answer_is_put_right(wrong: str, right: str) -> None:
    assert fix(_spec(wrong))[0] == _spec(right)
    assert fix(_spec(right)) == (_spec(right), 0)


def _cell(type_: str, cell: str) -> str:
    table = f"| name | x |\n|---|---|\n| a | {cell} |\n"
    return f"# T\n\n## Entities\n\n### A\n\n- name: text\n- x: {type_}\n\n## Seeds\n\n### A\n\n{table}"


@pytest.mark.parametrize(
    ("type_", "wrong", "right"),
    [
        ("date", "15/09/2026", "2026-09-15"),
        ("date", "9/15/2026", "2026-09-15"),
        ("date", "5.9.2026", "2026-09-05"),
        ("date", "5/5/2026", "2026-05-05"),
        ("date", "2026/9/5", "2026-09-05"),
        ("date", "15 de septiembre de 2026", "2026-09-15"),
        ("date", "15th September 2026", "2026-09-15"),
        ("date", "Sept 15, 2026", "2026-09-15"),
        ("date", "current_date", "today"),
        ("date", "now", "today"),
        ("time", "9:00", "09:00"),
        ("time", "9:30 pm", "21:30"),
        ("time", "12 am", "00:00"),
        ("time", "9h", "09:00"),
        ("datetime", "2026-08-31T23:59 +2", "2026-08-31 23:59+02:00"),
        ("datetime", "31/08/2026 23:59 UTC", "2026-08-31 23:59Z"),
        ("country", "Germany", "DE"),
        ("country", "España", "ES"),
        ("country", "es", "ES"),
        ("color", "#FFF", "#FFFFFF"),
        ("phone", "(941) 22-33-44", "941 22-33-44"),
        ("phone", '"941223344"', "941223344"),
        ("email", '"ada@example.com"', "ada@example.com"),
    ],
)
def test_a_cell_becomes_the_same_value_as_it_is_written_here(type_: str, wrong: str, right: str) -> None:
    assert fix(_cell(type_, wrong))[0] == _cell(type_, right)
    assert read(_cell(type_, right)).errors == ()


@pytest.mark.parametrize(
    ("type_", "cell"),
    [
        ("date", "05/09/2026"),  # May or September
        ("date", "31/02/2026"),
        ("date", "15/09/26"),
        ("date", "soon"),
        ("time", "9:5"),
        ("time", "13 pm"),
        ("time", "today at nine"),
        ("datetime", "2025-08-31 23:59"),  # where?
        ("datetime", "2025-08-31"),
        ("duration", "2 months"),
        ("duration", "1:30"),
        ("country", "Congo"),
        ("color", "bluish"),
        ("phone", "call me"),
        ("email", "nobody"),
        ("boolean", "perhaps"),
        ("integer", "many"),
    ],
)
def test_a_cell_never_becomes_another_value(type_: str, cell: str) -> None:
    assert fix(_cell(type_, cell)) == (_cell(type_, cell), 0)
    assert len(read(_cell(type_, cell)).errors) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_help_for_another_entity_is_not_written_here(language: str) -> None:
    """A `has one` without its link: the link belongs to the other entity, and the fact stays."""
    lines = {
        "en": ("Entities", "- hive: has one Hive", "in Hive: - Queen: belongs to Queen, unique"),
        "es": ("Entidades", "- colmena: tiene una Hive", "en Hive: - Queen: pertenece a Queen, único"),
    }
    head, fact, told = lines[language]
    text = f"# T\n\n## {head}\n\n### Hive\n\n- code: text\n\n### Queen\n\n- name: text\n{fact}\n"
    (problem,) = read(text).errors
    assert (problem.code, problem.suggestion) == ("E112", told)
    assert fix(text) == (text, 0)
    inverse = {"en": "inverse hive", "es": "inverso colmena"}[language]
    followed = text.replace("- code: text\n", f"- code: text\n{told.partition(': ')[2]}, {inverse}\n")
    assert read(followed).errors == ()


def test_a_fact_never_becomes_another_one() -> None:
    """Two keys are one rule, and no field is lost for it."""
    text = "# T\n\n## Entities\n\n### A\n\n- a: text, primary key\n- b: text, primary key\n- c: text\n"
    assert [problem.code for problem in read(text).errors] == ["E097"]
    assert fix(text) == (text, 0)


@pytest.mark.parametrize("field", ["x: elephant", "x: integer, default many", "name: text", "x: text, matches /[A-Z/"])
def test_what_has_no_answer_stays(field: str) -> None:
    assert fix(_spec(field)) == (_spec(field), 0)


def test_a_name_between_two_others_is_not_guessed() -> None:
    permissions = "#### Permissions\n\n- admix: read\n"
    one, two = (
        "## Roles\n\n" + "".join(f"- {role}\n" for role in roles) + "\n" for roles in (["admin"], ["admin", "admit"])
    )
    assert "- admin: read" in fix(_spec(head=one, tail=permissions))[0]
    assert "- admix: read" in fix(_spec(head=two, tail=permissions))[0]


def test_headings_and_line_ends() -> None:
    text = "# T\r\n\r\n## Entidads\r\n\r\n### A\r\n\r\n- x: text\r\n\r\n#### Opcionnes\r\n\r\n- soft delet: yes"
    mended, count = fix(text)
    assert mended == text.replace("Entidads", "Entidades").replace("Opcionnes", "Opciones").replace("delet:", "delete:")
    assert count == 1  # what stood under the heading was not looked at
    assert read(mended).errors == ()


def test_the_broken_spec_gets_better_and_nothing_gets_worse() -> None:
    mended, count = fix(BROKEN)
    before, after = (Counter((p.line, p.code) for p in read(text).errors) for text in (BROKEN, mended))
    assert count >= 8
    assert not after - before
    assert "- price: money, required" in mended
    assert "- qty: integer, between 1 and 10" in mended
    assert fix(mended) == (mended, 0)


@pytest.mark.shows("include")
def test_problems_of_included_files_are_left_alone() -> None:
    text = "# T\n\n## Include\n\n- part.md\n"
    part = "## Entities\n\n### A\n\n- x: txt\n"

    def load(file: str, glob: str) -> list[tuple[str, bytes]]:
        return [("part.md", part.encode())]

    assert fix(text, load=load) == (text, 0)


def _whole(field: str, *, spanish: bool = False, tail: str = "") -> str:
    if spanish:
        return (
            "# T\n\n## Entidades\n\n### Usuario\n\n- correo: correo\n\n### Tarea\n\n- título: texto\n"
            f"- x: {field}\n- n: entero\n{tail}"
        )
    return (
        "# T\n\n## Roles\n\n- admin\n\n## Entities\n\n### User\n\n- email: email\n\n### Tag\n\n- a: text\n\n"
        f"### Task\n\n- title: text\n- x: {field}\n- n: integer\n{tail}"
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("string", "text"),
        ("bool", "boolean"),
        ("float", "decimal"),
        ("currency", "money"),
        ("timestamp", "datetime"),
        ("image", "url"),
        ("file, required", "url, required"),
        ("percent", "decimal(5,2)"),
        ("Tag", "belongs to Tag"),
        ("tag[]", "many to many Tag"),
        ("string[]", "list of text"),
        ("list of string", "list of text"),
        ("array of url", "list of url"),
        ("enum(low, high)", "one of: low | high"),
        ("select('low', 'high'), required", "one of: low | high, required"),
        ("enum: low, high, default low", "one of: low | high, default low"),
        ("Tag or User", "belongs to Tag | User"),
        ("low or high", "one of: low | high"),
        ("foreign key Tag", "belongs to Tag"),
        ("ForeignKey(Tag)", "belongs to Tag"),
        ("references Tag, not null", "belongs to Tag, required"),
        ("one to one User", "belongs to User, unique"),
        ("varchar(80)", "text, max 80"),
        ("numeric(8,2), not null", "decimal(8,2), required"),
        ("country, default es", 'country, default "ES"'),
        ("color, default #888", 'color, default "#888888"'),
        ("country, default Germany", 'country, default "DE"'),
        ("text, default 'new'", 'text, default "new"'),
        ("text, default «new»", 'text, default "new"'),
        ("boolean, default true", "boolean, default yes"),
        ("datetime, default now()", "datetime, default now"),
        ("date, default current_date", "date, default today"),
        ("integer, default: 5", "integer, default 5"),
        ("integer, default = 5", "integer, default 5"),
        ("integer, default(5)", "integer, default 5"),
        ("integer, 1-5", "integer, between 1 and 5"),
        ("text, max length: 80", "text, max 80"),
        ("text, required: true", "text, required"),
        ("text, nullable", "text, optional"),
        ("belongs to Tag, cascade", "belongs to Tag, on delete cascade"),
        ("text, was old - the old name", "text, was old — the old name"),
    ],
)
def test_what_people_write_elsewhere_is_mended(wrong: str, right: str) -> None:
    assert fix(_whole(wrong))[0] == _whole(right)
    assert not read(_whole(right)).errors


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("cadena", "texto"),
        ("string", "texto"),
        ("bool", "booleano"),
        ("moneda", "dinero"),
        ("fecha hora", "fecha y hora"),
        ("imagen", "enlace"),
        ("porcentaje", "decimal(5,2)"),
        ("Usuario", "pertenece a Usuario"),
        ("clave foránea Usuario", "pertenece a Usuario"),
        ("usuario[]", "muchos a muchos Usuario"),
        ("texto[]", "lista de texto"),
        ("enumerado(bajo, alto)", "uno de: bajo | alto"),
        ("bajo o alto", "uno de: bajo | alto"),
        ("texto, no nulo", "texto, obligatorio"),
        ("país, por defecto Alemania", 'país, por defecto "DE"'),
        ("booleano, por defecto verdadero", "booleano, por defecto sí"),
        ("entero, de 1 a 5", "entero, entre 1 y 5"),
        ("texto, longitud máxima 80", "texto, máximo 80"),
    ],
)
def test_in_spanish_too(wrong: str, right: str) -> None:
    assert fix(_whole(wrong, spanish=True))[0] == _whole(right, spanish=True)
    assert not read(_whole(right, spanish=True)).errors


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("#### Options\n\n- soft delete: true", "#### Options\n\n- soft delete: yes"),
        ("#### Settings\n\n- paranoid: true", "#### Options\n\n- soft delete: yes"),
        ("#### Access\n\n- admin: everything", "#### Permissions\n\n- admin: all"),
        ("#### Permissions\n\n- admin: view, edit", "#### Permissions\n\n- admin: read, update"),
        ("#### Permissions\n\n- everyone: read", "#### Permissions\n\n- public: read"),
        ("#### Constraints\n\n- unique: n", "#### Rules\n\n- unique: n"),
        ("#### Rules\n\n- validate: n >= 1 && n <> 5", "#### Rules\n\n- check: n >= 1 and n != 5"),
        ("#### Rules\n\n- check: n is null or n == 3", "#### Rules\n\n- check: n is empty or n = 3"),
        ('#### Rules\n\n- check: n > 3 - "More"', '#### Rules\n\n- check: n > 3 — "More"'),
    ],
)
def test_blocks_of_elsewhere(wrong: str, right: str) -> None:
    assert fix(_whole("text", tail=f"\n{wrong}\n"))[0] == _whole("text", tail=f"\n{right}\n")


def test_backticks_are_put_where_they_belong() -> None:
    facts = "- ends on: date\n- starts on: date\n\n#### Rules\n\n- check: {} >= {}\n"
    head = "# T\n\n## Entities\n\n### Trip\n\n"
    wrong, right = facts.format("ends on", "starts on"), facts.format("`ends on`", "`starts on`")
    assert fix(head + wrong)[0] == head + right


@pytest.mark.parametrize("field", ["number", "text, computed", "money, calculated from n", "text or number"])
def test_what_has_two_answers_here_is_not_guessed(field: str) -> None:
    assert fix(_whole(field)) == (_whole(field), 0)
    assert read(_whole(field)).errors


def test_a_role_of_the_spec_comes_before_a_word_of_elsewhere() -> None:
    text = _whole("text", tail="\n#### Permissions\n\n- visitor: read\n").replace("- admin\n", "- admin\n- visitor\n")
    assert read(text).errors == ()


def test_each_word_of_elsewhere_is_no_word_here_and_has_one_meaning() -> None:
    words = lexicon()
    for (kind, word), name in elsewhere._table().items():
        found = words.exact(word, kind)  # type: ignore[arg-type] # the table's kinds
        assert found is None or found.word.name == name, (kind, word)
