"""Runs a product on this machine: its tasks, its processes, an account to try it with."""
