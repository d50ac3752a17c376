"""What is sold: plans as data, read from the section `## Billing`."""

from __future__ import annotations

from dataclasses import dataclass, field

TRIAL_DAYS = 14
GRACE_DAYS = 7
WHOLE = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]
)
"""Currencies whose smallest unit is the unit itself, as Stripe counts them."""


def unit_of(currency: str) -> int:
    """How many of the smallest unit a unit of a currency is."""
    return 1 if currency in WHOLE else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan; prices are in the currency's smallest unit, None is not sold so, a limit of None is none.

    `rows` are pairs of an entity's identifier and how many of its rows an account may have.
    """

    key: str
    label: str
    monthly: int | None = None
    yearly: int | None = None
    trial_days: int = TRIAL_DAYS
    rows: tuple[tuple[str, int], ...] = ()
    requests: int | None = None
    features: tuple[str, ...] = ()
    doc: str = ""

    @property
    def paid(self) -> bool:
        """Whether it has a price."""
        return self.monthly is not None or self.yearly is not None


DEFAULTS = (
    Plan(key="free", label="Free", requests=10_000),
    Plan(key="pro", label="Pro", monthly=1900, yearly=19_000, requests=100_000),
    Plan(key="enterprise", label="Enterprise", monthly=9900, yearly=99_000),
)
"""What is sold where the section names no plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that a section says."""

    plans: tuple[Plan, ...] = DEFAULTS
    currency: str = "USD"
    grace_days: int = GRACE_DAYS
    links: tuple[tuple[str, str], ...] = field(default=())
    """Of each limited entity, the link to the account whose row it is."""

    @property
    def unit(self) -> int:
        """How many of the smallest unit a unit of the currency is."""
        return unit_of(self.currency)

    @property
    def free(self) -> Plan:
        """The plan of everybody who does not pay."""
        return next((plan for plan in self.plans if not plan.paid), DEFAULTS[0])
