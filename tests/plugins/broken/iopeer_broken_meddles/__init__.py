"""Prints, moves and changes the environment."""
