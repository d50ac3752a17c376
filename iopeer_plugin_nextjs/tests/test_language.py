"""How TypeScript's imports are written."""

from __future__ import annotations

import pytest
from iopeer_core.blueprint.contributions import Symbol
from iopeer_core.errors import UserError
from iopeer_plugin_nextjs.language import escape, imports

STATIC = """
import { b, a, type C } from "pkg";
import { d } from "pkg";
import type { E, F } from "@/api/types";
import * as z from "zod";
import React from "react";
import { unused } from "nowhere";
import "./globals.css";
"""


def test_they_are_merged_sorted_and_only_those_that_are_used() -> None:
    block = imports(STATIC, {}, "a(b, d); const c: C; let e: E<F>; z.object(); <React.G>", "frontend/app/page")
    assert block == (
        'import { a, b, type C, d } from "pkg";\nimport React from "react";\nimport * as z from "zod";\n\n'
        'import type { E, F } from "@/api/types";\n\nimport "./globals.css";'
    )


@pytest.mark.parametrize(
    ("body", "used"),
    [
        ("f({ date: text() }); row.date; interface A { date: string; date?: string }", ""),
        ("\"a date\"; 'date'; // a date\n/* a\ndate */ path`/api/date/${id}`; /^date$/u", ""),
        ("f({ a: date });", "date"),
        ("f({ a: date() });", "date"),
        ("f(...date, row.date);", "date"),
        ("path`/api/${date}`;", "date"),
        ("path`/share-date/${id}/date`; `it's a date`;", ""),
        ("`a date ${`date ${f({ a: 1 })} date`} date`;", ""),
        ("`${`${date}`}`;", "date"),
        ("`${f({ a: {} })} date`; date", "date"),
        ('f("it\'s", date, "it\'s", /["\\/]/u, a / 2, <B x="1" />);', "date"),
        ("a ? date : b;", "date"),
        ("f({ date, b });", "date"),
        ("<date.A />", "date"),
    ],
)
def test_a_word_that_names_nothing_is_no_use(body: str, used: str) -> None:
    block = imports('import { date } from "pkg";', {}, body, "frontend.x")
    assert block == ('import { date } from "pkg";' if used else "")


def test_a_symbol_is_imported_from_the_application_s_root_but_not_by_its_own_file() -> None:
    symbol = Symbol(component="frontend", module="frontend/components/clock", name="Clock")
    assert (
        imports("", {symbol: "Clock"}, "<Clock />", "frontend.app.page")
        == 'import { Clock } from "@/components/clock";'
    )
    assert imports("", {symbol: "Clock"}, "<Clock />", "frontend.components.clock") == ""


def test_a_long_statement_is_broken_as_prettier_breaks_it() -> None:
    names = [f"aVeryLongName{number}" for number in range(8)]
    block = imports(f'import {{ {", ".join(names)} }} from "pkg";', {}, " ".join(names), "frontend.x")
    assert block == "import {\n" + "".join(f"  {name},\n" for name in names) + '} from "pkg";'


def test_what_is_no_import_is_refused() -> None:
    with pytest.raises(UserError, match="not an import statement"):
        imports("const a = 1;", {}, "a", "frontend.x")


@pytest.mark.parametrize("word", ["class", "default", "new", "type", "await", "this"])
def test_reserved_words_are_escaped(word: str) -> None:
    assert escape(word) == f"{word}_"
    assert escape(f"{word}es") == f"{word}es"
