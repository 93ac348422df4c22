"""What an editor's checks need of texts: plain prose, sentences, ease of reading, figures, runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SPANISH = dict(
    zip(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
        "diciembre".split(),
        MONTHS,
        strict=True,
    )
)
RUN = 8
"""Words in a row that no text of ours shares with what it was written from."""

_FENCE = re.compile(r"^```.*?^```[ \t]*$", re.MULTILINE | re.DOTALL)
_MARKS = (
    (re.compile(r"\{:[^}]*\}"), ""),
    (re.compile(r"\[\^\d+\]"), ""),
    (re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^> ?", re.MULTILINE), ""),
    (re.compile(r"\*+"), ""),
)
_WORD = re.compile(r"[a-z0-9]+(?:[.,'][a-z0-9]+)*")
_DAY = re.compile(rf"\b(\d{{1,2}})(?: and \d{{1,2}}|[-–]\d{{1,2}})? ({'|'.join(MONTHS)})\b")
_US_DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b")
_ISO = re.compile(r"\b\d{4}-(\d{2})-(\d{2})\b")
_UNIT = re.compile(r"(\d[\d,]*(?:\.\d+)?)[ -](percent|million|billion|trillion)\b")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def plain(markdown: str) -> str:
    """Text without marks of Markdown, links as their words; blocks of code left out.

    >>> plain("See [[rates|the **rates**]].[^1]")
    'See the rates.'
    """
    text = _FENCE.sub("", markdown)
    for mark, words in _MARKS:
        text = mark.sub(words, text)
    return text


def prose(markdown: str) -> list[str]:
    """The paragraphs of a body in sentences: no headings, tables, notes on tables or boxes."""
    blocks = re.split(r"\n[ \t]*\n", _FENCE.sub("", markdown))
    kept = [b for b in blocks if not b.lstrip().startswith(("#", "|", "*", "Source", ">", "!!!"))]
    return [plain(" ".join(block.split())) for block in kept if block.strip()]


def sentences(paragraphs: Iterable[str]) -> list[str]:
    """
    >>> sentences(["It rose. By how much? By 2.5 points."])
    ['It rose.', 'By how much?', 'By 2.5 points.']
    """
    parts = (re.split(r"(?<=[.?!])[”\"]? +(?=[A-Z“\"0-9$])", text) for text in paragraphs)
    return [part for some in parts for part in some if part.strip()]


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e, es or ed at the end; a number counts as one.

    >>> [syllables(w) for w in ("duties", "trade", "table", "imposed", "listed", "145")]
    [2, 1, 2, 2, 2, 1]
    """
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    silent = (
        re.search(r"[^l]e$", letters)
        or re.search(r"[^csxzlghi]es$", letters)
        or re.search(r"[^td]ed$", letters)
    )
    return max(1, count - bool(silent))


def ease(paragraphs: Iterable[str]) -> float:
    """Flesch's reading ease: 206.835 − 1.015 words a sentence − 84.6 syllables a word."""
    said = sentences(paragraphs)
    words = [word for text in said for word in text.split() if re.search(r"\w", word)]
    syllabled = sum(map(syllables, words))
    return 206.835 - 1.015 * len(words) / len(said) - 84.6 * syllabled / len(words)


def figures(text: str) -> set[str]:
    """Dates without their year, amounts with their unit, and every other number.

    >>> sorted(figures("On 12 May 2025 it fell to 7.50 percent, or $1,200; on June 3 not."))
    ['12 May', '1200', '2025', '3 June', '7.5 percent']
    """
    found = set()
    for match in _ISO.finditer(text):
        found |= {f"{int(match[2])} {MONTHS[int(match[1]) - 1]}", match[0][:4]}
    text = _US_DAY.sub(r"\2 \1", _ISO.sub(" ", text))
    for pattern in (_DAY, _UNIT):
        found |= {f"{_bare(match[1])} {match[2]}" for match in pattern.finditer(text)}
        text = pattern.sub(" ", text)
    return found | {_bare(number) for number in _NUMBER.findall(text)}


def in_english(spanish: str) -> str:
    """The days, amounts and percentages of a Spanish text as English writes them.

    >>> in_english("El 2 de julio de 2025, 20 por ciento de 3.67 mil millones")
    'El 2 July 2025, 20 percent de 3.67 billion'
    """
    months = "|".join(_SPANISH)
    text = re.sub(rf"\b({months})(?: de)?\b", lambda m: _SPANISH[m[1]], spanish)
    text = re.sub(r"(\d)(?:\.º)? de (?=[A-Z])", r"\1 ", text)
    return text.replace(" por ciento", " percent").replace(" mil millones", " billion")


def _bare(number: str) -> str:
    """
    >>> [_bare(number) for number in ("1,200", "7.50", "08", "100", "0.0")]
    ['1200', '7.5', '8', '100', '0']
    """
    number = number.replace(",", "")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number.lstrip("0") if number.strip("0.") and number[:2] != "0." else number or "0"


def runs(text: str) -> Iterator[str]:
    """Every eight words in a row.

    >>> list(runs("One two three four five six seven 8.5, nine"))
    ['one two three four five six seven 8.5', 'two three four five six seven 8.5 nine']
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def texts(value: Any) -> Iterator[str]:
    """Every text in a tree of YAML, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
