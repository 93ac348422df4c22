"""Views to pages: Markdown to safe HTML, template filters, and the files MkDocs is given."""
