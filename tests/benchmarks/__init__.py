"""Measurements, run by hand; what must hold is in the tests."""
