"""Records to pages: all that a page is made from, and what makes it, here or in another process."""
