"""Returns a contribution whose fields have wrong types."""
