"""Forgets to return."""
