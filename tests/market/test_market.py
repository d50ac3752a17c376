"""`iopeer add plugin` and its kin, with real wheels, a real environment and uv; indexes of packages are never asked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress

import pytest

from tests.market.conftest import Home
from tests.market.wheels import index, plugin, wheel

ENABLED = '# What we build with.\nplugins = [\n  "fastapi", # the backend\n]\n\n[fastapi] # nothing yet\n'


@pytest.fixture
def shop(home: Home) -> Home:
    """An index with one plugin of two versions, which brings a package."""
    words = wheel(home.wheels, "greeter-words", "2.1", {"greeter_words.py": "HELLO = 'hello'\n"})
    manifest = 'builds = "a greeting"\n[[sections]]\nnames = { en = ["Greeting"], es = ["Saludo"] }\n'
    made = [plugin(home.wheels, "greeter", version, manifest=manifest) for version in ("1.0", "1.1")]
    index(home.shop, *made, brings={"greeter": (words,)})
    return home


def test_a_plugin_is_added_and_removed(shop: Home) -> None:
    shop.write("iopeer.toml", ENABLED)
    added = shop.iopeer("add", "plugin", "greeter")
    assert added.returncode == 0, added.stderr
    assert "greeter 1.1" in added.stdout
    assert "greeter-words 2.1" in added.stdout
    assert "## Saludo" in added.stdout
    assert shop.packages() == {"iopeer_ui_greeter-1.1", "greeter_words-2.1"}
    assert shop.read("iopeer.toml") == ENABLED.replace("backend\n", 'backend\n  "greeter",\n')
    assert 'version = "1.1"' in shop.read("iopeer.lock")
    rows = {row["name"]: row for row in json.loads(shop.iopeer("plugins", "--json").stdout)["plugins"]}
    assert rows["greeter"]["enabled"]

    again = shop.iopeer("add", "plugin", "greeter")
    assert (again.returncode, "already" in again.stdout) == (0, True)

    removed = shop.iopeer("remove", "plugin", "greeter", "--uninstall")
    assert removed.returncode == 0, removed.stderr
    assert shop.packages() == set()
    assert shop.read("iopeer.toml") == ENABLED
    assert not (shop.folder / "iopeer.lock").exists()


def test_a_project_without_settings_gets_some(shop: Home) -> None:
    assert shop.iopeer("add", "plugin", "iopeer-ui-greeter", "--version", "1.0").returncode == 0
    assert shop.read("iopeer.toml") == 'plugins = ["docker", "fastapi", "nextjs", "greeter"]\n'
    assert shop.packages() == {"iopeer_ui_greeter-1.0", "greeter_words-2.1"}
    assert "greeter  1.0        1.1" in shop.iopeer("plugins", "outdated").stdout


def test_sync_installs_what_is_locked(shop: Home) -> None:
    shop.iopeer("add", "plugin", "greeter", "--version", "1.0")
    shop.iopeer("remove", "plugin", "greeter", "--uninstall")
    shop.iopeer("add", "plugin", "greeter", "--version", "1.0")
    site = next(shop.python.parent.parent.glob("lib/python*/site-packages"))
    for path in site.glob("*greeter*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = shop.iopeer("sync")
    assert done.returncode == 0, done.stderr
    assert shop.packages() == {"iopeer_ui_greeter-1.0", "greeter_words-2.1"}
    assert "is installed" in shop.iopeer("sync").stdout


def test_what_can_be_added_is_listed(shop: Home) -> None:
    shop.write("spec.md", "# Shop\n\n## Saludo\n")
    listed = shop.iopeer("plugins").stdout
    assert "greeter  1.1      ui    Says hello. (spec.md has `## Saludo`)" in listed
    assert "greeter" in shop.iopeer("plugins", "search", "HELLO").stdout
    assert "nothing about" in shop.iopeer("plugins", "search", "payments").stdout
    assert "1.1, 1.0" in shop.iopeer("plugins", "info", "greeter").stdout
    broken = shop.iopeer("plugins", IOPEER_INDEX="/nowhere/registry.json")
    assert (broken.returncode, "cannot be read" in broken.stderr, "fastapi" in broken.stdout) == (0, True, True)


REFUSED = {
    ("greetr",): "did you mean 'greeter'?",
    ("greeter", "--version", "3.0"): "no version 3.0",
    ("withdrawn",): "was withdrawn: it loses rows",
    ("rival",): "provides 'login', and so does 'other'",
    ("foe",): "conflicts with 'fastapi'",
    ("lonely",): "needs 'search', which no enabled plugin gives",
    ("heavy",): "and IOPEER runs on pydantic",
    ("tomorrow",): "is for version 2 of the hooks",
    ("tampered",): "not the one that was locked",
    ("missing",): "cannot be installed",
    ("bearer",): "not the one that was locked",
}


def test_what_must_not_be_installed_is_refused(home: Home) -> None:
    words = wheel(home.wheels, "greeter-words", "2.1", {"greeter_words.py": "HELLO = 'hello'\n"})
    said = {
        "other": 'provides = ["login"]',
        "rival": 'provides = ["login"]',
        "foe": 'conflicts = ["fastapi"]',
        "lonely": 'requires = ["search"]',
    }
    names = ("greeter", "withdrawn", *said, "tomorrow", "tampered", "missing", "bearer")
    made = [plugin(home.wheels, name, manifest=said.get(name, "")) for name in names]
    made.append(plugin(home.wheels, "heavy", needs=("pydantic<2",)))
    (home.shop / "registry" / "withdrawn").mkdir(parents=True)
    (home.shop / "registry" / "withdrawn" / "1.0.yanked").write_text("it loses rows\n")
    path = index(home.shop, *made, brings={"bearer": (words,)})
    document = json.loads(path.read_text())
    for release in document["releases"]:
        release["contract"] = "2" if release["name"] == "tomorrow" else "1"
    path.write_text(json.dumps(document))
    wheel(home.wheels, "greeter-words", "2.1", {"greeter_words.py": "HELLO = 'bye'\n"})
    plugin(home.wheels, "tampered", manifest='builds = "something else"')
    next(home.wheels.glob("*missing*")).unlink()
    assert home.iopeer("add", "plugin", "other").returncode == 0
    before = (home.read("iopeer.toml"), home.read("iopeer.lock"), home.packages())

    for arguments, told in REFUSED.items():
        done = home.iopeer("add", "plugin", *arguments, UV_OFFLINE="1")
        assert (done.returncode, told in done.stderr, "help:" in done.stderr) == (2, True, True), done.stderr
        assert (home.read("iopeer.toml"), home.read("iopeer.lock"), home.packages()) == before


def test_what_was_killed_goes_on(shop: Home) -> None:
    shop.write("iopeer.toml", ENABLED)
    started = time.monotonic()
    shop.iopeer("add", "plugin", "greeter")
    whole = time.monotonic() - started
    for part in (0.4, 0.6, 0.7, 0.8, 0.9):
        assert shop.iopeer("remove", "plugin", "greeter", "--uninstall").returncode == 0
        begun = shop.start("add", "plugin", "greeter")
        with suppress(subprocess.TimeoutExpired):
            begun.wait(part * whole)
        with suppress(ProcessLookupError):
            os.killpg(begun.pid, signal.SIGKILL)
        begun.wait()
        assert shop.read("iopeer.toml") in {ENABLED, ENABLED.replace("backend\n", 'backend\n  "greeter",\n')}
        done = shop.iopeer("add", "plugin", "greeter")
        assert done.returncode == 0, done.stderr
    assert shop.iopeer("doctor").returncode == 0
    assert shop.packages() == {"iopeer_ui_greeter-1.1", "greeter_words-2.1"}


def test_an_index_that_is_none_is_said(home: Home) -> None:
    (home.shop / "registry.json").write_text('{"format": 2, "releases": []}')
    done = home.iopeer("add", "plugin", "greeter")
    assert (done.returncode, "no index of plugins: format" in done.stderr) == (2, True), done.stderr
    done = home.iopeer("add", "plugin", "greeter", IOPEER_INDEX="https://127.0.0.1:9/registry.json")
    assert (done.returncode, "cannot be reached" in done.stderr) == (2, True), done.stderr


def test_what_others_need_stays(shop: Home) -> None:
    plugin(shop.wheels, "choir", manifest='requires = ["greeter"]')
    index(shop.shop, *shop.wheels.glob("iopeer_ui_choir*"))
    assert shop.iopeer("add", "plugin", "greeter").returncode == 0
    assert shop.iopeer("add", "plugin", "choir").returncode == 0
    before = shop.read("iopeer.toml")
    done = shop.iopeer("remove", "plugin", "greeter")
    assert (done.returncode, "remove 'choir' first" in done.stderr) == (2, True), done.stderr
    assert shop.read("iopeer.toml") == before
    part = shop.iopeer("remove", "plugin", "fastapi", "--uninstall")
    assert (part.returncode, "iopeer" in part.stderr) == (2, True)


def test_the_table_of_what_goes_becomes_a_comment(shop: Home) -> None:
    shop.write("iopeer.toml", 'plugins = ["fastapi"]\n')
    shop.iopeer("add", "plugin", "greeter")
    shop.write("iopeer.toml", shop.read("iopeer.toml") + '\n[greeter]\nword = "hi" # ours\n\n[fastapi]\n')
    assert shop.iopeer("remove", "plugin", "greeter", "--uninstall").returncode == 0
    assert shop.read("iopeer.toml").endswith('\n# [greeter]\n# word = "hi" # ours\n\n[fastapi]\n')
    assert shop.iopeer("plugins").stderr == ""
