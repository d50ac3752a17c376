"""Tries an installed plugin in a process of its own: `python -m iopeer_core.market.trial NAME PLUGIN… < SPEC`.

Prints, as JSON after a NUL, what it did that it must not do, and the digest of what it generated.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from traceback import walk_stack
from typing import Any

from iopeer_core.errors import UserError

HEAVY = 250
"""Modules that a plugin may import when it is loaded, beside those of IOPEER."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.bind")
CHANGING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "shutil.rmtree")
STARTING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
HEARD = frozenset(("open", *NETWORK, *CHANGING, *STARTING))


class Watch:
    """Hears what the interpreter does, and keeps what code of a package must leave alone.

    Args:
        package: the folder of the plugin's package: what runs on behalf of a file in it is the plugin's doing.
    """

    def __init__(self, package: Path) -> None:
        self.told: list[str] = []
        self._package = f"{package}{os.sep}"
        self._allowed = (os.path.realpath(tempfile.gettempdir()) + os.sep, os.devnull)
        self._within = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook."""
        if self._within or event not in HEARD:
            return
        self._within = True
        try:
            if self._is_its_doing():
                self._hear(event, arguments)
        finally:
            self._within = False

    def _is_its_doing(self) -> bool:
        return any(frame.f_code.co_filename.startswith(self._package) for frame, _ in walk_stack(None))

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in NETWORK:
            self.told.append("it uses the network")
        elif event in STARTING:
            self.told.append(f"it starts a program: {arguments[0]}")
        elif isinstance(arguments[0], (str, bytes)) and (event != "open" or _writes(arguments)):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(self._allowed) and "__pycache__" not in path:
                self.told.append(f"it writes {path}")


def _writes(arguments: tuple[Any, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    return bool(set(mode) & set("wax+")) if isinstance(mode, str) else bool(isinstance(flags, int) and flags & WRITING)


def main(name: str, *plugins: str) -> None:
    """Generate a spec with the plugin, and print what came of it."""
    from iopeer_core.kit import generate
    from iopeer_core.plugins.discovery import discover

    item = discover()[name]
    folder = item.manifest.folder if item.manifest else Path()
    before = set(sys.modules)
    watch = Watch(folder)
    sys.addaudithook(watch)
    told: list[str] = []
    digest = ""
    try:
        item.entry_point.load()
        brought = {module for module in sys.modules.keys() - before if not module.startswith("iopeer_")}
        if len(brought) > HEAVY:
            told.append(f"loading it imports {len(brought)} modules, more than {HEAVY}: import where they are used")
        made = generate(sys.stdin.read(), [name, *plugins])
        whole = {path: [entry.content.hex(), entry.mode] for path, entry in made.tree.files.items()}
        digest = hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
    except UserError as error:
        told.append(str(error))
    found = {"told": sorted(set(told + watch.told)), "digest": digest}
    sys.stdout.write("\0" + json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
