"""Spec → Blueprint: contributions and how they come together, relations, operations, policy."""
