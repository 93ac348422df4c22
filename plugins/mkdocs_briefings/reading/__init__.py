"""Files to catalog: front matter with positions, schema, registries, Markdown facts."""
