"""Names and telling words in running text, in the spelling of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Words with capitals in a row, "Federal Reserve", or one with a second capital inside, "GitHub".
# A number of three digits may follow, "Section 232"; others are mostly days and years. `re` has no
# class for capitals, so what is no digit and no small Latin letter is looked at again below.
_CAPITAL = r"[^\W\d_a-z][\w’'&-]*"
_NUMBER = r"\d{3}(?![\w.,]\d)"
_INSIDE = r"[^\W\d_a-z]\w*[A-Z]\w*"
_RUNS = re.compile(rf"(?<![\w’'-])(?:{_CAPITAL}(?: (?:{_CAPITAL}|{_NUMBER}))+|{_INSIDE})(?!\w)")
_SENTENCE_ENDS = '.!?:;•*|\n\t"“”‘('
_SURFACES = re.compile(r"[^\W_]+")


def names(text: str) -> Mapping[str, str]:
    """The names in a text, by their form without case, as spelt at their first mention.

    A name is two words or more with capitals, or a single one such as `NASA` or `GitHub`. The
    first word of a sentence counts only where the text never writes it small. Titles, where many
    houses give every word a capital, are not for this.

    >>> list(names("The Federal Reserve met. It was the NASA budget, and Section 232.")
    ...      .values())
    ['Federal Reserve', 'NASA', 'Section 232']
    """
    spaced = f" {text} "
    found: dict[str, str] = {}
    for match in _RUNS.finditer(text):
        run = match[0].split(" ")
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" ")
        if (not before or before[-1] in _SENTENCE_ENDS) and f" {run[0].lower()} " in spaced:
            run = run[1:]
        run = [word.removesuffix("’s").removesuffix("'s").rstrip("’'") for word in run]
        if _is_name(run):
            name = " ".join(run)
            found.setdefault(name.casefold(), name)
    return found


def spelling(word: str, text: str) -> str:
    """How a text spells a word given in its folded form; small letters where it has both."""
    spelt: list[str] = _SURFACES.findall(text)
    found = [surface for surface in dict.fromkeys(spelt) if surface.casefold() == word]
    return next((surface for surface in found if surface.islower()), (*found, word)[0])


def _is_name(run: list[str]) -> bool:
    if not run or not all(word[:1].isupper() or word.isdigit() for word in run):
        return False
    if len(run) > 1:
        return True
    inner = run[0][1:]
    return len(run[0]) > 2 and any(c.isupper() for c in inner)
