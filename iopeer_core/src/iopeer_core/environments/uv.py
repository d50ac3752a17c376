"""Runs uv, and says its failures in the user's words."""

from __future__ import annotations

import re
import ssl
import subprocess

from uv import find_uv_bin

from iopeer_core.environments.cache import cache_root
from iopeer_core.errors import UserError
from iopeer_core.surroundings import environment

EXPLAINED = (
    (
        r"error sending request|client error|dns error|tcp connect|timed out|Network connectivity is disabled",
        "a package index cannot be reached",
        "connect to the network and try again; once fetched, packages are kept and need it no more",
    ),
    (r"No space left on device", "the disk is full", "make room, or name another folder in IOPEER_CACHE"),
    (r"Hash mismatch", "a package is not the one that was locked", "lock again if the new one is to be trusted"),
    (r"No solution found", "the requirements cannot be met together", "change one of those versions"),
    (r"No interpreter found", "there is no such Python here", "install it, or name another one"),
)
"""What uv may say, as a pattern; what it means; what the user can do."""


class UvError(UserError):
    """uv ended with an error; `what` says it in a sentence, followed by uv's own words."""


def uv(*arguments: str, given: str = "") -> str:
    """Run uv on the cache's own store: without the network where that is enough, else with it.

    Args:
        arguments: a subcommand and what follows.
        given: its standard input.

    Returns:
        Its standard output.

    Raises:
        UvError: it failed, in the way that its message says.
    """
    if "UV_OFFLINE" not in environment():
        offline = _run("--offline", *arguments, given=given)
        if offline.returncode == 0:
            return offline.stdout
    ended = _run(*arguments, given=given)
    if ended.returncode != 0:
        raise _explained(ended.stderr)
    return ended.stdout


def _run(*arguments: str, given: str) -> subprocess.CompletedProcess[str]:
    store = cache_root() / "uv"  # on the file system of the environments: packages are linked into them, not copied
    variables = {**environment(), "NO_COLOR": "1", "UV_NO_PROGRESS": "1"}
    if ssl.get_default_verify_paths().cafile:  # a company's own authority is trusted by its machines, not by uv's list
        variables.setdefault("UV_SYSTEM_CERTS", "1")
    return subprocess.run(
        [find_uv_bin(), "--cache-dir", str(store), *arguments],
        cwd="/",  # far from any project whose settings uv would take for ours
        env=variables,
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        close_fds=False,  # so that uv holds the cache's lock as long as it works there
    )


def _explained(told: str) -> UvError:
    told = told.strip()
    for pattern, what, how in EXPLAINED:
        if re.search(pattern, told, re.IGNORECASE):
            return UvError(f"{what}\n{told}", how=how)
    return UvError(f"uv failed\n{told}", how="read uv's words above")
