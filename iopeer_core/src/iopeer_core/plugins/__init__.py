"""The hooks, the manifests, and the manager that calls plugins."""
