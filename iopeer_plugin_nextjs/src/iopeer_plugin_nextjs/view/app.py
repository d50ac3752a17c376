"""What the files of the whole application ask: its title, its languages, its packages, its texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Requirement
from iopeer_core.blueprint.parameters import MOST_ROWS, PAGE_SIZE
from iopeer_core.model.formats import FORMATS, LONGEST_MAILBOX
from iopeer_core.model.spec import Scalar

from iopeer_plugin_nextjs.view import naming, regex
from iopeer_plugin_nextjs.view.auth import AuthView
from iopeer_plugin_nextjs.view.extras import Extras
from iopeer_plugin_nextjs.view.labels import entity_texts
from iopeer_plugin_nextjs.view.login import LoginView
from iopeer_plugin_nextjs.view.navigation import NavigationView

TEXTS = Path(__file__).parent.parent / "texts"
FALLBACK = "en"
"""The language of the interface's words where a spec's own language has none."""


def names(blueprint: Blueprint) -> Mapping[str, object]:
    """The names that templates of the whole application use.

    Args:
        blueprint: the plan.
    """
    return {
        "app": AppView(blueprint),
        "auth": AuthView(blueprint),
        "login": LoginView(blueprint),
        "navigation": NavigationView(blueprint),
        "extras": Extras(blueprint),
        "text": naming.text,
        "member": naming.member,
        "access": naming.access,
        "variable": naming.variable,
        "form": _form,
        "longest": _longest,
        "LONGEST_MAILBOX": LONGEST_MAILBOX,
        "PAGE_SIZE": PAGE_SIZE,
        "MOST_ROWS": MOST_ROWS,
    }


def _form(scalar: str) -> str:
    """The pattern of a type as a regex literal: `form("email")`."""
    return regex.shared(FORMATS[Scalar(scalar)].pattern)


def _longest(scalar: str) -> int | None:
    """The most characters of a type: `longest("url")`."""
    return FORMATS[Scalar(scalar)].longest


@dataclass(frozen=True)
class AppView:
    """The application."""

    blueprint: Blueprint

    @property
    def title(self) -> str:
        """What the application is called."""
        return self.blueprint.spec.title

    @cached_property
    def description(self) -> str:
        """One sentence about it: the first paragraph under the title."""
        first = self.blueprint.spec.doc.strip().partition("\n\n")[0]
        return " ".join(line.lstrip("> ") for line in first.splitlines()) or self.title

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its interface, the first one first."""
        return self.blueprint.spec.app.languages

    @property
    def currency(self) -> str:
        """The currency of amounts of money, as ISO 4217 has it; "" where the spec names none."""
        return self.blueprint.spec.app.currency or ""

    @property
    def initial(self) -> str:
        """The first letter of its title, for its icon."""
        return next((letter.upper() for letter in self.title if letter.isalnum()), "A")

    def packages(self, group: str) -> Mapping[str, str]:
        """The packages of a group and their ranges, sorted by name."""
        found = [
            one.specifier.rpartition("@")
            for one in self.blueprint.all(Requirement)
            if one.component == "frontend" and one.group == group
        ]
        return {name: version for name, _, version in sorted(found)}

    def messages(self, path: str) -> str:
        """The texts of a language, as JSON.

        Args:
            path: that of the file, `…/es.json`.
        """
        language = Path(path).stem
        words = {
            **LoginView(self.blueprint).texts(texts(language)),
            **Extras(self.blueprint).texts(language),
            "entities": entity_texts(self.blueprint, language),
        }
        return json.dumps(words, ensure_ascii=False, indent=2)


def texts(language: str) -> dict[str, Any]:
    """The words of the interface in a language, by namespace."""
    base = language.partition("-")[0]
    folder = TEXTS / (base if (TEXTS / base).is_dir() else FALLBACK)
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))}
