import re
import shlex
import subprocess
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, EnvVar, Guide, Ignored
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError
from iopeer_core.language.reader import read
from iopeer_core.render.markdown import inline, prose
from iopeer_core.render.renderer import TEMPLATES, Renderer, Source, template_files
from markdown_it import MarkdownIt

SPECS = Path(__file__).parents[3] / "tests" / "specs"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
SHOP = "# Shop\n\n## Entities\n\n### Order\n\n- note: text\n"
HOSTILE = [
    "a|b",
    "<b>x</b>",
    "<script>alert(1)</script>",
    "![x](http://tracker.example/1.png)",
    "[x](javascript:alert(1))",
    "**bold** _it_ ~~no~~ `code",
    "&lt;img&gt;",
    "C:\\path\\",
    "<!-- open",
]


def made(text: str, *more: EnvVar | Guide | Ignored) -> dict[str, str]:
    """The core's own files for a spec."""
    spec = read(text).spec
    assert spec
    files = [Contributed(plugin="iopeer", value=value) for value in (*template_files(TEMPLATES), *more)]
    sources = {"iopeer": Source(folder=TEMPLATES, helpers="iopeer_core.render.readme:helpers")}
    tree = Renderer(
        lambda *_: nullcontext(), Blueprint(plan=Plan(spec=spec), contributions=tuple(files)), sources
    ).render()
    return {path: entry.text for path, entry in tree.files.items()}


def headings(text: str) -> list[str]:
    tokens = MARKDOWN.parse(text)
    return [f"{t.tag[1]} {tokens[i + 1].content}" for i, t in enumerate(tokens) if t.type == "heading_open"]


@pytest.mark.parametrize("name", ["todo", "tracker", "biblioteca"])
def test_reads_as_if_a_careful_person_had_written_it(name: str) -> None:
    guides = Guide(title="Test it", body="Type:\n\n```sh\npytest\n```\n", order=20), Guide(title="Run it", body="Go.")
    text = made((SPECS / f"{name}.md").read_text(), *guides)["README.md"]
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]\n", text)
    assert [h for h in headings(text) if h.startswith("2")][:3] == ["2 Test it", "2 Run it", "2 Data"]
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    assert "iopeer" not in text.lower()


def test_tells_the_fields_the_diagram_and_the_roles() -> None:
    text = made((SPECS / "tracker.md").read_text())["README.md"]
    assert "| due | `due` | date |  |" in text
    assert "| subject | `task_id`, `project_id` | belongs to Task or Project | required;" in text
    assert '    "Project" ||--o{ "Task" : "project"' in text
    assert '    "User" ||--o| "Profile" : "user"' in text
    assert "| guest | can only read |" in text


def test_the_diagram_tells_declared_keys_and_what_links_to_them() -> None:
    text = made(
        "# Shop\n\n## Entities\n\n### Product\n\n- sku: slug, primary key\n### Item\n\n- product: belongs to Product\n"
    )
    diagram = text["README.md"].partition("```mermaid")[2].partition("```")[0].split("\n")
    assert "        slug sku PK" in diagram
    assert "        slug product_id FK" in diagram
    assert [line.split() for line in diagram if " id " in line] == [["integer", "id", "PK"]]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_spec_are_never_markup(words: str) -> None:
    table = f"| a |\n|---|\n| {inline(words)} |\n"
    tokens = MARKDOWN.parse(table)
    children = [child.type for token in tokens for child in token.children or ()]
    assert sum(token.type == "td_open" for token in tokens) == 1
    assert set(children) <= {"text", "text_special"}
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert words in shown


def test_prose_is_markdown_without_html_or_open_blocks() -> None:
    code = "```py\nx = '<b>'\n\n\ny"
    text = prose(f"\n\nSee <https://example.org> and `a < <b>`.\n\n\n\n<script>x</script> <!-- a\n\n{code}")
    assert text == f"See <https://example.org> and `a < <b>`.\n\n&lt;script>x&lt;/script> &lt;!-- a\n\n{code}\n```"
    assert not [t for t in MARKDOWN.parse(text) if t.type.startswith("html")]
    assert prose("2 < 3 & 4_5") == "2 < 3 & 4_5"
    assert prose("") == ""


def test_a_hostile_spec_keeps_the_shape_of_its_readme() -> None:
    entity = "### Task\n\n<img src=x onerror=alert(1)>\n\n- name: text — a | b <b>bold</b> [x](y)\n"
    text = made(f"# A <b>shop</b>\n\n## Entities\n\n{entity}")["README.md"]
    assert not [t for t in MARKDOWN.parse(text) if t.type.startswith("html")]
    assert headings(text) == ["1 A &lt;b>shop&lt;/b>", "2 Data", "3 Task"]


def test_large_diagrams_tell_less_and_at_last_nothing() -> None:
    def spec(count: int) -> str:
        names = [f"{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{chr(97 + n // 676)}thing" for n in range(count)]
        links = "".join(f"\n### {b}\n\n- x: belongs to {a}\n" for a, b in pairwise(names))
        return f"# Big\n\n## Entities\n\n### {names[0]}\n\n- x: text\n{links}"

    assert "id PK" in made(spec(5))["README.md"]
    assert "id PK" not in made(spec(60))["README.md"]
    assert "erDiagram" in made(spec(60))["README.md"]
    assert "mermaid" not in made(spec(1200))["README.md"]


def test_settings_are_lines_that_a_shell_reads() -> None:
    values = {"A": "x", "B": "two words", "C": 'it\'s "so" $1', "D": "sqlite+aiosqlite:///./app.db", "E": "a#b"}
    variables = [EnvVar(name=name, value=value, doc=f"What {name} is.\nMore.") for name, value in values.items()]
    text = made("# Shop\n\n## Entities\n\n### A\n\n- x: text\n", *variables, EnvVar(name="KEY", secret=True))[
        ".env.example"
    ]
    assert "\n\n# What A is.\n# More.\nA=x\n\n" in text
    assert text.endswith("\n\n# KEY=\n")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    read_back = dict(shlex.split(line)[0].split("=", 1) for line in lines)
    assert read_back == {**values, "C": 'it\'s "so" \\$1'}  # the shell alone keeps the backslash of shlex


@pytest.mark.parametrize(("name", "value"), [("A B", "x"), ("A", "x\nB=y"), ("1A", "x"), ("", "x")])
def test_settings_that_are_no_line_are_refused(name: str, value: str) -> None:
    with pytest.raises(PluginError, match=r"cannot be written into a \.env file"):
        EnvVar(name=name, value=value)


def test_git_takes_no_secret_and_nothing_that_running_makes(tmp_path: Path) -> None:
    ignored = (Ignored(pattern="*.db"), Ignored(pattern="node_modules/"))
    app = tmp_path / "app"
    app.mkdir()
    (app / ".gitignore").write_text(made(SHOP, *ignored)[".gitignore"])
    ours = {".env.example", ".iopeer/base.zip", ".iopeer/manifest.json", "README.md", "db/a.py"}
    theirs = {".env", "x.pem", "app.db", "web/node_modules/x/y.js", ".iopeer/demo.json", ".iopeer/journal/0.new"}
    for path in ours | theirs:
        (app / path).parent.mkdir(parents=True, exist_ok=True)
        (app / path).write_text("x")
    subprocess.run(["git", "init", "-q"], cwd=app, check=True)
    taken = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"], cwd=app, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert {*taken} == {*ours, ".gitignore"}
