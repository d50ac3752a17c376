"""Plans that customers pay for; whoever imports it is noted, where the environment asks for it."""

import os
from pathlib import Path

if note := os.environ.get("BILLING_IMPORTED"):
    Path(note).touch()
