"""IOPEER's core: from a readable spec to a tested product, by plugins. It knows no generator."""
