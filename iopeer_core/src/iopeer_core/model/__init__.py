"""What a spec means, and what follows from it alone."""
