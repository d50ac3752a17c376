"""Raises while what it returned is read."""
