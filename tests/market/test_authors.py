"""From nothing to a plugin of one's own: begun, examined, enabled; and what is wrong with one is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.market.conftest import Home

PACKAGE = Path("iopeer-ui-hello")
SOURCE = PACKAGE / "src" / "iopeer_ui_hello"
SPEC = "# Shop\n\n## Entities\n\n### Product\n\n- name: text, required\n"


@pytest.mark.slow
def test_three_commands_to_a_plugin_of_ones_own(home: Home) -> None:
    home.write("spec.md", SPEC)
    home.write("iopeer.toml", 'plugins = ["fastapi"]\n')
    begun = home.iopeer("plugin", "new", "hello", "--kind", "ui")
    assert begun.returncode == 0, begun.stderr
    checked = home.iopeer("plugin", "check", str(PACKAGE), "--json", "--no-app")
    assert checked.returncode == 0, checked.stdout
    assert json.loads(checked.stdout)["ok"]
    used = home.iopeer("plugin", "dev", str(PACKAGE), "--once")
    assert used.returncode == 0, used.stderr
    assert home.read("iopeer.toml") == 'plugins = ["fastapi", "hello"]\n'
    made = home.iopeer("generate", "spec.md", "--check", "none")
    assert made.returncode == 0, made.stderr
    assert "- Product" in home.read("generated/docs/hello.md")

    entry = home.iopeer("plugin", "publish", str(PACKAGE), "--dry-run")
    assert entry.returncode == 0, entry.stderr
    assert json.loads(home.read("registry/hello/0.1.0.json"))["kind"] == "ui"
    again = home.iopeer("plugin", "publish", str(PACKAGE), "--dry-run")
    assert again.returncode == 0, "the same wheel is the same entry"
    _replace(home.folder / SOURCE / "plugin.py", "order=80", "order=81")
    changed = home.iopeer("plugin", "publish", str(PACKAGE), "--dry-run")
    assert (changed.returncode, "raise the version" in changed.stderr) == (2, True)


def test_a_name_that_is_none_and_a_folder_that_is_there(home: Home) -> None:
    assert "small letters" in home.iopeer("plugin", "new", "Hello You").stderr
    assert "there is no kind 'tool'" in home.iopeer("plugin", "new", "hello", "--kind", "tool").stderr
    (home.folder / PACKAGE).mkdir()
    done = home.iopeer("plugin", "new", "hello", "--kind", "ui")
    assert (done.returncode, "is there already" in done.stderr) == (2, True)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


HOOK = '        yield from template_files(Path(__file__).parent / "templates")'


def _in_hook(line: str) -> Callable[[Path], None]:
    return lambda root: _replace(root / "src/iopeer_ui_hello/plugin.py", HOOK, f"        {line}\n{HOOK}")


def _in(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: _replace(root / path, old, new)


def _without_tests(root: Path) -> None:
    (root / "tests").rename(root / "trials")


MANY = "asyncio, http.server, httpx, markdown_it, rich.console, rich.markdown, sqlite3, tomlkit, unittest.mock, xml.sax"
"""Packages that IOPEER itself starts without."""
BROKEN: dict[str, Callable[[Path], None]] = {
    "has no manifest.toml": lambda root: (root / "src/iopeer_ui_hello/manifest.toml").unlink(),
    "this is not TOML|is not TOML": _in("src/iopeer_ui_hello/manifest.toml", 'kind = "ui"', "kind = ui"),
    "kind cannot be 'tool'": _in("src/iopeer_ui_hello/manifest.toml", 'kind = "ui"', 'kind = "tool"'),
    "contract cannot be '9'": _in("src/iopeer_ui_hello/manifest.toml", 'contract = "1"', 'contract = "9"'),
    "the package is 'iopeer-ui-hi'": _in("pyproject.toml", 'name = "iopeer-ui-hello"', 'name = "iopeer-ui-hi"'),
    "is called iopeer-payment-hello": _in("src/iopeer_ui_hello/manifest.toml", 'kind = "ui"', 'kind = "payment"'),
    "SyntaxError": _in("src/iopeer_ui_hello/plugin.py", "@hookimpl", "@hookimpl("),
    "after_plans": _in("src/iopeer_ui_hello/plugin.py", "def after_plan(", "def after_plans("),
    "plan": _in("src/iopeer_ui_hello/plugin.py", "plan: Plan", "plan: str"),
    "ended the process": _in("src/iopeer_ui_hello/__init__.py", '"""', 'import os\nos._exit(3)\n"""'),
    "it writes /": _in_hook('Path.home().joinpath(".hello-was-here").write_text("x")'),
    "it uses the network": _in_hook('__import__("socket").create_connection(("127.0.0.1", 9), 1)'),
    "it starts a program": _in_hook('__import__("subprocess").run(["true"])'),
    "two runs of one spec differ": _in("src/iopeer_ui_hello/plugin.py", 'f"{self', 'f"{hash(self.name)} {self'),
    "loading it imports": _in("src/iopeer_ui_hello/plugin.py", "from pathlib", f"import {MANY}\nfrom pathlib"),
    "failed": _in("tests/test_plugin.py", "Servus!", "Ciao!"),
    "it has no tests": _without_tests,
    "config": _in("src/iopeer_ui_hello/config.py", 'greeting: str = "Hello"', "greeting: str"),
    "nothing builds|unknown": _in("src/iopeer_ui_hello/manifest.toml", 'contract = "1"', 'contract = "1"\nbuild = "x"'),
    "no enabled plugin gives": _in(
        "src/iopeer_ui_hello/manifest.toml", 'contract = "1"', 'contract = "1"\nrequires = ["search"]'
    ),
}  # fmt: skip


@pytest.fixture
def begun(home: Home) -> Iterator[Path]:
    home.iopeer("plugin", "new", "hello", "--kind", "ui")
    yield home.folder / PACKAGE
    (Path.home() / ".hello-was-here").unlink(missing_ok=True)


@pytest.mark.long
@pytest.mark.parametrize("reason", BROKEN)
def test_what_is_broken_is_refused_for_its_own_reason(home: Home, begun: Path, reason: str) -> None:
    BROKEN[reason](begun)
    done = home.iopeer("plugin", "check", str(PACKAGE), "--no-app")
    assert done.returncode in {1, 2}, done.stdout
    assert any(word in done.stdout + done.stderr for word in reason.split("|")), done.stdout + done.stderr
