"""What a spec asks for and no enabled plugin builds, as problems: from manifests alone, for `check` and the planner."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from fnmatch import fnmatchcase

from iopeer_core.language.features import Production, unbuilt
from iopeer_core.language.problems import Problem
from iopeer_core.model.spec import Span, Spec
from iopeer_core.plugins.manifest import Manifest
from iopeer_core.plugins.vocabulary import guards as guards_of

UNBUILT = "W240"
UNBUILT_GUARD = "E140"
ALLOWED_GUARD = "W241"
ENABLE = {
    "en": ("enable {} in `plugins` of iopeer.toml", " or "),
    "es": ("activa {} en `plugins` de iopeer.toml", " o "),
}
"""What the user can do where installed plugins build what no enabled one does."""


def unbuilt_problems(
    spec: Spec,
    *,
    consumes: Collection[str],
    guards: Collection[str],
    would_build: Callable[[str], Sequence[str]],
    allowed: bool,
) -> list[Problem]:
    """A problem per production that the spec uses and nobody builds.

    Args:
        spec: the user's.
        consumes: what the enabled plugins build, and globs of it.
        guards: productions that they declare as guarding data, beside the core's.
        would_build: the plugins that are installed, not enabled, and build a production.
        allowed: whether the project allows guards that nobody builds (`allow_unbuilt_guards`).
    """
    problems = []
    for production, span in unbuilt(spec, frozenset(consumes)):
        guard = production.guard or production.name in guards
        code = (ALLOWED_GUARD if allowed else UNBUILT_GUARD) if guard else UNBUILT
        problems.append(_problem(code, production, span, spec.language, would_build(production.name)))
    return problems


def unbuilt_by_manifests(
    spec: Spec, *, enabled: Iterable[Manifest], others: Iterable[Manifest], allowed: bool
) -> list[Problem]:
    """The same, of plugins that are not loaded: `others` are installed and not enabled."""
    chosen, rest = list(enabled), list(others)

    def would_build(name: str) -> list[str]:
        return [manifest.name for manifest in rest if any(fnmatchcase(name, p) for p in manifest.consumes)]

    return unbuilt_problems(
        spec,
        consumes={name for manifest in chosen for name in manifest.consumes},
        guards={name for manifest in chosen for name in guards_of(manifest)},
        would_build=would_build,
        allowed=allowed,
    )


def _problem(code: str, production: Production, span: Span, language: str, others: Sequence[str]) -> Problem:
    remedy, either = ENABLE.get(language, ENABLE["en"])
    return Problem(
        file=span.file,
        line=span.line,
        column=span.column,
        end_column=span.end_column,
        code=code,
        suggestion=remedy.format(either.join(map(repr, others))) if others else None,
        language=language,
        values={"what": production.title, "name": production.name},
    )
