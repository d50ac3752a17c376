"""Returns what is no contribution."""
