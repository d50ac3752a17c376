"""Regexes of users: which are understood alike by Python, JavaScript and PostgreSQL, and match in bounded time."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a regex is refused: the problem's code, and the part of it that is meant."""

    code: str
    part: str


def fault(pattern: str) -> Fault | None:
    """What is wrong with a pattern, or none."""
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return Fault("E058", str(error))
    return None
