"""A simple audit trail for a FastAPI backend: what was done to which row."""
