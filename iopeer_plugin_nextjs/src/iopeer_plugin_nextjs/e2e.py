"""The end-to-end tests and the pictures of the app: a package of their own, which runs against the whole product."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.contributions import Check, Component, Contribution, Guide, Ignored, Pins, Task

from iopeer_plugin_nextjs.running import BACKEND, FRONTEND

E2E = "e2e"
BROWSER = "PLAYWRIGHT_CHROMIUM"
CONFIG = f"{E2E}/playwright.config.ts"
TEST = """They drive the whole product in a browser, so it must run, with a database that is empty:

```sh
npm --prefix e2e ci
npm --prefix e2e test
```

`FRONTEND_URL` says where the web application is (<http://127.0.0.1:3000> where nothing does). The browser is an
installed Chromium (`PLAYWRIGHT_CHROMIUM` names another one), on Linux else the one of a package. Who registers and
signs in as often as tests do may be held back: the settings of limits, in `.env.example`, are to be off for them."""


def end_to_end() -> Iterator[Contribution]:
    """The component, its packages, its check and its pictures."""
    yield Component(
        name=E2E, root=E2E, ecosystem="node", title="End-to-end tests", manifest=f"{E2E}/package.json",
        passed_on=(BROWSER,),
    )  # fmt: skip
    yield from (Ignored(pattern=f"{E2E}/{folder}/") for folder in ("playwright-report", "test-results"))
    yield Pins(component=E2E, path=f"{E2E}/package-lock.json")
    yield Check(
        name="end-to-end types", component=E2E, command=("tsc", "--noEmit", "-p", E2E), level="full",
        title="Types of the end-to-end tests",
    )  # fmt: skip
    yield Check(
        name="end-to-end tests",
        component=E2E,
        command=("playwright", "test", "--config", CONFIG, "--project", "tests"),
        level="full",
        title="End-to-end tests",
        needs=(BACKEND, FRONTEND),
    )
    yield Task(
        name="pictures",
        component=E2E,
        command=("playwright", "test", "--config", CONFIG, "--project", "pictures"),
        title="Take pictures of the app",
        stage="pictures",
    )
    yield Guide(title="Test the whole product", body=TEST, order=27)
