"""What a briefing is: pure records and rules, with no MkDocs, no YAML and no HTML."""
