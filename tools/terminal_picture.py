"""Draws docs/pictures/generate.svg: a real run of `iopeer generate` on the tracker, as a terminal shows it.

Usage: `make picture`. The run is in a temporary folder, in a terminal of its own.
"""

import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from fcntl import ioctl
from io import StringIO
from pathlib import Path
from termios import TIOCSWINSZ

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "generate.svg"
SPEC = "examples/tracker/spec.md"
COMMAND = ("iopeer", "generate", SPEC, "--zip")
WIDTH, HEIGHT = 112, 30
TOKEN = re.compile(
    r"\r|\n|\x1b\[(?P<count>\d*)A|\x1b\[(?P<erase>2K)|\x1b\[\?25[lh]|(?P<text>(?:\x1b\[[\d;]*m|[^\r\n\x1b])+)"
)
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def run(folder: Path) -> str:
    """Gives what the command writes to a terminal of `WIDTH` columns.

    Raises:
        SystemExit: it fails; the message is its output.
    """
    spec = folder / SPEC
    spec.parent.mkdir(parents=True)
    shutil.copy(ROOT / SPEC, spec)
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    program = str(Path(sys.executable).with_name(COMMAND[0]))
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(WIDTH), "LINES": str(HEIGHT)}
    with subprocess.Popen([program, *COMMAND[1:]], cwd=folder, env=variables, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    text = written.decode()
    if process.returncode:
        sys.exit(text)
    return text


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the last writer has gone
        return b""


def screen(written: str) -> list[str]:
    """Gives the lines that are left on the screen, with their colours, once the spinner has been drawn over."""
    lines, row = [""], 0
    for token in TOKEN.finditer(written):
        if token["text"]:
            lines[row] += token["text"]
        elif token["erase"]:
            lines[row] = ""
        elif token["count"] is not None:
            row = max(0, row - int(token["count"] or 1))
        elif token[0] == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
    return lines


def picture(lines: list[str]) -> str:
    """Gives the SVG of a screen; its font is the reader's own, so that nothing is fetched to show it."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi("\n".join(lines).rstrip()))
    return FONT_FACE.sub("", console.export_svg(title="iopeer", unique_id="generate"))


def main() -> None:
    """Runs, draws and writes."""
    with tempfile.TemporaryDirectory() as name:
        drawn = picture(screen(run(Path(name))))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn, encoding="utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
