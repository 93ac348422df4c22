"""Catalog to graph: links, backlinks, related briefings, neighbours in storylines and topics."""
