"""IOPEER turns one readable spec into a running full-stack product."""
