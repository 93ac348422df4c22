"""Tests of the graph: links, backlinks, related, sequences."""
