"""Pages to machines: feeds, sitemap, structured data, redirects."""
