"""What is known of GitHub: actions, pinned, and how its machines get ecosystems and services.

The commits were read off public workflows of August 2026; Dependabot moves them, a week after each release.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action, by the commit of a release."""

    name: str
    commit: str
    version: str

    @property
    def uses(self) -> str:
        """What a step writes."""
        return f"{self.name}@{self.commit} # {self.version}"


CHECKOUT = Action(name="actions/checkout", commit="3d3c42e5aac5ba805825da76410c181273ba90b1", version="v7.0.1")
UPLOAD = Action(name="actions/upload-artifact", commit="043fb46d1a93c77aae656e7c1c64a875d1fc6a0a", version="v7.0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """How a machine gets the programs of an ecosystem.

    Args:
        action: what brings them.
        version: the setting of the action that names their version.
        updates: what Dependabot calls the ecosystem.
        bill: commands that write the bill of materials of a component to `{bill}`, in the form of CycloneDX.
    """

    action: Action
    version: str
    updates: str
    bill: tuple[str, ...]


SET_UPS = {
    "python": SetUp(
        action=Action(name="actions/setup-python", commit="5fda3b95a4ea91299a34e894583c3862153e4b97", version="v7.0.0"),
        version="python-version",
        updates="pip",
        bill=(
            "python -m venv .bill",
            ".bill/bin/python -m pip install --quiet cyclonedx-bom==7.5.0",
            ".bill/bin/cyclonedx-py requirements {lock} --output-file {bill}",
        ),
    ),
    "node": SetUp(
        action=Action(name="actions/setup-node", commit="820762786026740c76f36085b0efc47a31fe5020", version="v7.0.0"),
        version="node-version",
        updates="npm",
        bill=("npm sbom --prefix {root} --package-lock-only --sbom-format cyclonedx > {bill}",),
    ),
}
"""By the name of the ecosystem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """How a service that the machines bring is started there.

    Args:
        start: commands.
        url: its address for whoever runs on the same machine.
    """

    start: tuple[str, ...]
    url: str


SERVICES = {
    "postgresql": Served(
        start=(
            "sudo systemctl start postgresql.service",
            "sudo -u postgres psql --command \"CREATE ROLE ci LOGIN SUPERUSER PASSWORD 'ci'\"",
            "sudo -u postgres createdb --owner ci ci",
        ),
        url="postgresql://ci:ci@127.0.0.1:5432/ci",
    ),
}
"""By the kind of the service: what GitHub's machines have installed, and leave stopped."""
