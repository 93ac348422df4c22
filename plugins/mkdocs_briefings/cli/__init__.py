"""The command `briefings`: one file a subcommand."""
