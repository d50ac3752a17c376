"""The services that the plugin knows: bases, commands, health checks."""

from __future__ import annotations

from iopeer_plugin_docker.contributions import ServiceImage

NGINX = "nginxinc/nginx-unprivileged:1.28-alpine"
BACKUP = """The database is in a volume. To keep a copy, and to put one back:

```sh
docker compose exec -T {name} pg_dump --username app --format custom app > backup.dump
docker compose exec -T {name} pg_restore --username app --dbname app --clean --if-exists < backup.dump
```"""

POSTGRESQL = ServiceImage(
    kind="postgresql",
    image="postgres:{version}-trixie",
    version="17",
    url="postgresql://app@{name}:{port}/app",
    variables=(("PGPASSWORD", "${POSTGRES_PASSWORD}"),),  # in an address, some characters mean something else
    health=("pg_isready", "--quiet", "--username", "app", "--dbname", "app", "--host", "127.0.0.1"),
    environment=(("POSTGRES_DB", "app"), ("POSTGRES_USER", "app"), ("POSTGRES_PASSWORD", "${POSTGRES_PASSWORD}")),
    user="postgres",
    volume="/var/lib/postgresql/data",
    scratch=("/tmp", "/var/run/postgresql"),  # noqa: S108 - of the container
    secrets=("POSTGRES_PASSWORD",),
    hint=BACKUP,
)
