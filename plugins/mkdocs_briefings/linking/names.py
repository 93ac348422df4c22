"""Names and telling words in running text, in the spelling of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .words import words

# Words with a capital, in a row; a number may follow: "Federal Reserve", "Section 232". `re` has
# no class for capitals, so what may be one is taken here and looked at again below.
_CAPITAL = r"[^\W\d_a-z][\w’'&-]*"
_RUNS = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?: (?:{_CAPITAL}|\d+(?![\w.,]\d)))*(?![\w])")
_SENTENCE_ENDS = '.!?:;•*|\n\t"“”‘('
_SURFACES = re.compile(r"[^\W_]+")


def names(text: str) -> Mapping[tuple[str, ...], str]:
    """The names in a text, by their folded words, as spelt at their first mention.

    A name is two words or more with capitals, or a single one such as `NASA` or `GitHub`. The
    first word of a sentence counts only where the text never writes it small. Titles, where many
    houses give every word a capital, are not for this.

    >>> list(names("The Federal Reserve met. Yet NASA, under the Section 232 rule, did not.")
    ...      .values())
    ['Federal Reserve', 'NASA', 'Section 232']
    """
    small = set(_SURFACES.findall(text))
    found: dict[tuple[str, ...], str] = {}
    for match in _RUNS.finditer(text):
        run = match[0].split(" ")
        before = text[: match.start()].rstrip(" ")[-1:] if match.start() else ""
        if (not before or before in _SENTENCE_ENDS) and run[0].lower() in small:
            run = run[1:]
        run = [re.sub("[’']s?$", "", word) for word in run]
        if _is_name(run):
            found.setdefault(tuple(words(" ".join(run))), " ".join(run))
    found.pop((), None)
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
