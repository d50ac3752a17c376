"""The operations of a backend, without the backend."""
