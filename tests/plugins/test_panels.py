"""What a frontend takes from others carries a real plugin: pages, a provider, panels, a field of forms, texts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from iopeer_core.environments.node import link_tree, node, node_modules
from iopeer_plugin_nextjs.view.icons import lucide

from tests.projects import Project

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def make(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Generates the tracker with some of the plugins."""

    def make(*plugins: str) -> Project:
        folder = tmp_path_factory.mktemp("panels")
        shutil.copy(EXAMPLES / "tracker" / "spec.md", folder / "spec.md")
        project = Project(folder=folder, sites=(install("panels"),))
        project.enable("fastapi", "nextjs", *plugins)
        done = project.generate("--check", "none")
        assert done.returncode == 0, done.stderr + done.stdout
        return project

    return make


def read(project: Project, path: str) -> str:
    return (project.folder / "generated" / "frontend" / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(make: Callable[..., Project]) -> Project:
    return make("panels")


def test_a_page_has_an_address_a_title_and_a_place_in_the_menu(project: Project) -> None:
    page = read(project, "app/(app)/about/page.tsx")
    assert 'import { About } from "@/components/panels/about";' in page
    assert 'titled("panels.about")' in page
    navigation = read(project, "lib/navigation.ts")
    assert (
        'href: "/about",\n    label: "panels.about",\n    icon: InfoIcon,\n    listed: true,\n    open: true'
        in navigation
    )
    assert "<About />" in read(project, "app/(app)/about/team/page.tsx")
    assert 'href: "/about/team",\n    label: "panels.about",\n    icon: FileIcon,\n    listed: false,' in navigation


def test_a_provider_stands_around_every_page(project: Project) -> None:
    providers = read(project, "components/providers.tsx")
    assert "<Banner> {children} </Banner>" in " ".join(providers.split())


def test_panels_are_where_they_belong(project: Project) -> None:
    assert "<Clock />" in read(project, "components/dashboard/dashboard-page.tsx")
    assert "{row.data && <Trace row={row.data} />}" in read(project, "components/tasks/task-details.tsx")
    assert "Trace" not in read(project, "components/projects/project-details.tsx")


def test_a_field_of_forms_takes_the_place_of_the_usual_one(project: Project) -> None:
    assert '<PaletteField name="color" />' in read(project, "components/labels/label-form.tsx")
    assert "ColorField" not in read(project, "components/labels/label-form.tsx")
    assert '<Fields.Color name="color" />' in read(project, "components/teams/team-form.tsx")


def test_texts_are_in_every_language(project: Project) -> None:
    texts = {language: json.loads(read(project, f"messages/{language}.json"))["panels"] for language in ("en", "es")}
    assert texts["en"]["about"] == "About"
    assert texts["es"]["about"] == "Acerca de"


def test_an_app_without_them_knows_nothing_of_them(make: Callable[..., Project]) -> None:
    plain = make()
    assert "panels" not in read(plain, "lib/navigation.ts")
    assert "Banner" not in read(plain, "components/providers.tsx")


@pytest.mark.slow
def test_the_whole_of_it_has_the_right_types_and_style(project: Project) -> None:
    build_passes(project.folder / "generated" / "frontend")


def build_passes(folder: Path) -> None:
    """Hold a frontend to its own types and style."""
    manifest, lock = ((folder / name).read_text(encoding="utf-8") for name in ("package.json", "package-lock.json"))
    programs = node(manifest)
    link_tree(node_modules(manifest, lock, programs), folder / "node_modules")
    variables = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NEXT_TELEMETRY_DISABLED": "1"}
    for script in ("typecheck", "lint"):
        done = subprocess.run(
            ["npm", "run", "--silent", script], cwd=folder, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_icons_that_pages_may_name_are_those_of_the_package(project: Project) -> None:
    manifest, lock = read(project, "package.json"), read(project, "package-lock.json")
    types = node_modules(manifest, lock, node(manifest)) / "lucide-react" / "dist" / "lucide-react.d.ts"
    names = set(re.findall(r"\b[A-Z]\w* as ([A-Z]\w*)Icon\b", types.read_text(encoding="utf-8")))
    assert sorted(lucide()) == sorted(names), "write them into iopeer_plugin_nextjs/lucide.txt"
