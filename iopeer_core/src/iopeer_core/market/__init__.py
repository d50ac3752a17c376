"""The marketplace: which plugins there are, and how one comes into this installation and into a project, or goes."""
