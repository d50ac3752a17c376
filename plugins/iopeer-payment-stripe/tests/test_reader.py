"""The section is read in both languages, and what is wrong with it is told at its place."""

from __future__ import annotations

import pytest
from iopeer_core.kit import generate
from iopeer_core.language.reader import read as read_spec
from iopeer_core.language.vocabulary import Grammar, Word
from iopeer_payment_stripe.plans import DEFAULTS, Offer
from iopeer_payment_stripe.reader import offer_of, read

ENGLISH = """# Shop

## Entities

### User

- email: email, required, unique

### Order

- owner: belongs to User, required, default me
- note: text

### Color

- name: text
"""
SPANISH = """# Tienda

## Entidades

### Usuario

- correo: correo, obligatorio, único

### Pedido

- dueño: pertenece a Usuario, obligatorio, por defecto yo
"""


def offer(text: str) -> Offer:
    """What a spec sells."""
    found = offer_of(generate(text, ["fastapi", "stripe"]).blueprint.spec)
    assert found is not None
    return found


def told(text: str) -> list[tuple[int, str, str, str | None]]:
    """The problems of a spec."""
    forms = {"en": ("Billing",), "es": ("Facturación",)}
    word = Word(kind="section", name="Billing", forms=forms, plugin="stripe")
    found = read_spec(text, grammar=Grammar((word,), {("section", "stripe", "Billing"): read}))
    return [(each.line, each.code, each.message, each.suggestion) for each in found.problems]


def test_an_empty_section_sells_three_plans() -> None:
    assert offer(ENGLISH + "\n## Billing\n").plans == DEFAULTS


def test_nothing_is_made_without_the_section() -> None:
    made = generate(ENGLISH, ["fastapi", "stripe"])
    assert not any("billing" in path for path in made.tree)
    assert "stripe" not in made.text("pyproject.toml")


PLANS = """
## Billing

- currency: EUR
- trial: 30 days
- grace: 3 days
- Free: free, 3 orders, 100 requests
- Team plus: 9.50 monthly, 1_000 yearly, no trial, unlimited orders, feature export, feature audit log
- Big: 99 a month, trial of 7 days
"""
PLANES = """
## Facturación

- moneda: EUR
- prueba: 30 días
- gracia: 3 días
- Gratis: gratis, 3 pedidos, 100 peticiones
- Equipo: 9.50 al mes, 1_000 al año, sin prueba, ilimitados pedidos, función export
- Grande: 99 mensual, prueba de 7 días
"""


@pytest.mark.parametrize(
    ("text", "entity", "link"), [(ENGLISH + PLANS, "order", "owner"), (SPANISH + PLANES, "pedido", "duenio")]
)
def test_plans_have_prices_limits_trials_and_features(text: str, entity: str, link: str) -> None:
    found = offer(text)
    free, team, big = found.plans
    assert (found.currency, found.grace_days, found.links) == ("EUR", 3, ((entity, link),))
    assert (free.paid, free.rows, free.requests) == (False, ((entity, 3),), 100)
    assert (team.monthly, team.yearly, team.trial_days, team.rows, team.requests) == (950, 100_000, 0, (), None)
    assert team.features[0] == "export"
    assert (big.monthly, big.yearly, big.trial_days) == (9900, None, 7)
    assert found.free is free


def test_rows_are_counted_by_the_account_that_a_spec_leaves_to_us() -> None:
    text = "# Todo\n\n## Entities\n\n### Task\n\n- title: text\n- owner: belongs to User, required\n"
    assert offer(text + "\n## Billing\n\n- Free: free, 3 tasks\n").links == (("task", "owner"),)


def test_yen_have_no_smaller_unit() -> None:
    assert offer(ENGLISH + "\n## Billing\n\n- currency: JPY\n- A: free\n- B: 900 monthly\n").plans[1].monthly == 900


WRONG = """
## Billing

- trial: fortnight 14
- currency: euros
- Basic: 10 monthly, cheap
- Basic: 3 colors
- Plus: 10 monthly, 5 ordres
"""


def test_what_is_wrong_is_told_with_its_line() -> None:
    first = ENGLISH.count("\n") + 4
    found = [each for each in told(ENGLISH + WRONG) if each[1].endswith(".stripe")]
    assert [(line - first, code.partition(".")[0], suggestion) for line, code, _, suggestion in found] == [
        (0, "E5", "trial: 14 days"),
        (1, "E4", None),
        (2, "E1", None),
        (3, "E2", None),
        (3, "E7", None),
        (4, "E6", "Plus: 10 monthly, 5 orders"),
    ]


def test_somebody_has_to_have_a_plan_without_paying() -> None:
    (found,) = told(ENGLISH + "\n## Billing\n\n- Pro: 10 monthly\n")
    assert found[1] == "E3.stripe"
    assert "- Free: free" in found[2]


def test_it_is_told_in_spanish() -> None:
    (found,) = told(SPANISH + "\n## Facturación\n\n- Gratis: gratis, barato\n")
    assert (
        found[2]
        == "'barato' no dice nada del plan 'Gratis': escribe '10 al mes', '5 tareas', 'función informes' o similar"
    )
