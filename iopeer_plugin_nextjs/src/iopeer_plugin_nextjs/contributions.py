"""What other plugins may hand to the generated frontend: its public interface, version 1.

Data only; the templates render all of it as plain code. Symbols name things that the contributing plugin's own
`File`s export.
"""

from __future__ import annotations

VERSION = "1.0"
"""The contract's version: the minor part grows with additions, the major one with breaks."""
