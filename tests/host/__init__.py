"""Tests of what MkDocs is given, and of what is asked of git."""
