"""Ports of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.blueprint.contributions import Process
from iopeer_core.errors import UserError
from iopeer_core.launch import ports


def test_a_host_without_ports_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOPEER_CACHE", str(tmp_path))
    monkeypatch.setattr(ports, "HOST", "192.0.2.1")  # for documents, nobody's
    process = Process(name="page", component="web", command=("node",), port=4711)
    with (
        pytest.raises(UserError, match=r"no port of 192\.0\.2\.1 can be had"),
        ports.free_ports([process], wanted=True),
    ):
        pass
