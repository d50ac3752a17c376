"""Who signs in by Clerk."""
