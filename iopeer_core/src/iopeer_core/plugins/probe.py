"""Loads one enabled plugin in this process and says how it went: `python -m iopeer_core.plugins.probe FOLDER NAME`.

A list of failures as JSON goes to standard output after a NUL: the plugin's code may have printed something before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.plugins.config import ProjectConfig, read_config
from iopeer_core.plugins.discovery import discover
from iopeer_core.plugins.loader import make
from iopeer_core.runs.run import Run


def main(folder: str, name: str) -> None:
    """Load the plugin `name` with the settings of the project in `folder`."""
    installed = discover()
    try:
        config = read_config(Path(folder), installed)
    except UserError:
        config = ProjectConfig(plugins=(name,))  # the settings are a finding of their own
    item = installed[name]
    failures = make(item, item.manifest, config, Run(id="probe"))[1] if item.manifest else []
    sys.stdout.write("\0" + json.dumps([{"what": failure.what, "how": failure.how} for failure in failures]))


if __name__ == "__main__":
    main(*sys.argv[1:])
