"""A fixer whose patches are said in the settings."""
