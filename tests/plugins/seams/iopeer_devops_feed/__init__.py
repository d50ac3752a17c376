"""A history of every row: who changed what, from what, to what."""
