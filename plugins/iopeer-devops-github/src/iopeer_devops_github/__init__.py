"""The product's continuous integration on GitHub: every check of every plugin is a step."""
