"""Spec → Blueprint: additions, contributions and how they come together, operations, policies."""
