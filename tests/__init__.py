"""Tests: unit tests mirror the package; `sites` builds whole sites, `browser` opens them."""
