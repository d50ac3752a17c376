"""`read`: the text of a spec → its `Spec`, or every problem that it has, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopeer_core.language.assembly import assemble
from iopeer_core.language.canonical import canonical
from iopeer_core.language.context import Context
from iopeer_core.language.lexer import fact_and_doc, unticked
from iopeer_core.language.markdown import Document, Fact
from iopeer_core.language.outline import Outline, Walk
from iopeer_core.language.parts import read_parts
from iopeer_core.language.problems import Problem, Problems
from iopeer_core.language.sources import MOST_BYTES, Load, OutsideError, decode, folder_loader, read_bounded
from iopeer_core.language.vocabulary import CORE, Grammar, lexicon
from iopeer_core.model.spec import Span, Spec

__all__ = ["Load", "ReadResult", "read", "read_file"]


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
    text: str | bytes,
    *,
    file: str = "spec.md",
    grammar: Grammar = CORE,
    load: Load | None = None,
    language: str | None = None,
) -> ReadResult:
    """Read a spec. Equal meanings give equal specs: what has no order of its own is put in one (`canonical`).

    Args:
        text: the whole file; bytes are UTF-8.
        file: its name, for messages and for what `## Include` is relative to.
        grammar: the words of plugins.
        load: gives the files of `## Include`; without it they are problems.
        language: of the messages; by default that of the spec.
    """
    context = Context(words=lexicon(grammar.words), problems=Problems())
    main = decode(text, file, context.problems)
    spec: Spec | None = None
    if main is not None:
        outline = Outline()
        Walk(Document(main, file), outline, context, main=True).run()
        _Includes(outline, context, load, file).run()
        spec = _understand(outline, context, file)
        if spec is not None:
            read_parts(spec, grammar.readers, context.problems)
    problems = context.problems.sorted(language or context.language)
    failed = any(problem.severity == "error" for problem in problems)
    return ReadResult(canonical(spec) if spec and not failed else None, problems)


def read_file(path: Path, *, grammar: Grammar = CORE, language: str | None = None) -> ReadResult:
    """Read the spec at `path`, with the files that it includes from its own folder.

    Raises:
        OSError: the file cannot be opened.
    """
    return read(read_bounded(path), file=path.name, grammar=grammar, load=folder_loader(path.parent), language=language)


def _understand(outline: Outline, context: Context, file: str) -> Spec | None:
    """The spec of an outline; of a file that has nothing of the format only that is said."""
    start = Span(file=file, line=1, column=1, end_column=2)
    guessed = any(problem.code == "E012" and problem.suggestion for problem in context.problems.found)
    if not outline.headings and not guessed:
        context.problems.found.clear()
        context.problems.add("E008", start)
        return None
    if outline.title is None:
        context.problems.add("E010", start, "# …")
    context.language = outline.headings.get("Entities") or next(iter(outline.headings.values()), "en")
    if not outline.entities and not any(problem.severity == "error" for problem in context.problems.found):
        context.problems.add("E017", start)
    return assemble(outline, context)


class _Includes:
    """Walks the included files into the outline, each once."""

    def __init__(self, outline: Outline, context: Context, load: Load | None, main: str) -> None:
        self.outline, self.context, self.load = outline, context, load
        self.parents: dict[str, str] = {main: ""}
        self.left = MOST_BYTES

    def run(self) -> None:
        """Read what is included, and what that includes."""
        done = 0
        while done < len(facts := self.outline.facts("Include")) and not self.context.problems.full:
            self._include(facts[done])
            done += 1

    def _include(self, fact: Fact) -> None:
        problems = self.context.problems
        glob = unticked(fact_and_doc(fact.text, self.context.words)[0])
        file = fact.text.origin.file
        try:
            found = self.load(file, glob.raw) if self.load else []
        except OutsideError:
            problems.add("E131", glob, glob=glob.raw)
            return
        except (OSError, ValueError, NotImplementedError, RuntimeError):  # the last for rings of symbolic links
            problems.add("E132", glob, glob=glob.raw)
            return
        if not found:
            problems.add("E132", glob, glob=glob.raw)
        for name, data in found:
            if name in self._chain(file):
                problems.add("E133", glob, glob=glob.raw, file=name)
            elif name not in self.parents:
                self.parents[name] = file
                self.left -= len(data)
                text = decode(data, name, problems, most=max(self.left + len(data), 0))
                if text is not None:
                    Walk(Document(text, name), self.outline, self.context, main=False).run()

    def _chain(self, file: str) -> set[str]:
        """The file and those that include it."""
        chain: set[str] = set()
        while file and file not in chain:
            chain.add(file)
            file = self.parents.get(file, "")
        return chain
