"""Looking for faults by hand and for as long as one likes; no part of the test suite.

`briefing` is steered by coverage: `pip install atheris`, then `python -m tests.fuzz.briefing
-max_total_time=600`. `slow` looks for texts that take long: `python -m tests.fuzz.slow
--minutes 20`.
"""
