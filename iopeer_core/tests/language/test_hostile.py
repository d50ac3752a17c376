"""Input that means harm, or that no editor would make: always problems, never a traceback, never long."""

from __future__ import annotations

import random
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from iopeer_core.cli.check import _mend
from iopeer_core.cli.problems import show
from iopeer_core.language.problems import MOST
from iopeer_core.language.reader import read, read_file
from iopeer_core.language.vocabulary import CORE
from iopeer_core.model.patterns import fault

HEAD = "# Shop\n\n## Entities\n\n### Thing\n\n"
TRACKER = (Path(__file__).parents[3] / "tests" / "specs" / "tracker.md").read_text("utf-8")


def codes(text: str | bytes) -> set[str]:
    return {problem.code for problem in read(text).problems}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"# Shop\n\xff\xfe", "E001"),
        (HEAD.encode("utf-16"), "E001"),
        (b"x" * 10_000_000, "E003"),
        (b"# " + b"x" * 30_000, "E004"),
        (HEAD.encode() + b"- title\0: text\n", "E005"),
        (HEAD.encode() + b"- ti\x1btle: text\n", "E005"),
        (HEAD.encode() + "- ti\u200btle: text\n".encode(), "E005"),
        (HEAD.encode() + "- ti\u202etle: text\n".encode(), "E006"),
        (b"|" * 100 + b"\n" + (b"|" * 900 + b"\n") * 200, "E007"),
        (b"# x\n" * 100_000, "E009"),
        (bytes(range(256)) * 50, "E001"),
        (b"", "E008"),
        (HEAD.encode() + b"".join(b"- a%d: text\n" % i for i in range(1_001)), "E019"),
    ],
)
def test_bytes(data: bytes, code: str) -> None:
    assert codes(data) == {code}


def test_a_problem_points_at_the_byte_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "spec.md"
    path.write_bytes(HEAD.encode() + b"- t\xe9: text\n")
    (problem,) = read_file(path).problems
    assert (problem.line, problem.values["byte"]) == (7, "0xe9")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_mean_nothing(end: str, mark: str) -> None:
    text = mark + TRACKER.replace("\n", end)
    assert read(text.encode()).spec == read(TRACKER).spec


def test_lone_surrogates_are_a_problem() -> None:
    assert codes(HEAD + "- ti\ud800tle: text\n") == {"E005"}


MANY = 3_000
LONG = 19_000


