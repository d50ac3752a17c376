"""The Tree: rendered in memory, compared, written in one go, archived."""
