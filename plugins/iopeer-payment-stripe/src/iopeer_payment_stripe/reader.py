"""Reads `## Billing`: what it says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches

from iopeer_core.language.parts import PartProblem
from iopeer_core.model.account import account_of, added_account
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import BelongsTo, Bullet, Entity, PluginBlock, Spec

from iopeer_payment_stripe.plans import DEFAULTS, GRACE_DAYS, TRIAL_DAYS, Offer, Plan, unit_of
from iopeer_payment_stripe.words import MESSAGES

NAME = "Billing"
_NUMBER = r"(?P<n>\d[\d_]*)"
_DAYS = re.compile(_NUMBER + r" *(days?|días?)?", re.IGNORECASE)
_PRICE = re.compile(
    r"(?P<price>\d[\d_]*(\.\d{1,2})?) +(?P<cycle>monthly|a month|mensual|al mes|yearly|a year|anual|al año)",
    re.IGNORECASE,
)
_TRIAL = re.compile(
    rf"(trial|prueba)( (of|de))? {_NUMBER} (days?|días?)|{_NUMBER.replace('n>', 'm>')} (days?|días?) (trial|de prueba)",
    re.IGNORECASE,
)
_NO_TRIAL = re.compile(r"no trial|sin prueba", re.IGNORECASE)
_FREE = re.compile(r"free|gratis|gratuito|0", re.IGNORECASE)
_FEATURE = re.compile(r"(feature|función) +(?P<name>.+)", re.IGNORECASE)
_LIMIT = re.compile(rf"({_NUMBER}|(?P<all>unlimited|ilimitad[oa]s)) +(?P<what>.+)", re.IGNORECASE)
_YEARLY = ("yearly", "a year", "anual", "al año")
_REQUESTS = ("request", "requests", "petición", "peticiones")
_SETTINGS = {
    "trial": "trial", "prueba": "trial",
    "grace": "grace", "gracia": "grace",
    "currency": "currency", "moneda": "currency",
}  # fmt: skip


def read(part: PluginBlock, _: Entity | None, spec: Spec) -> Iterable[PartProblem]:
    """Tell what is wrong with the section."""
    return _Reading(spec).all_of(part)[1]


def offer_of(spec: Spec) -> Offer | None:
    """Give what the spec sells, or None where it has no such section."""
    parts = [each for each in spec.sections if each.plugin == "stripe" and each.name == NAME]
    return _Reading(spec).all_of(parts[0])[0] if parts else None


@dataclass
class _Reading:
    spec: Spec
    problems: list[PartProblem] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    currency: str = ""
    trial: int = TRIAL_DAYS
    grace: int = GRACE_DAYS

    def all_of(self, part: PluginBlock) -> tuple[Offer, list[PartProblem]]:
        """Read settings first, then the plans, which may stand above them."""
        self.currency = self.spec.app.currency or "USD"
        plans: list[tuple[Bullet, str]] = []
        for bullet in part.bullets:
            if (setting := _SETTINGS.get(bullet.label.casefold())) is not None:
                self.setting(bullet, setting)
            else:
                plans.append((bullet, bullet.label or bullet.text))
        read: dict[str, Plan] = {}
        for bullet, label in plans:
            plan = self.plan(bullet, label)
            if plan.key in read:
                self.tell("E2", bullet, plan=label)
            read[plan.key] = plan
        if read and not any(not plan.paid for plan in read.values()):
            self.problems.append(PartProblem(code="E3", at=part.span, messages=MESSAGES["E3"]))
        offered = tuple(read.values()) or tuple(replace(plan, trial_days=self.trial) for plan in DEFAULTS)
        links = tuple(sorted(self.links.items()))
        return Offer(plans=offered, currency=self.currency, grace_days=self.grace, links=links), self.problems

    def tell(self, code: str, bullet: Bullet, suggestion: str | None = None, **values: str) -> None:
        """Note a problem of a bullet."""
        self.problems.append(
            PartProblem(code=code, at=bullet.span, messages=MESSAGES[code], values=values, suggestion=suggestion)
        )

    def setting(self, bullet: Bullet, name: str) -> None:
        """Read what holds for all plans."""
        text = bullet.text.strip()
        if name == "currency":
            if re.fullmatch(r"[A-Za-z]{3}", text):
                self.currency = text.upper()
            else:
                self.tell("E4", bullet, text=text)
        elif found := _DAYS.fullmatch(text):
            days = int(found["n"])
            if name == "trial":
                self.trial = days
            else:
                self.grace = days
        else:
            number = re.search(r"\d+", text)
            self.tell("E5", bullet, f"{bullet.label}: {number[0]} days" if number else None, text=text)

    def plan(self, bullet: Bullet, label: str) -> Plan:
        """Read a plan; what is not understood is told."""
        names = make_names(label, language=self.spec.app.languages[0])
        plan = Plan(key=names.singular, label=label, trial_days=self.trial, doc=bullet.doc)
        for term in (each.strip() for each in bullet.text.split(",")) if bullet.label else ():
            plan = self.term(bullet, plan, term)
        return plan

    def term(self, bullet: Bullet, plan: Plan, term: str) -> Plan:
        """Read one of the terms between commas."""
        if found := _PRICE.fullmatch(term):
            price = round(Decimal(found["price"].replace("_", "")) * unit_of(self.currency))
            if not price:
                return plan
            return replace(plan, yearly=price) if found["cycle"].casefold() in _YEARLY else replace(plan, monthly=price)
        if _FREE.fullmatch(term):
            return plan
        if _NO_TRIAL.fullmatch(term):
            return replace(plan, trial_days=0)
        if found := _TRIAL.fullmatch(term):
            return replace(plan, trial_days=int(found["n"] or found["m"]))
        if found := _FEATURE.fullmatch(term):
            return replace(plan, features=(*plan.features, found["name"].strip()))
        if found := _LIMIT.fullmatch(term):
            return self.limit(bullet, plan, found)
        self.tell("E1", bullet, term=term, plan=plan.label)
        return plan

    def limit(self, bullet: Bullet, plan: Plan, found: re.Match[str]) -> Plan:
        """Read a limit: of requests a month, or of an entity's rows."""
        what = found["what"].strip()
        most = None if found["all"] else int(found["n"].replace("_", ""))
        if what.casefold() in _REQUESTS:
            return replace(plan, requests=most)
        entity = next((each for each in self.spec.entities if what.casefold() in _forms(each)), None)
        if entity is None:
            near = get_close_matches(what.casefold(), [form for each in self.spec.entities for form in _forms(each)], 1)
            line = f"{bullet.label}: {bullet.text}"
            self.tell("E6", bullet, line.replace(what, near[0]) if near else None, what=what, plan=plan.label)
            return plan
        link = link_of(self.spec, entity)
        if link is None:
            self.tell("E7", bullet, what=entity.names.label)
            return plan
        self.links[entity.names.singular] = link
        return plan if most is None else replace(plan, rows=(*plan.rows, (entity.names.singular, most)))


def _forms(entity: Entity) -> tuple[str, ...]:
    names = entity.names
    return tuple(each.casefold() for each in (names.label, names.plural_label, names.singular, names.plural))


def link_of(spec: Spec, entity: Entity) -> str | None:
    """The link by which a row is an account's: required, first one that is its maker, then the first of all."""
    language = spec.app.languages[0]
    account = account_of(spec)
    names = account.names if account else make_names(added_account(language), language=language)
    links = list(_links(entity, names.singular))
    mine = [name for name, made in links if made]
    return next(iter(mine or [name for name, _ in links]), None)


def _links(entity: Entity, account: str) -> Iterator[tuple[str, bool]]:
    for each in entity.fields:
        if isinstance(each.type, BelongsTo) and each.type.targets == (account,) and each.required:
            yield each.names.singular, each.default is not None and each.default.value == "me"
