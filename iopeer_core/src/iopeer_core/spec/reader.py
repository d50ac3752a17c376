"""`read`: the text of a spec → its `Spec`, or every problem that it has, in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from iopeer_core.spec.blocks import Options, read_indexes, read_options, read_plugin_block, read_rules
from iopeer_core.spec.context import Context, Directory
from iopeer_core.spec.declarations import read_app, read_entities, read_enums, read_roles
from iopeer_core.spec.expressions import Scope
from iopeer_core.spec.fields import read_fields
from iopeer_core.spec.lexer import fact_and_doc, label_and_rest, split
from iopeer_core.spec.markdown import Document
from iopeer_core.spec.model import App, Entity, Spec
from iopeer_core.spec.outline import EntityPart, Outline, Part, Walk
from iopeer_core.spec.permissions import read_permissions
from iopeer_core.spec.problems import Problem, Problems
from iopeer_core.spec.text import Text
from iopeer_core.spec.vocabulary import CORE, Grammar, lexicon

Load = Callable[[str, str], Sequence[tuple[str, str]]]
"""From the file that holds an `## Include` and a glob to (file, text) of every match."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The spec, none where an error was found, and all problems in their places' order."""

    spec: Spec | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are no warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read(
    text: str, *, file: str = "spec.md", grammar: Grammar = CORE, load: Load | None = None, language: str | None = None
) -> ReadResult:
    """Read a spec.

    Args:
        text: the whole file.
        file: its name, for messages.
        grammar: the words of plugins.
        load: gives the files of `## Include`.
        language: of the messages; by default that of the spec.
    """
    context = Context(words=lexicon(grammar.words), problems=Problems())
    outline = Outline()
    Walk(Document(text, file), outline, context, main=True).run()
    context.language = outline.headings.get("Entities", "en")
    spec = _Assembly(outline, context).spec()
    problems = context.problems.sorted(language or context.language)
    result = ReadResult(spec, problems)
    return ReadResult(None, problems) if result.errors else result


class _Assembly:
    """From an outline to the spec, what is referred to before what refers to it."""

    def __init__(self, outline: Outline, context: Context) -> None:
        self.outline, self.context = outline, context

    def spec(self) -> Spec:
        outline, context = self.outline, self.context
        app, account = read_app(outline.facts("App"), context.language, context)
        context.plurals = app.languages[0]
        roles = read_roles(outline.facts("Roles"), context)
        enums = read_enums(outline.facts("Enums"), context)
        context.roles, context.enums = Directory(roles), Directory(enums)
        named = read_entities(outline.entities, context)
        context.entities = Directory((entity for _, entity in named), plurals=True)
        app = self._account(app, account, named)
        fielded = [(part, replace(entity, fields=read_fields(part.facts, context))) for part, entity in named]
        context.entities = Directory((entity for _, entity in fielded), plurals=True)
        entities = tuple(self._blocks(part, entity) for part, entity in fielded)
        return Spec(
            title=outline.title.raw if outline.title else "", doc="\n\n".join(outline.docs), app=app, roles=roles, enums=enums,
            entities=entities, notes="\n\n".join(outline.notes), language=context.language,
        )  # fmt: skip

    def _account(self, app: App, text: Text | None, named: Sequence[tuple[EntityPart, Entity]]) -> App:
        """The account: the entity that is named, else User with an email, else the one that IOPEER adds."""
        context = self.context
        if text is not None:
            entity = context.entities.find(text.value)
            if entity is None:
                context.problems.add("E103", text, lambda: context.entities.like(text.value), entity=text.raw)
                return app
            context.account = entity.name
            return replace(app, account=entity.name)
        for part, entity in named:
            if entity.name in {"user", "usuario"}:
                context.account = entity.name
                return app
        context.account = "user"
        return app

    def _blocks(self, part: EntityPart, entity: Entity) -> Entity:
        """The entity with its permissions, rules, indexes and options."""
        context = self.context
        scope = Scope(entity.names.label, Directory(entity.fields), context)
        blocks = part.blocks
        empty = Part(part.heading)
        options = read_options(blocks.get("Options", empty).facts, scope)
        plugins = [block for block in blocks.values() if block.word and block.word.plugin]
        return replace(
            entity,
            permissions=read_permissions(blocks.get("Permissions", empty).facts, entity, scope),
            rules=read_rules(blocks.get("Rules", empty).facts, scope),
            indexes=read_indexes(blocks.get("Indexes", empty).facts, scope),
            soft_delete=options.soft_delete,
            display=options.display,
            table=options.table,
            extras=tuple(sorted(options.extras, key=lambda extra: extra.name)),
            blocks=tuple(
                read_plugin_block(block.word, block.facts, block.docs, block.heading.span, context)
                for block in sorted(plugins, key=lambda block: block.heading.value)
                if block.word
            ),
        )
