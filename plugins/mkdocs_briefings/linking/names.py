"""Names and telling words in running text, in the spelling of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# Words with capitals in a row, "Federal Reserve", or one with a second capital inside, "GitHub".
# A number of three digits may follow, "Section 232"; others are mostly days and years. `re` has no
# class for capitals, so what is no digit and no small Latin letter is looked at again below.
_CAPITAL = r"[^\W\d_a-z][\w’'&-]*"
_NUMBER = r"\d{3}(?![\w.,]\d)"
# The first sign is looked for as such, and then at what stands before it: the other way round
# every sign of a text would be tried.
_RUNS = re.compile(
    r"[^\x00-@\[-\x7f](?<![\W\d_])(?<![\w’'-][\s\S])"
    rf"(?:[\w’'&-]*+(?: (?:{_CAPITAL}|{_NUMBER}))+(?!\w)|\w*[A-Z]\w*(?!\w))"
)
_SURFACES = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = frozenset('.!?:;•*|\n\t"“”‘( ')
"""What may stand before the first word of a sentence, with a space between them or without."""


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
    known: set[str] = set()
    for match in _RUNS.finditer(text):
        name, start = match[0], match.start()
        # In `spaced` all stand one further on, so this is the sign before it.
        before = spaced[start]
        if before == " ":
            before = spaced[start - 1]
        if before in _SENTENCE_ENDS:
            first, _, rest = name.partition(" ")
            if f" {first.lower()} " in spaced:
                name = rest
        if name in known:
            continue
        known.add(name)
        if not (name.isascii() and " " in name) or "'" in name:
            run = name.split(" ")
            run = [word.removesuffix("’s").removesuffix("'s").rstrip("’'") for word in run]
            if not _is_name(run):
                continue
            name = " ".join(run)
        # Else it is one: capitals in a row, as they were looked for.
        found.setdefault(name.casefold(), name)
    return found


def spelling(word: str, text: str) -> str:
    """How a text spells a word given in its folded form; small letters where it has both."""
    folded = text.casefold()
    if len(folded) == len(text):
        # No sign became two, so each stands where it stood: nothing but the word is looked at.
        found = dict.fromkeys(_mentions(word, text, folded))
    else:
        runs: list[str] = _SURFACES.findall(text)
        found = dict.fromkeys(surface for surface in runs if surface.casefold() == word)
    return next((surface for surface in found if surface.islower()), (*found, word)[0])


def _mentions(word: str, text: str, folded: str) -> Iterator[str]:
    """The runs of letters and digits of a text that are a word, in its order."""
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        alone = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        if alone and text[start:end].isalnum():
            yield text[start:end]
        start = folded.find(word, start + 1)


def _is_name(run: list[str]) -> bool:
    if not run or not all(word[:1].isupper() or word.isdigit() for word in run):
        return False
    if len(run) > 1:
        return True
    inner = run[0][1:]
    return len(run[0]) > 2 and any(c.isupper() for c in inner)
