"""Cached environments, in which the checks of a generated app run: Python's here, one file per ecosystem."""
