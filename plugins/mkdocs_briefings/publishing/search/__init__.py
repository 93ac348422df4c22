"""The search index: what of a site can be found, and Pagefind, which makes the index of it."""
