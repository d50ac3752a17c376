"""The Docker plugin of IOPEER: images and a compose file for whatever a product runs."""
