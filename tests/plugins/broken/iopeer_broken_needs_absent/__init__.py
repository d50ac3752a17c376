"""Needs a plugin that is not enabled."""
