"""Templates, placeholders, symbols, overrides and the README: from a plan to the files of a tree."""
