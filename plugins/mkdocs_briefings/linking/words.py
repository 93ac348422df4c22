"""The words of a text, in any script, as likeness counts them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LETTERS = re.compile(r"[^\W_]{2,}")
# Accents, and the points and stretching of Hebrew and Arabic, which are written or left out.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
# Joiners and soft hyphens stand inside words and mean nothing to likeness.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_SIGNS = "’“”–—‘…•\u00a0"
"""Signs that stand between words only: with spaces for them, most texts are ASCII."""
_WORDS_ALONE = bytes(
    ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else ord(" ")
    for code in range(256)
)
"""By character of an ASCII text: a letter without case, a digit, or a space."""
# From here on stand scripts that need more than runs of letters.
_OTHERS = "[\u0700-\u1dff\u2d00-\u2dff\u3005-\U0003ffff]"

# Scripts written without spaces, or, as Korean, with endings grown onto their words: Thai, Lao,
# Tibetan, Burmese, Khmer, kana, bopomofo, Han, Hangul. What stands there is cut in twos.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff"
)
_FIRST_UNSPACED = _UNSPACED[0]


def words(text: str) -> list[str]:
    """The words of a text, in its order; case, accents and punctuation do not count.

    Words are runs of letters and digits, two or more; a run in a script that does not part its
    words gives each two neighbouring characters. No list of stop words and no stemming, so that
    every language is treated alike: what is common weighs little by itself.

    >>> words("The café’s rates: 4.25%, Añejo!")
    ['the', 'cafe', 'rates', '25', 'anejo']
    >>> words("GDP 成長率")
    ['gdp', '成長', '長率']
    """
    if (plain := _without_signs(text)).isascii():
        rough = plain.encode().translate(_WORDS_ALONE).decode().split()
        return [word for word in rough if len(word) > 1]
    bare = unicodedata.normalize("NFKD", text).casefold()
    if bare.isascii():
        return _LETTERS.findall(bare)
    if not _unusual().search(bare):
        return _LETTERS.findall(unicodedata.normalize("NFKC", bare))
    # Taken apart to lose accents, put together again for kana and Hangul.
    bare = unicodedata.normalize("NFKC", _INVISIBLE.sub("", _ACCENTS.sub("", bare)))
    if not _others().search(bare):
        return _LETTERS.findall(bare)
    found: list[str] = []
    for run in _marked_letters().findall(bare):
        for part in _script_runs().findall(run):
            if unspaced(part) and len(part) > 2:
                found.extend(part[n : n + 2] for n in range(len(part) - 1))
            elif len(part) > 1 or unspaced(part):
                found.append(part)
    return found


def _without_signs(text: str) -> str:
    """A text without the signs that are in many of its kind and in no word."""
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    return text


def unspaced(word: str) -> bool:
    """Whether a word is cut from a script that does not part its words."""
    return word >= _FIRST_UNSPACED and _any_unspaced().match(word) is not None


# Of classes so large the making takes longer than most builds look for them: when first asked for.


@cache
def _unusual() -> re.Pattern[str]:
    """One of these at least is in every text that needs more than its case folded."""
    return re.compile(f"{_ACCENTS.pattern[:-2]}{_INVISIBLE.pattern[1:-2]}{_OTHERS[1:]}")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(_OTHERS)


@cache
def _any_unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@cache
def _script_runs() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


@cache
def _marked_letters() -> re.Pattern[str]:
    r"""Letters with the vowel signs and the like that belong to them: `\w` leaves those out."""
    # The scripts of the world end before the symbols of the second plane.
    marks = (c for c in map(chr, range(0x0700, 0x1F000)) if _is_mark(c))
    return re.compile(f"(?:[^\\W_]|[{''.join(map(re.escape, marks))}])+")


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Mc"}
