"""Its entry point names a class that is not there."""
