"""What other plugins may hand to this one: subclasses of `Contribution`, with a docstring each. None yet."""
