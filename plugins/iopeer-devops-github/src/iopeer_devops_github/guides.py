"""The section of the product's README."""

from __future__ import annotations

from collections.abc import Sequence

from iopeer_devops_github.contributions import Repository
from iopeer_devops_github.workflow import Job

_WHAT = {
    "en": "`.github/workflows/ci.yml` checks each push to `{branch}` and each pull request, in {count} jobs: {jobs}. No "
    "job may write to the repository, and all actions are pinned by their commit; Dependabot proposes newer ones, and "
    "newer packages, a week after they came out.",
    "es": "`.github/workflows/ci.yml` comprueba cada cambio de `{branch}` y cada pull request, en {count} trabajos: "
    "{jobs}. Ningún trabajo puede escribir en el repositorio y todas las acciones están fijadas por su commit; "
    "Dependabot propone las nuevas, y paquetes nuevos, una semana después de que salgan.",
}
_WHERE = {
    "en": "The product lies in `{folder}`, and GitHub reads workflows from the root of a repository alone: move them "
    "there with `git mv {folder}/.github .github`.",
    "es": "El producto está en `{folder}`, y GitHub solo lee los flujos de la raíz de un repositorio: llévalos allí con "
    "`git mv {folder}/.github .github`.",
}


def body(jobs: Sequence[Job], repository: Repository, language: str) -> str:
    """What is checked, and where the files belong.

    Args:
        jobs: those of the workflow.
        repository: where the product lies.
        language: the spec's.
    """
    jobs_of = ", ".join(f"`{job.key}`" for job in jobs)
    said = "es" if language == "es" else "en"
    parts = [_WHAT[said].format(branch=repository.branch, count=len(jobs), jobs=jobs_of)]
    parts += [_WHERE[said].format(folder=repository.folder)] if repository.folder else []
    return "\n\n".join(parts)
