"""Fuzzing by coverage, run by hand and for as long as one likes: `pip install atheris`, then
`python -m tests.fuzz.briefing -max_total_time=600`. No part of the test suite."""
