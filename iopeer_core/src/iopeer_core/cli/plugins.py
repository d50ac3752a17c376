"""`iopeer plugins`: what is installed, from the manifests alone: no plugin is imported."""

from __future__ import annotations

import json as json_
import sys
from dataclasses import asdict
from pathlib import Path

from iopeer_core.cli.tables import show
from iopeer_core.errors import UserError
from iopeer_core.plugins.overview import overview


def run(*, json: bool) -> None:
    """Print the plugins of this installation, and which of them the project in the current folder enables."""
    rows, findings = overview(Path())
    for finding in findings:
        told = UserError(f"{finding.what}; so the defaults count as enabled", how=finding.how)
        sys.stderr.write(f"iopeer: {told}\n")
    if json:
        document = {"plugins": [asdict(row) for row in rows]}
        sys.stdout.write(json_.dumps(document, ensure_ascii=False, indent=2) + "\n")
        return
    if not rows:
        sys.stdout.write("No plugin is installed.\n")
        return
    cells = [
        (
            row.name,
            row.version,
            "enabled" if row.enabled else "",
            row.kind,
            ", ".join(row.provides),
            row.problem or row.summary,
        )
        for row in rows
    ]
    show(("plugin", "version", "", "kind", "provides", "what it is"), cells)
