"""What may be reused: results of an earlier build, kept on disk and believed only when they fit."""
