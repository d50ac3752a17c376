"""Names that meet in a file stay apart: of two guards both are called, and nothing of the app's own is shadowed."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.apps.generate import environment_of
from tests.apps.harness import App, lint, types
from tests.apps.running import Running, running
from tests.plugins.test_panels import build_passes
from tests.projects import Project

EXAMPLES = Path(__file__).parents[2] / "examples"

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def make(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Generates the tracker with some of the plugins, untested."""

    def make(*plugins: str) -> Path:
        folder = tmp_path_factory.mktemp("namesakes")
        shutil.copy(EXAMPLES / "tracker" / "spec.md", folder / "spec.md")
        project = Project(folder=folder, sites=(install("namesakes"),))
        project.enable(*plugins)
        done = project.generate("--check", "none")
        assert done.returncode == 0, done.stderr + done.stdout
        return folder / "generated"

    return make


@pytest.fixture(scope="module")
def backend(make: Make) -> Path:
    """A backend with two of each."""
    return make("fastapi", "namesakes")


@pytest.fixture(scope="module")
def served(backend: Path) -> Iterator[Running]:
    """The same, as it runs."""
    with running(backend, environment_of(backend), f"sqlite:///{backend}/app.db") as served:
        yield served


def refusal(served: Running, path: str, body: dict[str, str] | None = None, token: str = "") -> tuple[int, str]:
    """The status and the content type of an answer that is an error."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        served.call(path, body, token=token)
    with refused.value as answer:
        return answer.code, answer.headers["Content-Type"]


@pytest.mark.slow
def test_guards_routers_lifespans_and_scopes_of_one_name_all_work(served: Running) -> None:
    token = served.first_token()
    for folder in ("aa", "bb"):
        label = {"name": folder, "color": "#112233"}
        assert refusal(served, "/api/v1/labels", label, token) == (409, "application/problem+json")
        assert served.call("/api/v1/labels", {**label, "name": f"not {folder}"}, token=token)["name"]
        seen = served.call(f"/api/v1/{folder}")
        assert seen[0] == "started"
        assert "entered" in seen


@pytest.mark.slow
def test_middleware_that_is_called_like_the_backends_own_takes_nobodys_place(served: Running) -> None:
    with urllib.request.urlopen(f"{served.url}/health") as answer:  # noqa: S310 - always http
        assert (answer.headers["x-aa"], answer.headers["x-bb"]) == ("1", "1")
    assert refusal(served, "/api/v1/labels") == (401, "application/problem+json")


@pytest.mark.slow
def test_such_a_backend_has_the_right_types_and_style(backend: Path, tmp_path: Path) -> None:
    app = App("namesakes", backend, "")
    environment = environment_of(backend)
    lint([app], environment)
    types([app], tmp_path, environment, tmp_path / "known")
    assert not app.stage, f"{app.stage}: {app.log}"


def test_names_say_where_they_come_from_and_what_does_not_meet_keeps_its_own(backend: Path) -> None:
    main = (backend / "backend" / "main.py").read_text(encoding="utf-8")
    assert "from backend.aa.parts import lifespan as lifespan_of_aa_parts\n" in main
    assert "from backend.aa.parts import router as router_of_aa_parts\n" in main
    middleware = (backend / "backend" / "middleware.py").read_text(encoding="utf-8")
    assert "from backend.bb.parts import Errors as ErrorsOfBbParts\n" in middleware
    services = (backend / "backend" / "services" / "labels.py").read_text(encoding="utf-8")
    assert "check_of_aa_parts, check_of_bb_parts]" in services


@pytest.fixture(scope="module")
def frontend(make: Make) -> Path:
    """A frontend with two of each."""
    return make("fastapi", "nextjs", "namesake-panels") / "frontend"


def test_components_of_one_name_are_all_shown(frontend: Path) -> None:
    dashboard = (frontend / "components" / "dashboard" / "dashboard-page.tsx").read_text(encoding="utf-8")
    for alias in ("Panel as PanelOfAaPanel", "Panel as PanelOfBbPanel", "Charts as ChartsOfOthers"):
        assert f"import {{ {alias} }}" in dashboard
        assert f"<{alias.split()[-1]} />" in dashboard
    assert "<Charts places={places} />" in dashboard
    providers = (frontend / "components" / "providers.tsx").read_text(encoding="utf-8")
    assert "<AuthProvider>\n            <AuthProviderOfOthers>" in providers
    page = (frontend / "app" / "(app)" / "namesake" / "page.tsx").read_text(encoding="utf-8")
    assert "<PageOfOthers />" in page
    form = (frontend / "components" / "labels" / "label-form.tsx").read_text(encoding="utf-8")
    assert '<FieldOfAaColor name="color" />' in form
    assert '<FieldOfBbColor name="name"' in form


@pytest.mark.slow
def test_such_a_frontend_has_the_right_types_and_style(frontend: Path) -> None:
    build_passes(frontend)
