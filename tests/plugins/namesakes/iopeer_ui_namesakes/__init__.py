"""Components of a frontend that are called alike."""
