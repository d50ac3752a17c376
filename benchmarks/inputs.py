"""What the benchmarks are run on: made specs of any size, and made plugins that only have to be there."""

from __future__ import annotations

from pathlib import Path

FIELDS = """- name: text, required, max 120, searchable
- code: text, unique, matches /^[A-Z]{2,6}$/
- notes: markdown
- amount: money, min 0
- count: integer, between 0 and 1000, default 0
- active: boolean, default yes
- starts on: date, indexed
- ends on: date
- status: one of: open | closed | on hold, required, default open
"""


def spec(entities: int) -> str:
    """A spec of that many entities: ten fields each, a link to the one before, a set of another, rules, an index."""
    parts = ["# Made\n\n## Roles\n\n- admin\n- member\n\n## Entities\n"]
    for number in range(entities):
        parts.append(f"\n### Thing {_word(number)}\n\n{FIELDS}")
        if number:
            parts.append(f"- parent: belongs to Thing {_word(number - 1)}\n")
        if number > 1:
            parts.append(f"- peers: many to many Thing {_word(number - 2)}, inverse peers of {_word(number)}\n")
        parts.append("\n#### Rules\n\n- check: `ends on` >= `starts on`\n\n#### Indexes\n\n- status + starts on desc\n")
        parts.append("\n#### Permissions\n\n- admin: all\n- member: create, read, update\n")
    return "".join(parts)


def _word(number: int) -> str:
    """A word of letters for a number: names that end in digits have no plural."""
    letters = ""
    while True:
        number, digit = divmod(number, 20)
        letters = "bcdfghjklmnpqrstvwxz"[digit] + "a" + letters
        if not number:
            return letters + "n"


def plugins(folder: Path, count: int) -> None:
    """Install made plugins into a folder for `PYTHONPATH`: metadata, manifest, a module that fails if imported."""
    for number in range(count):
        name = f"made-{number}"
        package = f"iopeer_made_{number}"
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text("raise RuntimeError('imported')\n")
        (folder / package / "manifest.toml").write_text(
            f'name = "{name}"\ndistribution = "iopeer-ui-{name}"\nkind = "ui"\nsummary = "Made"\ncontract = "1"\n'
            f'[[commands]]\nname = "made-command-{number}"\ncall = "{package}:command"\nsummary = "Nothing"\n'
        )
        info = folder / f"iopeer_ui_made_{number}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: iopeer-ui-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[iopeer.plugins]\n{name} = {package}:Made\n")
