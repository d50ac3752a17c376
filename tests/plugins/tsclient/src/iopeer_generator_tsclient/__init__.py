"""A typed TypeScript client, made from the operations of the API alone."""
