"""An app that sells something passes its own checks, with its subscriptions played through a small Stripe over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import iopeer_payment_stripe
import pytest

SPEC = """# Shop

## App

- account: Customer

## Roles

- boss
- buyer

## Entities

### Customer

- email: email, required, unique

### Order

- owner: belongs to Customer, required, default me
- number: integer, required
- note: text

#### Permissions

- boss: all
- buyer: create, read own, update own, delete own

## Billing

- Free: free, 3 orders, 50 requests
- Pro: 10 monthly, 100 yearly, feature export
"""


LEAST = SPEC[: SPEC.index("- Free")]
"""The three plans that are sold where a section names none."""
NOTHING = LEAST + "- Free: free, 3 orders\n"


@pytest.mark.long
@pytest.mark.parametrize("spec", [SPEC, LEAST, NOTHING], ids=["plans", "three plans", "nothing to sell"])
def test_the_app_passes(tmp_path: Path, spec: str) -> None:
    (tmp_path / "spec.md").write_text(spec, encoding="utf-8")
    (tmp_path / "iopeer.toml").write_text('plugins = ["fastapi", "stripe"]\n', encoding="utf-8")
    found = next(folder for folder in sys.path if any(Path(folder).glob("iopeer_payment_stripe-*.dist-info")))
    source = Path(iopeer_payment_stripe.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((found, str(source)))}
    command = (str(Path(sys.executable).with_name("iopeer")), "generate", "spec.md", "--check", "quick")
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
