"""Names that meet in a file: each symbol is imported under one that nothing else has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from iopeer_core.blueprint.contributions import File, Symbol
from iopeer_core.errors import PluginError

from .conftest import TINY, Make


def symbol(module: str, name: str) -> Symbol:
    return Symbol(component="app", module=module, name=name)


SYMBOLS = {
    "one": symbol("app.aa.parts", "check"),
    "other": symbol("app.bb.parts", "check"),
    "alone": symbol("app.aa.parts", "look"),
    "shown": symbol("app.aa.stars-box", "Panel"),
    "limit": symbol("app.aa.parts", "LIMIT"),
}


@pytest.fixture(autouse=True)
def _symbols(tmp_path: Path) -> None:
    (tmp_path / "site" / "many_plugin.py").write_text(
        "from iopeer_core.blueprint.contributions import Symbol\n"
        f"SYMBOLS = {SYMBOLS!r}\ndef helpers(blueprint):\n    return SYMBOLS\n"
    )


def made(make: Make, template: str, case: Literal["snake", "camel"] = "snake") -> str:
    """The text of a file that may use all the symbols."""
    files = [
        File(
            path=f"{module.replace('.', '/')}.tiny",
            template="empty.jinja",
            exports=tuple(one for one in SYMBOLS.values() if one.module == module),
        )
        for module in sorted({one.module for one in SYMBOLS.values()})
    ]
    text = "{% call imports() %}\nos\nlook\n{% endcall %}\n\n" + template
    language = replace(TINY, case=case)
    tree = make({"empty.jinja": "", "x.tiny.j2": text}, *files, helpers="many_plugin:helpers", language=language)
    return tree["x.tiny"].text


def test_what_meets_nothing_keeps_its_name(make: Make) -> None:
    assert made(make, "{{ use(one) }} {{ use(shown) }}") == (
        "from app.aa.parts import check\nfrom app.aa.stars-box import Panel\n\ncheck Panel"
    )


def test_two_of_one_name_are_both_called_after_where_they_are_from(make: Make) -> None:
    assert made(make, "{{ use(one) }} {{ use(other) }} {{ use(one) }}") == (
        "from app.aa.parts import check as check_of_aa_parts\nfrom app.bb.parts import check as check_of_bb_parts\n\n"
        "check_of_aa_parts check_of_bb_parts check_of_aa_parts"
    )


@pytest.mark.parametrize(
    ("template", "case", "alias"),
    [
        ("def check {{ use(one) }}", "snake", "check_of_parts"),
        ("{{ use(one) }} def check", "camel", "checkOfParts"),
        ("{{ use(alone) }}", "snake", "look_of_parts"),  # what is imported from elsewhere has that name too
        ("def Panel {{ use(shown) }}", "snake", "PanelOfStarsBox"),
        ("def LIMIT {{ use(limit) }}", "snake", "LIMIT_OF_PARTS"),
        ("def check def check_of_parts {{ use(one) }}", "snake", "check_of_aa_parts"),
    ],
)
def test_what_meets_a_name_of_the_file_has_another(
    make: Make, template: str, case: Literal["snake", "camel"], alias: str
) -> None:
    assert f" as {alias}\n" in made(make, template, case)


def test_where_no_name_is_free_it_is_refused(make: Make) -> None:
    taken = " ".join(f"def check_of_{words}" for words in ("parts", "aa_parts", "app_aa_parts"))
    with pytest.raises(PluginError, match=r"no name is free for 'check' of app\.aa\.parts \(making x\.tiny\)"):
        made(make, f"def check {taken} {{{{ use(one) }}}}")


def test_a_name_that_is_written_beside_use_is_refused_where_it_means_several(make: Make) -> None:
    with pytest.raises(PluginError, match=r"it writes 'check' itself.*\(making x\.tiny\)"):
        made(make, "{{ use(one) }} {{ use(other) }} check")


def test_use_needs_a_place_for_the_import(make: Make) -> None:
    file = File(path="app/aa/parts.tiny", template="empty.jinja", exports=(SYMBOLS["one"],))
    with pytest.raises(PluginError, match=r"use\(\) of 'check' needs a place.*imports\(\)"):
        make({"empty.jinja": "", "x.tiny.j2": "{{ use(one) }}"}, file, helpers="many_plugin:helpers")
