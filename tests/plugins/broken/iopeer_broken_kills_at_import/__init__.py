"""Ends the process at once while it is imported."""
