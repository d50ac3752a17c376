"""Names are made once, here: from what the user wrote to identifiers, paths and labels (contract.md, Names)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Every form of one name. For `Work order`: label, plural_label, `work_order`, `work_orders`.

    Two names are equal when their identifiers are: the label keeps the user's spelling.
    """

    label: str  # as written: "Work order"
    plural_label: str  # "Work orders"
    singular: str  # "work_order": ASCII, the identifier and the wire name
    plural: str  # "work_orders"

    @property
    def snake(self) -> str:
        """`work_order`."""
        return self.singular

    @property
    def kebab(self) -> str:
        """`work-order`."""
        return self.singular.replace("_", "-")

    @property
    def pascal(self) -> str:
        """`WorkOrder`."""
        return pascal(self.singular)

    @property
    def camel(self) -> str:
        """`workOrder`."""
        return camel(self.singular)

    @property
    def plurals(self) -> Names:
        """The same forms of the plural: `names.plurals.kebab` is `work-orders`, its path."""
        return Names(
            label=self.plural_label, plural_label=self.plural_label, singular=self.plural, plural=self.plural
        )


def pascal(identifier: str) -> str:
    """`work_order` → `WorkOrder`."""
    return "".join(part[:1].upper() + part[1:] for part in identifier.split("_"))


def camel(identifier: str) -> str:
    """`work_order` → `workOrder`."""
    head, *rest = identifier.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def identifier(text: str) -> str:
    """An ASCII identifier: accents fall, `ñ` → `ni`, camelCase is split, a leading digit gets `n_`; "" when nothing is left."""
    raise NotImplementedError


def make_names(label: str, *, language: str, plural: str | None = None) -> Names:
    """All forms of a name; `plural` overrides the rules of `language` ("en" or "es")."""
    raise NotImplementedError
