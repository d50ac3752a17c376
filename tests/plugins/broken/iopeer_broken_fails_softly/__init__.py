"""Fails in the hooks that may fail."""
