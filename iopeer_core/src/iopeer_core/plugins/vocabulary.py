"""The words that enabled plugins add to the spec's grammar, from their manifests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module

from iopeer_core.errors import PluginError
from iopeer_core.language.features import slug
from iopeer_core.language.parts import PartProblem, PartReader
from iopeer_core.language.text import fold
from iopeer_core.language.vocabulary import Grammar, Kind, Word, core_words
from iopeer_core.model.spec import Entity, PluginBlock, Scalar, Spec
from iopeer_core.plugins.manifest import FILE, Manifest, Term
from iopeer_core.runs.run import Run


def grammar(manifests: Iterable[Manifest], run: Run) -> Grammar:
    """The plugins' words, in the order of the manifests, and their readers, which are imported when they are called.

    Args:
        manifests: of the enabled plugins.
        run: told of what readers print.

    Raises:
        PluginError: a plugin takes a spelling that the core or another plugin uses at the same place.
    """
    taken = {(word.kind, fold(form)): "" for word in core_words() for forms in word.forms.values() for form in forms}
    words: list[Word] = []
    readers: dict[tuple[str, str, str], PartReader] = {}
    for manifest in manifests:
        for word in _words(manifest):
            for form in sorted({fold(form) for forms in word.forms.values() for form in forms}):
                owner = taken.setdefault((word.kind, form), manifest.name)
                if owner != manifest.name:
                    raise PluginError(
                        f"the plugin {manifest.name!r} declares the {word.kind} {form!r}, which belongs to "
                        + (f"the plugin {owner!r}" if owner else "IOPEER"),
                        where=str(manifest.folder / FILE),
                        how=f"enable only one of {owner!r} and {manifest.name!r}" if owner else "choose another name",
                    )
            words.append(word)
        for kind, terms in (("section", manifest.sections), ("block", manifest.blocks)):
            for term in terms:
                if term.reader:
                    readers[kind, manifest.name, term.name] = partial(_read, manifest, term.reader, run)
    return Grammar(tuple(words), readers)


def _read(
    manifest: Manifest, name: str, run: Run, part: PluginBlock, entity: Entity | None, spec: Spec
) -> tuple[PartProblem, ...]:
    """What a plugin's reader says of one of its parts.

    Raises:
        PluginError: it cannot be imported, or fails.
    """
    from iopeer_core.plugins.failures import explain
    from iopeer_core.plugins.isolation import isolated

    module, _, function = name.partition(":")
    try:
        with isolated(run, manifest.name):
            return tuple(getattr(import_module(module), function)(part, entity, spec))
    except (Exception, SystemExit) as error:
        what, how = explain(error, manifest.folder)
        where = f"plugin {manifest.name}, reader of {part.name!r}"
        raise PluginError(what, where=where, how=how) from error


def guards(manifest: Manifest) -> Iterator[str]:
    """The productions (`block.tenants`) that a plugin declares as guarding data."""
    for kind, prefix, terms in _kinds(manifest):
        yield from (f"{prefix or kind}.{slug(term.name)}" for term in terms if term.guard)


def _kinds(manifest: Manifest) -> tuple[tuple[Kind, str, tuple[Term, ...]], ...]:
    """The terms by kind of word, with the prefix of their productions where it is another one."""
    return (
        ("section", "", manifest.sections),
        ("block", "", manifest.blocks),
        ("type", "", manifest.types),
        ("modifier", "", manifest.modifiers),
        ("option", "", manifest.options),
        ("app key", "app", manifest.app_keys),
    )


def _words(manifest: Manifest) -> Iterator[Word]:
    for kind, _, terms in _kinds(manifest):
        for term in terms:
            yield Word(
                kind=kind,
                name=term.name,
                forms=term.names,
                plugin=manifest.name,
                scalar=Scalar(term.lowers_to) if term.lowers_to else None,
                precision=term.precision,
                scale=term.scale,
            )
