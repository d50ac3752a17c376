"""Sign-in by Clerk, in place of the built-in one."""
