"""The links of a Spec, resolved: effective on-delete, inverse and wire names (contract.md, Relations)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from iopeer_core.spec.model import OnDelete, Spec
from iopeer_core.spec.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One link, from the field that holds it.

    `one`: a `belongs to` one target (unique: one to one). `subject`: polymorphic, one key per target. `many`: a set,
    implicit (a table of its own) or held by the rows of `through`.
    """

    kind: Literal["one", "subject", "many"]
    source: str  # the entity whose field it is
    field: str  # the field's identifier
    targets: tuple[str, ...]  # one, but for `subject`
    keys: tuple[str, ...]  # wire names: ("project_id",); ("task_id", "project_id"); ("label_ids",)
    inverse: Names  # of the targets' rows: "tasks"
    inverse_many: bool  # False where the link is unique: a "has one"
    required: bool
    unique: bool
    on_delete: OnDelete  # as written, else restrict when required, set null when not; `many`: cascade
    through: str | None = None
    through_source: str | None = None  # the field of `through` that links to `source`
    through_target: str | None = None  # the field of `through` that links to the target
    writable: bool = True  # False for read-only fields, and where `through` has other required fields

    @property
    def target(self) -> str:
        """The only target."""
        (target,) = self.targets
        return target


def relations_of(spec: Spec) -> tuple[Relation, ...]:
    """All links that fields of `spec` hold, by entity and field in their order (has many/has one hold none)."""
    raise NotImplementedError
