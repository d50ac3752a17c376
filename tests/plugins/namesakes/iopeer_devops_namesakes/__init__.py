"""Parts of a backend that are called alike."""
