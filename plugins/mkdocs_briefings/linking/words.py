"""The words of a text, in any script, as likeness counts them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

_LETTERS = re.compile(r"[^\W_]{2,}")
# Accents, and the points and stretching of Hebrew and Arabic, which are written or left out.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
# Joiners and soft hyphens stand inside words and mean nothing to likeness.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_SIGNS = "’“”–—‘…•\u00a0"
"""Signs that stand between words only: with spaces for them, most texts are ASCII."""
_FOREIGN = re.compile(r"[^\x00-\x7f]")
APART = b"\x80"
"""Stands in no text that is ASCII."""
_WORDS_ALONE = bytes(
    code if code == APART[0] else ord(chr(code).lower()) if code < 128 and chr(code).isalnum()
    else ord(" ")
    for code in range(256)
)  # fmt: skip
"""By character of an ASCII text: a letter without case, a digit, or a space; and `APART`."""
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
    if (ascii_only := plain(text)) is not None:
        return [word for word in _split(ascii_only).decode().split() if len(word) > 1]
    return _words_of_any_script(text)


def plain_words(texts: Iterable[str]) -> list[bytes]:
    """The words of several texts that `plain` gave, and those of one letter, with `APART` behind
    each text: quicker than to ask for those of one after the other.

    >>> plain_words(["A cafe", "Rates"])
    [b'a', b'cafe', b'\\x80', b'rates', b'\\x80']
    """
    return _split("".join([f"{text} \x80 " for text in texts])).split()


def _split(plain: str) -> bytes:
    """A text of `plain` with its words between spaces."""
    return plain.encode("latin-1").translate(_WORDS_ALONE)


def _words_of_any_script(text: str) -> list[str]:
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


def plain(text: str) -> str | None:
    """An ASCII text that has the same words, but for their case; None where there is none."""
    if text.isascii():
        return text
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    if text.isascii():
        return text
    for sign in set(_FOREIGN.findall(text)):
        if (form := _form(sign)) is None:
            return None
        text = text.replace(sign, form)
    return text


@lru_cache(maxsize=4096)
def _form(sign: str) -> str | None:
    """What a sign is in ASCII in any word, a space if it stands between words only; None where that
    depends on more than the sign, or ASCII does not have it."""
    bare = unicodedata.normalize("NFKD", sign).casefold()
    bare = _INVISIBLE.sub("", _ACCENTS.sub("", bare))
    if any(not char.isascii() and not _parts(char) for char in bare):
        return None
    return "".join(char if char.isascii() else " " for char in bare)


def _parts(char: str) -> bool:
    """Whether a sign stands between words in a text of any script."""
    alone = unicodedata.normalize("NFKC", char) == char and not unicodedata.combining(char)
    return alone and not char.isalnum() and not unicodedata.category(char).startswith("M")


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
