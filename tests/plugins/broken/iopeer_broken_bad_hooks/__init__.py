"""Has a fault in every hook."""
