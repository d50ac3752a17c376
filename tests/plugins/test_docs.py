"""What docs/plugins/README.md shows works, and it shows all there is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from iopeer_core.blueprint import contributions
from iopeer_core.kit import generate as generate_in_memory
from iopeer_core.plugins.manifest import KINDS
from iopeer_core.plugins.signatures import HOOKS, signature
from uv import find_uv_bin

from tests.apps.generate import environment_of
from tests.apps.harness import App, lint, run, types
from tests.projects import Done, Project

FOLDER = Path(__file__).parents[2] / "docs" / "plugins"
PAGE, TUTORIAL = FOLDER / "README.md", FOLDER / "tutorial.md"
TODO = Path(__file__).parents[2] / "examples" / "todo" / "spec.md"
FILE = re.compile(r"^`(?P<path>[\w./{}-]+)`\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PROMISED = re.compile(r"^\| (`\w+`(?:, `\w+`)*) \| `@/([\w/-]+)` \|", re.MULTILINE)
SPEC = re.compile(r"^```markdown\n(?P<text># .*?)^```$", re.MULTILINE | re.DOTALL)


def install(page: Path, count: int, folders: pytest.TempPathFactory) -> Path:
    """The folder in which the plugin of a page is installed."""
    source, site = folders.mktemp("source"), folders.mktemp("site")
    files = {match["path"]: match["text"] for match in FILE.finditer(page.read_text(encoding="utf-8"))}
    assert len(files) == count
    for path, text in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, encoding="utf-8")
    command = [find_uv_bin(), "pip", "install", "--offline", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--python", sys.executable, "--target", str(site), str(source)], check=True)
    return site


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin of the page, installed."""
    return install(PAGE, 5, tmp_path_factory)


def generate(folder: Path, site: Path, spec: str, settings: str) -> Done:
    (folder / "spec.md").write_text(spec, encoding="utf-8")
    (folder / "iopeer.toml").write_text(settings)
    return Project(folder=folder, sites=(site,)).generate("--check", "none")


def test_the_plugin_of_the_page_works(glossary: Path, tmp_path: Path) -> None:
    spec = SPEC.search(PAGE.read_text(encoding="utf-8"))
    assert spec
    done = generate(tmp_path, glossary, spec["text"], 'plugins = ["glossary"]')
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "generated" / "docs" / "glossary.md").read_text()
    assert page.startswith("# Glossary of Shop\n")
    assert "**Basket**: an order that is not sent yet\n" in page
    assert "docs/glossary.md" in (tmp_path / "generated" / "README.md").read_text()


def test_its_setting_and_its_other_language_work(glossary: Path, tmp_path: Path) -> None:
    spec = "# Tienda\n\n## Glosario\n\n- Pedido: algo\n\n## Entidades\n\n### Pedido\n\n- número: entero\n"
    done = generate(tmp_path, glossary, spec, 'plugins = ["glossary"]\n[glossary]\nlink = "none"')
    assert done.returncode == 0, done.stderr
    assert "**Pedido**: algo" in (tmp_path / "generated" / "docs" / "glossary.md").read_text()
    assert "glossary.md" not in (tmp_path / "generated" / "README.md").read_text()


def test_without_it_the_section_is_a_problem(glossary: Path, tmp_path: Path) -> None:
    spec = "# Shop\n\n## Glossary\n\n- Order: x\n\n## Entities\n\n### Order\n\n- number: integer\n"
    done = generate(tmp_path, glossary, spec, "plugins = []")
    assert done.returncode == 2
    assert "spec.md:3" in done.stderr
    assert "Glossary" in done.stderr


def test_the_plugin_of_the_tutorial_works(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    site = install(TUTORIAL, 10, tmp_path_factory)
    spec = TODO.read_text(encoding="utf-8").replace("## Entities", "## App\n\n- languages: en, es\n\n## Entities", 1)
    done = generate(tmp_path, site, spec, 'plugins = ["fastapi", "nextjs", "docker", "feedback"]')
    assert done.returncode == 0, done.stderr
    app = App("todo", tmp_path / "generated", spec)
    environment = environment_of(app.folder)
    lint([app], environment)
    types([app], tmp_path, environment, tmp_path / "known")
    run(app, "tests", ("pytest", "-q", "-x", "-W", "error", "tests/test_feedback.py"), environment)
    assert not app.stage, app.log
    assert (app.folder / "frontend/app/(app)/feedback-summary/page.tsx").exists()
    for language, title in (("en", "Feedback summary"), ("es", "Resumen de opiniones")):
        words = json.loads((app.folder / f"frontend/messages/{language}.json").read_text(encoding="utf-8"))
        assert words["feedback_summary"]["title"] == title


def test_the_frontend_has_what_the_page_promises() -> None:
    tree = generate_in_memory(TODO, ["fastapi", "nextjs"]).tree
    rows = PROMISED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) == 8
    for names, module in rows:
        text = next(
            tree[f"frontend/{module}{end}"].text for end in (".ts", ".tsx") if f"frontend/{module}{end}" in tree
        )
        exported = "\n".join(re.findall(r"^export (?:async )?(?:function|class|type|interface|const|\{).*", text, re.M))
        assert [name for name in re.findall(r"`(\w+)`", names) if not re.search(rf"\b{name}\b", exported)] == []


def test_the_page_shows_every_hook_type_and_key() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for hook in HOOKS:
        assert "`" + signature(hook).removeprefix("def ").replace("|", r"\|") + "`" in page
    types = [
        name
        for name, value in vars(contributions).items()
        if isinstance(value, type) and issubclass(value, contributions.Contribution) and name != "Contribution"
    ]
    assert [name for name in types if f"`{name}`" not in page] == []
    assert ", ".join(KINDS) in page
