"""A product of Node.js: a store of words, and a page that shows them."""
