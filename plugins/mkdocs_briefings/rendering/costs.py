"""What the work of the Markdown parser is counted in, and how much of it a body may be.

Apart from what counts, which needs the parser itself: who only reckons should not wait for that.
"""

from __future__ import annotations

from typing import Final

LEAST: Final = 600_000
"""Characters that may be looked at for any body: less than a tenth of a second."""
MOST: Final = 1_200_000
"""Characters that may be looked at for the longest body."""
EACH: Final = 5
"""How many times more a long body may look at each of its characters: an article takes one or two
times its length, four if it is a list in lists, five if it is full of emphasis."""
MARK: Final = 30
"""What looking at one sign costs, in characters."""
CODE: Final = 3_500
"""What a block of code costs, however short: a highlighter is made for each."""
TAGS: Final = 14
"""How many open tags are looked at in the time of one character."""