@pytest.mark.parametrize(
    "text",
    [
        "# x\n" * MANY,
        HEAD + "### x\n" * MANY,
        HEAD + "".join(f"- a{i}: belongs to Thing\n" for i in range(MANY)),
        HEAD + "".join(f"- a{i}: txet, requird, indxed\n" for i in range(MANY)),
        HEAD + ("- " * 30 + "x\n") * MANY,
        HEAD + ("> " * 30 + "x\n") * MANY,
        HEAD + ">" * LONG,
        HEAD + "- a: " + "(" * LONG,
        HEAD + "- a: " + '"' * (LONG + 1),
        HEAD + "- a: " + "`" * (LONG + 1),
        HEAD + "- a: text, matches " + "/" * LONG,
        HEAD + "- a: text, matches " + "\\" * LONG,
        HEAD + "- a: text " + "-- " * (LONG // 3),
        HEAD + "- a: text" + ",requird" * (LONG // 8),
        HEAD + "- a: one of: " + "|" * LONG,
        HEAD + "- a: text\n\n" + ("- b: text " + "<!-- " * (LONG // 5) + "\n") * 20,
        HEAD + "- a: integer\n\n#### Rules\n\n- check: " + "(" * 9_000 + "a = 1" + ")" * 9_000,
        HEAD + "- a: integer\n\n#### Rules\n\n- check: " + "not " * 4_000 + "a = 1",
        HEAD + "- a: integer\n\n#### Permissions\n\n" + ("- public: read where " + "own only " * 2_000 + "\n") * 20,
        HEAD + "- a: text\n\n## Seeds\n\n### Thing\n\n" + "|a" * 900 + "|\n" + "|-" * 900 + "|\n" + "|b" * 900 + "|\n",
        HEAD + "- a: text\n" + "  b\n" * MANY,
        HEAD + '- a: json, default "' + "[" * LONG + '"',
        HEAD + "- a: text, max " + "9" * LONG,
        HEAD + "- a: decimal(" + "9" * 5_000 + "," + "9" * 5_000 + ")",
        HEAD + "- a: integer, default " + "9" * 5_000,
        HEAD + "- " + "ñ" * LONG + ": text",
    ],
    ids=range(26),
)
@pytest.mark.timeout(60)  # what is quadratic takes minutes here
def test_large_input_answers_soon(text: str) -> None:
    problems = read(text).problems
    assert len(problems) <= MOST
    assert all(problem.message and problem.render("x" * 10) for problem in problems)


@pytest.mark.parametrize(
    "expression",
    [" or ".join(f"a = {n}" for n in range(1_200)), f"a in ({', '.join(map(str, range(3_000)))})", "a = 1 and " * 400],
)
def test_an_expression_is_as_long_as_people_write_them(expression: str) -> None:
    assert codes(HEAD + f"- a: integer\n\n#### Rules\n\n- check: {expression}\n") == {"E099"}


def test_long_expressions_are_read() -> None:
    terms = " or ".join(f"a = {n}" for n in range(100))
    values = ", ".join(map(str, range(500)))
    assert codes(HEAD + f"- a: integer\n\n#### Rules\n\n- check: {terms}\n- check: a in ({values})\n") == set()


def test_a_large_file_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of 4 GB, of holes: neither `check` nor `--fix` holds more of it than a spec may have."""
    path = tmp_path / "spec.md"
    path.write_text("# S\n")
    with path.open("r+b") as stream:
        stream.truncate(4_000_000_000)
    monkeypatch.setattr(Path, "read_bytes", None)
    monkeypatch.setattr(Path, "read_text", None)
    tracemalloc.start()
    result = read_file(path)
    shown = list(show(result.problems, tmp_path, color=False))
    assert _mend(path, CORE) == 0
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [problem.code for problem in result.problems] == ["E003"]
    assert shown
    assert most < 20_000_000


def test_included_files_are_not_read_whole_either(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text("# S\n\n## Include\n\n- part*.md\n")
    for number in range(40):
        (tmp_path / f"part{number}.md").write_bytes(b"x" * 1_000_000)
    tracemalloc.start()
    assert "E003" in {problem.code for problem in read_file(tmp_path / "spec.md").problems}
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_a_ring_of_symbolic_links_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text("# S\n\n## Include\n\n- a.md\n- *.md\n- d/**/*.md\n")
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    (tmp_path / "d").symlink_to(tmp_path, target_is_directory=True)
    assert {problem.code for problem in read_file(tmp_path / "spec.md").errors} >= {"E132"}


def test_no_error_is_left_out_for_warnings() -> None:
    result = read(HEAD + "- a: text\n" + "b\n" * MOST + "\n- c: txt\n")
    assert "E040" in {problem.code for problem in result.errors}
    assert result.spec is None


@pytest.mark.parametrize(
    "name",
    ["class", "select", "import", "function", "None", "self", "metadata", "order", "__init__", "a/../../b", "type"],
)
def test_reserved_words_of_languages_are_names_like_others(name: str) -> None:
    spec = read(HEAD + f"- {name}: text\n- other: text\n\n### {name}\n\n- x: text\n").spec
    assert spec
    assert all(item.name.isidentifier() for entity in spec.entities for item in entity.fields)


GOOD = [
    r"^[A-Z]{2,6}$", r"^[0-9]{10,13}$", r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^[^@]+@[^@]+\.[^@]+$", r"^\w+ \w+ \w+ \w+$",
    r"^([0-9]{1,3}\.){3}[0-9]{1,3}$", r"^(a|b)+$", r"^\+?[0-9 ().-]{3,30}$", r"^[A-Z]{3}-\d{4}$", r"^(ab?)+$", r"^.*$",
    r"^(\d{3})+$", r"^[A-Za-zÀ-ÿ]+$", r"[\]\-]", r"^[\w.-]+@[\w.-]+$", r"a{3,}", r"a*?b", r"(?:x|y)z", r"",
]  # fmt: skip
BAD = {
    "E058": [r"[A-Z", r"(x", r"x)", r"*", "\\", r"[z-a]", r"a{3,2}"],
    "E059": [
        r"^(a+)+$",
        r"(a|a)*",
        r"(a*)*",
        r"(a|ab)*c",
        r"(\w+\s?)+$",
        r"(.*a){20}",
        r".*.*.*x",
        r"(a?){50}a{50}",
        r"(x+x+)+y",
    ],
    "E060": [
        r"\bword\b",
        r"(?=x)",
        r"(?<!x)y",
        r"a{300}",
        r"a*+",
        r"\1",
        r"(?P<a>x)",
        r"(?i)x",
        r"[[:alpha:]]",
        r"\p{L}",
        r"[a&&b]",
        r"{",
        r"[\D]",
        "(" * 30 + ")" * 30,
        "a" * 501,
        r"[]",
        r"\x41",
        r"a]",
    ],
}


@pytest.mark.parametrize("pattern", GOOD)
def test_good_patterns(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize(("pattern", "code"), [(pattern, code) for code in BAD for pattern in BAD[code]])
def test_bad_patterns(pattern: str, code: str) -> None:
    found = fault(pattern)
    assert found
    assert found.code == code


@given(st.text(alphabet="ab.*+?()[]{}|\\^$-,/12dw:=<", max_size=24))
def test_patterns_that_pass_are_python_s_too(pattern: str) -> None:
    if fault(pattern) is None:
        re.compile(pattern)


PIECES = [
    *TRACKER.splitlines(),
    "- ",
    "#### ",
    "### ",
    "## ",
    "# ",
    "|",
    "`",
    '"',
    "(",
    ")",
    " — ",
    ",",
    ":",
    "\t",
    "  ",
    "<!--",
    "```",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40), st.randoms(use_true_random=False)
)
def test_any_mixture_of_pieces_is_answered(pieces: list[str], chance: random.Random) -> None:
    text = "".join(piece + chance.choice(["", "\n", "\n\n", " "]) for piece in pieces)
    for problem in read(text).problems:
        assert problem.message
        assert problem.line >= 0
        assert problem.column <= problem.end_column


@pytest.mark.parametrize("seed", range(40))
def test_one_changed_line_is_reported_there_or_after(seed: int) -> None:
    """A line with characters dropped, doubled or swapped: read, or a problem; never an exception."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines = TRACKER.splitlines()
    at = chance.randrange(len(lines))
    line = list(lines[at])
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(line) + 1)
        line[place : place + chance.randint(0, 2)] = chance.choice(["", ",", '"', "(", "|", "x", "#", "\\", "é"])
    lines[at] = "".join(line)
    for problem in read("\n".join(lines)).problems:
        assert problem.message
