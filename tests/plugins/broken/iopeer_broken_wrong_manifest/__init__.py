"""Has a manifest with a misspelt key."""
