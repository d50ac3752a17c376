"""Ends the process while it is imported."""
