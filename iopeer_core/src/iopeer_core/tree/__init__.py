"""The tree in memory: compared, written in one go, archived."""
