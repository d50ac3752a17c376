"""Ends the process in a hook."""
