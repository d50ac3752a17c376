"""Badges in place of passwords."""
