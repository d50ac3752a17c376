"""Stars, maps and a page of welcome, for a frontend that another plugin makes."""
