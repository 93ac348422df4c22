"""What the interface says: its words, numbers, dates and lists, in the language of a site."""
