"""Has a manifest that is not TOML."""
