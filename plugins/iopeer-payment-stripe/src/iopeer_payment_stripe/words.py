"""What is told of a section that is wrong."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, Mapping[str, str]] = {
    "E1": {
        "en": "{term!r} says nothing about the plan {plan!r}: write '10 monthly', '5 tasks', 'feature export' or so",
        "es": "{term!r} no dice nada del plan {plan!r}: escribe '10 al mes', '5 tareas', 'función informes' o similar",
    },
    "E2": {"en": "there are two plans {plan!r}", "es": "hay dos planes {plan!r}"},
    "E3": {
        "en": "every plan has a price: give one that everybody has who does not pay, '- Free: free'",
        "es": "todos los planes tienen precio: añade uno para quien no paga, '- Gratis: gratis'",
    },
    "E4": {
        "en": "{text!r} is no currency: write three letters, 'EUR'",
        "es": "{text!r} no es una moneda: escribe tres letras, 'EUR'",
    },
    "E5": {
        "en": "{text!r} is no number of days: write '14 days'",
        "es": "{text!r} no es un número de días: escribe '14 días'",
    },
    "E6": {
        "en": "the plan {plan!r} limits {what!r}, which is no entity",
        "es": "el plan {plan!r} limita {what!r}, que no es una entidad",
    },
    "E7": {
        "en": "{what} cannot be limited: give it a required link to the account, whose rows are counted",
        "es": "{what} no se puede limitar: dale un enlace obligatorio a la cuenta, cuyas filas se cuentan",
    },
}
