"""The containers' section of the generated README."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from iopeer_core.blueprint.contributions import Guide

from iopeer_plugin_docker.view import ContainersView
from iopeer_plugin_docker.view.services import LISTEN

RUN = """Docker with its Compose plugin runs {what}:

```sh
sh docker/init-env.sh
docker compose up --build --detach
```

The first command makes `.env`, with fresh secrets, and leaves one that is there as it is; keep that file out of
repositories and archives.

{more}

```sh
docker compose ps            # what runs, and whether it is healthy
docker compose logs --follow
docker compose down          # stops it; volumes stay
```"""
TASKS = "At each start {tasks} run{s} first."
ANSWER = (
    "The product then answers at <http://{address}>. `{listen}` in `.env` says where: containers are reached from this "
    "machine alone until it names another address, and a proxy that ends TLS belongs before them."
)
COUNT = "Count it: `{setting}={count}` in `.env`, else all who call have its address."
WIDTH = 118


def guides(view: ContainersView) -> Iterator[Guide]:
    """How to run the product in containers.

    Args:
        view: the product in containers.
    """
    tasks = [f"`{each.name}`" for each in view.running if each.task]
    more = [TASKS.format(tasks=_listed(tasks), s="s" if len(tasks) == 1 else "")] if tasks else []
    more += [ANSWER.format(address=view.listen, listen=LISTEN)] if view.front else []
    more += [COUNT.format(setting=view.proxies, count=view.one_more)] if view.proxies else []
    body = RUN.format(what=_listed(_parts(view)), more=fill(" ".join(more), WIDTH))
    yield Guide(title="Run it in containers", body="\n\n".join([body, *view.hints]), order=18)


def _parts(view: ContainersView) -> list[str]:
    """What runs, in words."""
    own = [f"`{each.name}`" for each in view.running if not each.task]
    return own + [f"`{each.name}`" for each in view.backing] + (["`proxy` (NGINX)"] if view.gateway else [])


def _listed(items: list[str]) -> str:
    """Words as a sentence lists them."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
