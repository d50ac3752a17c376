"""Runs a product in its containers: what `iopeer up --with docker` does."""

from __future__ import annotations

import subprocess
from pathlib import Path

from iopeer_core.errors import UserError

COMPOSE = "docker-compose.yml"
SECRETS = "docker/init-env.sh"


def up(folder: Path) -> int:
    """Build a product's images and run them until Ctrl-C; gives the exit code.

    Args:
        folder: the product's.

    Raises:
        UserError: it has no compose file, Docker does not answer, or its secrets cannot be made.
    """
    if not (folder / COMPOSE).is_file():
        raise UserError(
            f"{folder} has no {COMPOSE}", how='generate it with "docker" among the `plugins` of iopeer.toml'
        )
    _ask("version", "--format", "{{.Server.Version}}", missing="no Docker engine answers", how="start Docker")
    _ask("compose", "version", missing="Docker has no Compose", how="install its plugin, docker-compose-plugin")
    made = subprocess.run(["sh", SECRETS], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S607 - any POSIX shell
    if made.returncode:
        raise UserError(
            f"{SECRETS} cannot make the secrets in .env: {_last_words(made)}", where=str(folder),
            how="mend what it says, or generate the product again",
        )  # fmt: skip
    try:
        return subprocess.run(["docker", "compose", "up", "--build"], cwd=folder, check=False).returncode  # noqa: S607 - as PATH has it
    except KeyboardInterrupt:
        return 0  # Compose got it too, and has stopped the containers


def _ask(*arguments: str, missing: str, how: str) -> None:
    """Run a command of Docker that only answers.

    Raises:
        UserError: it does not; with Docker's own words.
    """
    try:
        done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)  # noqa: S607 - as PATH has it
    except OSError as error:
        raise UserError("Docker is not installed", how="install it, or use `iopeer up` without `--with`") from error
    if done.returncode:
        raise UserError(f"{missing}: {_last_words(done)}", how=f"{how}, or use `iopeer up` without `--with`")


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"
