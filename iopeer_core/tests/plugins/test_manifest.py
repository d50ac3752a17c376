from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.errors import PluginError
from iopeer_core.plugins.manifest import Command, Provided, Required, Term, read_manifest

LEAST = """
name = "audit"
distribution = "iopeer-devops-audit"
kind = "devops"
summary = "Who changed what."
contract = "1"
"""
WHOLE = (
    LEAST
    + """
interface = "2.1"
provides = ["audit.trail", { name = "login", default = true, version = "3" }]
requires = ["backend>=1,<2", "fastapi", "login ~= 1.0"]
conflicts = ["ledger"]
consumes = ["type.*", "section.audit"]
builds = "an audit trail"

[templates]
folder = "templates"
helpers = "audit.helpers:helpers"

[[sections]]
names = { en = ["Audit", "Trail"], es = ["Auditoría"] }
guard = true

[[types]]
names = { en = ["price"] }
lowers_to = "decimal"
precision = 14
scale = 4

[[commands]]
name = "audit"
call = "audit.cli:main"
summary = "Check the chain."
"""
)


def manifest(folder: Path, text: str) -> Path:
    (folder / "templates").mkdir(exist_ok=True)
    path = folder / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_least_manifest(tmp_path: Path) -> None:
    read = read_manifest(manifest(tmp_path, LEAST))
    assert (read.name, read.kind, read.interface, read.provides, read.templates) == ("audit", "devops", "1", (), None)


def test_a_whole_manifest(tmp_path: Path) -> None:
    read = read_manifest(manifest(tmp_path, WHOLE))
    assert read.provides == (
        Provided(name="audit.trail", version="2.1"),
        Provided(name="login", version="3", default=True),
    )
    assert read.requires == (
        Required(name="backend", range=">=1,<2"),
        Required(name="fastapi"),
        Required(name="login", range="~= 1.0"),
    )
    assert read.templates == tmp_path / "templates"
    assert read.sections == (Term(names={"en": ("Audit", "Trail"), "es": ("Auditoría",)}, guard=True),)
    assert (read.types[0].lowers_to, read.types[0].precision, read.types[0].scale) == ("decimal", 14, 4)
    assert read.commands == (Command(name="audit", call="audit.cli:main", summary="Check the chain."),)


MISTAKES = {
    "name is missing": LEAST.replace('name = "audit"', ""),
    "name cannot be 'Audit Log'": LEAST.replace('"audit"', '"Audit Log"'),
    "summary must be a text, it is 3": LEAST.replace('"Who changed what."', "3"),
    "kind cannot be 'plugin'": LEAST.replace('"devops"', '"plugin"'),
    "contract cannot be '2'": LEAST.replace('contract = "1"', 'contract = "2"'),
    "command is unknown here": LEAST + "command = []",
    "requires holds 'the backend'": LEAST + 'requires = ["the backend"]',
    "requires holds '>> 1', which is no range": LEAST + 'requires = ["backend >> 1"]',
    "requires holds '>=one', which is no range": LEAST + 'requires = ["backend>=one"]',
    "requires must be a list": LEAST + 'requires = "backend"',
    "provides holds 3": LEAST + "provides = [3]",
    "[provides 2] defaults is unknown here": LEAST + 'provides = ["a", { name = "b", defaults = true }]',
    "[provides 1] default must be true or false": LEAST + 'provides = [{ name = "b", default = "yes" }]',
    "[templates] folder is 'jinja', which is no folder": LEAST + '[templates]\nfolder = "jinja"',
    "[templates] folder is '..', which is no folder": LEAST + '[templates]\nfolder = ".."',
    "[templates] helpers cannot be 'helpers'": LEAST + '[templates]\nfolder = "templates"\nhelpers = "helpers"',
    "[commands 1] call cannot be 'cli.main'": LEAST + '[[commands]]\nname = "x"\ncall = "cli.main"',
    "[sections 1] names is missing or has no English": LEAST + '[[sections]]\nnames = { es = ["x"] }',
    "[sections 1.names] spanish is no language": LEAST + '[[sections]]\nnames = { en = ["x"], spanish = ["x"] }',
    "[sections 1.names] en is empty": LEAST + "[[sections]]\nnames = { en = [] }",
    "[types 1] lowers_to cannot be 'string'": LEAST + '[[types]]\nnames = { en = ["x"] }\nlowers_to = "string"',
    "[types 1] scale must be a number": LEAST + '[[types]]\nnames = { en = ["x"] }\nlowers_to = "decimal"\nscale = -1',
    "templates must be a table": LEAST + 'templates = "templates"',
    "sections holds 'x'": LEAST + 'sections = ["x"]',
}


@pytest.mark.parametrize(("told", "text"), MISTAKES.items())
def test_every_mistake_is_one_message_with_file_and_key(tmp_path: Path, told: str, text: str) -> None:
    path = manifest(tmp_path, text)
    with pytest.raises(PluginError) as error:
        read_manifest(path)
    assert error.value.what.startswith(told)
    assert error.value.where == str(path)


def test_what_is_no_text_is_a_message_too(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(PluginError, match="cannot be read"):
        read_manifest(path)
