"""Puts its secret into an error."""
