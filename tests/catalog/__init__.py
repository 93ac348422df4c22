"""Tests of the plain records."""
