"""Raises in a hook."""
