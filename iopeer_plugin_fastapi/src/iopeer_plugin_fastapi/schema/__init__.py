"""The database of an app as a value: what it was, what it is now, and the migration from one to the other."""
