"""Has a manifest of another name."""
