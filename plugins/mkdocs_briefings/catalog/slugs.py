"""Slugs and the folding under which two names count as one."""

from __future__ import annotations

import re
import unicodedata

_GAPS = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """The form under which names, slugs and topics are compared: no case, accents, punctuation.

    Does not depend on the locale. Two names with one fold are one name.

    >>> fold("Trade & Tariffs") == fold("trade-tariffs")
    True
    """
    if text.isascii():  # Nearly all names; the rest of the way does nothing to them.
        return _GAPS.sub("-", text.lower()).strip("-")
    # Some signs, such as 🄐, fall apart into capitals.
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _GAPS.sub("-", unicodedata.normalize("NFKC", bare)).strip("-")


def slugify(text: str) -> str:
    """A slug for a new name: folded, and readable in an address.

    Letters of every script are kept; empty when the text has no letter or digit.

    >>> slugify("Añejo’s 2nd Market")
    'anejos-2nd-market'
    """
    return fold(text.replace("’", "").replace("'", ""))
