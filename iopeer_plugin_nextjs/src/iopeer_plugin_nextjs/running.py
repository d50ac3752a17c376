"""How the frontend is built, run, tested and configured: what the product's runners and its README are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopeer_core.blueprint.contributions import Bundle, Check, Contribution, EnvVar, Guide, Ignored, Process, Task

FRONTEND = "frontend"
BACKEND = "backend"
PORT = 3000
LEFT = ("node_modules/", ".next/", "next-env.d.ts", "*.tsbuildinfo")
"""What installing, building and running leaves in the product's folder."""
NPM = ("npm", "--prefix", FRONTEND, "run", "--silent")
"""Runs a script of the frontend's package.json from the product's folder."""
RUN = """Node.js 22.12 or newer, and the API beside it:

```sh
npm --prefix frontend ci
npm --prefix frontend run dev
```

It is then at <http://127.0.0.1:{port}>, and shows every change at once. In production it is built and started:

```sh
npm --prefix frontend run build
npm --prefix frontend run start
```

`API_URL` says where the API is ({api} where nothing does). Browsers never call it themselves: the web application hands
their requests on, so both have one origin."""
TEST = """```sh
npm --prefix frontend run typecheck
npm --prefix frontend run lint
npm --prefix frontend run test
npm --prefix frontend run contract
```

The last one asks the running API (`BACKEND_URL`) what it takes and gives, and holds the client's types against it."""
PROXY_KEY = "By it the API knows the web application, and believes which address calls: the same for both"
"""What the setting means: in the same words as whoever answers the API says it, since it is one setting."""


def running(api: str, *, whole: bool, alike: Sequence[str] = ()) -> Iterator[Contribution]:
    """Settings, the build, the process and the checks.

    Args:
        api: where the API is by default.
        whole: whether the process that answers it is a part of the product.
        alike: the tests of entities that show nothing new, which quick checks leave out.
    """
    needs = (BACKEND,) if whole else ()
    yield EnvVar(
        name="API_URL", value=api, doc="Where the web application finds the API", components=(FRONTEND,),
        address_of=BACKEND if whole else "",
    )  # fmt: skip
    yield EnvVar(name="PROXY_KEY", doc=PROXY_KEY, secret=True, components=(FRONTEND,))
    yield EnvVar(
        name="FRONTEND_PROXIES", proxies=True, components=(FRONTEND,),
        doc="Proxies before the web application that append the caller's address to X-Forwarded-For",
    )  # fmt: skip
    yield EnvVar(
        name="NEXT_TELEMETRY_DISABLED", value="1", doc="Next.js reports nothing about its use", components=(FRONTEND,)
    )
    yield from (Ignored(pattern=pattern) for pattern in LEFT)
    yield Task(
        name="build", component=FRONTEND, command=("next", "build", FRONTEND), title="Build the web application",
        order=30, stage="build",
    )  # fmt: skip
    yield Process(
        name=FRONTEND,
        component=FRONTEND,
        command=("next", "start", FRONTEND, "--hostname", "{host}", "--port", "{port}"),
        live=("next", "dev", FRONTEND, "--hostname", "{host}", "--port", "{port}"),
        port=PORT,
        health="/health",
        needs=needs,
    )
    yield Bundle(
        process=FRONTEND,
        building=(("NEXT_OUTPUT", "standalone"),),
        files=((f"{FRONTEND}/.next/standalone", "./"), (f"{FRONTEND}/.next/static", ".next/static")),
        command=("node", "server.js"),
        variables=(("HOSTNAME", "{host}"), ("PORT", "{port}")),
    )
    yield Check(name="frontend types", component=FRONTEND, command=(*NPM, "typecheck"), title="Types of the frontend")
    without = tuple(part for path in alike for part in ("--exclude", path))
    yield Check(
        name="frontend tests", component=FRONTEND, command=(*NPM, "test"), quickly=("--", *without) if without else (),
        title="Frontend tests",
    )  # fmt: skip
    yield Check(
        name="frontend lint", component=FRONTEND, command=(*NPM, "lint"), level="full", title="Style of the frontend"
    )
    if whole:
        yield Check(
            name="frontend contract", component=FRONTEND, command=(*NPM, "contract"), level="full", needs=needs,
            title="The client's types against the API's own description",
        )  # fmt: skip
    yield Check(
        name="frontend build", component=FRONTEND, command=("next", "build", FRONTEND), level="full",
        title="Build of the frontend",
    )  # fmt: skip


def guides(api: str) -> Iterator[Guide]:
    """How to run and test the frontend.

    Args:
        api: where the API is by default.
    """
    yield Guide(title="Run the web application", body=RUN.format(port=PORT, api=api), order=15)
    yield Guide(title="Test the web application", body=TEST, order=25)
