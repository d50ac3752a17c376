"""Facts of the plan, as TypeScript writes them: what the templates ask."""
