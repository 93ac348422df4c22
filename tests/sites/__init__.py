"""Whole sites, built by the real commands."""
