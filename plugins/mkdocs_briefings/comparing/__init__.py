"""Two states of a site, and what sets them apart: plain records, no files, no git."""
