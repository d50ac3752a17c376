"""A page, a provider, panels and a field of forms, for a frontend that another plugin makes."""
