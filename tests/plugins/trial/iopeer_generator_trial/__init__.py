"""A generator whose files and checks are said in the settings."""
