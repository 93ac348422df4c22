"""Tests of the words, dates and numbers of the interface."""
