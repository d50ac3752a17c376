"""Triggers that count how often a row was changed."""
