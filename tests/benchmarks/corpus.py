"""Archives of any size for benchmarks, made from a real one.

Up to the real archive's own size the articles are its own, taken evenly over time. Beyond that the
archive is repeated in rounds, and no round holds copies: software that compares articles would find
each one's copies, and nothing else, and what it does then is not its usual work. A round's article
is mixed from three, itself and two partners:

- Its topics are its own. So is a third of its text: the first in one round, the middle or the last
  in others. The other two thirds are those of its partners. One without text stays without.
- Its title is half its own and half the first partner's.
- Its authors, summary and date are the second partner's, the date a week later for each round.

Partners are neighbours, other ones in each round, when all articles with text are laid out by main
topic and shuffled within it. A topic with fewer articles than there are partners to find lends from
the next. So numbers, lengths, what is rare and what is common stay as in the archive, and each
article shares a part of its text with some ten others of its topic, as parts of a series do. Links
lead to articles of the same round; one whose target a round leaves out leads to the one before it.

The same archive and size give the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

REGISTRIES = ("authors.yml", "topics.yml")
BLANK = re.compile(r"\n(?:[ \t]*\n)+")
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
VOID = frozenset(("br", "hr", "img", "input", "source", "wbr"))
"""HTML elements without an end."""
LINK = re.compile(r"\]\(\.\./\d{4}/(?P<slug>[a-z0-9-]+)\.md(?P<anchor>#[^)\s]*)?")


@dataclass(frozen=True)
class Article:
    """An article of the real archive."""

    slug: str
    front: Mapping[str, Any]
    body: str

    @property
    def date(self) -> date:
        found = self.front["date"]
        assert isinstance(found, date)
        return found

    @cached_property
    def thirds(self) -> tuple[str, str, str]:
        """The text in three parts of about as many words, each of which may stand alone; an
        article of one or two pieces has empty ones."""
        pieces = list(_pieces(self.body))
        words = [len(piece.split()) for piece in pieces]
        thirds: tuple[list[str], ...] = ([], [], [])
        before = 0
        for piece, count in zip(pieces, words, strict=True):
            thirds[(2 * before + count) * 3 // (2 * sum(words))].append(piece)
            before += count
        first, middle, last = ("\n\n".join(third) for third in thirds)
        return first, middle, last


def _pieces(body: str) -> Iterator[str]:
    """The text, cut at blank lines with neither a list nor an HTML element around them.

    >>> list(_pieces("One.\\n\\n- a\\n\\n  b\\n\\n<div>\\n\\nx\\n\\n</div>\\n\\nTwo."))
    ['One.', '- a\\n\\n  b', '<div>\\n\\nx\\n\\n</div>', 'Two.']
    """
    piece: list[str] = []
    depth = 0
    for block in filter(str.strip, BLANK.split(body.strip("\n"))):
        if piece and depth == 0 and not block[0].isspace():
            yield "\n\n".join(piece)
            piece = []
        piece.append(block)
        for tag in TAG.finditer(block):
            if tag[2].lower() not in VOID and not tag[0].endswith("/>"):
                depth = max(0, depth - 1) if tag[1] else depth + 1
    if piece:
        yield "\n\n".join(piece)


@dataclass(frozen=True)
class Place:
    """Where an article of a corpus stands."""

    slug: str
    date: date

    @property
    def path(self) -> str:
        """Its file, relative to the corpus; without the suffix, the end of its address."""
        return f"{self.date.year}/{self.slug}.md"


@dataclass(frozen=True)
class Corpus:
    """A made archive: a folder with a file for each article and the two registries."""

    folder: Path
    places: tuple[Place, ...]
    """Oldest first within each round, the real articles first."""
    real: int
    """How many articles are the archive's own; the others are mixed."""

    @property
    def size(self) -> int:
        return len(self.places)

    @property
    def newest(self) -> Place:
        return max(self.places, key=lambda place: (place.date, place.slug))


class Archive:
    """The real archive, read once."""

    def __init__(self, folder: Path) -> None:
        """Read every article.

        Raises:
            FileNotFoundError: If the folder holds no articles or lacks a registry.
        """
        for name in REGISTRIES:
            if not (folder / name).is_file():
                raise FileNotFoundError(f"no {name} in {folder}")
        articles = [_read(path) for path in folder.glob("*/*.md")]
        if not articles:
            raise FileNotFoundError(f"no articles in {folder}")
        self.folder = folder
        self.articles = sorted(articles, key=lambda article: (article.date, article.slug))
        """By date."""
        self._by_slug = {article.slug: index for index, article in enumerate(self.articles)}
        self._circle: list[int] = []
        self._position: dict[int, int] = {}
        for number in sorted(range(len(self.articles)), key=self._laid_out):
            self._position[number] = len(self._circle)
            if any(self.articles[number].thirds):
                self._circle.append(number)

    def _laid_out(self, number: int) -> tuple[str, bytes]:
        article = self.articles[number]
        return article.front["topics"][0], hashlib.sha256(article.slug.encode()).digest()

    def make(self, size: int, into: Path) -> Corpus:
        """Write a corpus of `size` articles into a folder, over whatever is there."""
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        for name in REGISTRIES:
            shutil.copyfile(self.folder / name, into / name)
        places: list[Place] = []
        for number, kept in enumerate(_rounds(len(self.articles), size)):
            places += self._round(number, kept, into)
        return Corpus(into, tuple(places), real=min(size, len(self.articles)))

    def _round(self, number: int, kept: list[int], into: Path) -> list[Place]:
        """Write one round, 0 for the real articles, of those that it keeps; where they stand."""
        made = [self._mixed(index, number) for index in kept]
        places = [Place(article.slug, article.date) for article in made]
        where = dict(zip(kept, places, strict=True))

        def link(found: re.Match[str]) -> str:
            target = self._by_slug.get(found["slug"])
            if target is None:
                return found[0]
            nearest = kept[max(0, bisect_right(kept, target) - 1)]
            # A mixed article may lack the heading.
            anchor = found["anchor"] or "" if number == 0 and nearest == target else ""
            return f"](../{where[nearest].path}{anchor}"

        for article, place in zip(made, places, strict=True):
            head = yaml.dump(dict(article.front), **STYLE)
            path = into / place.path
            path.parent.mkdir(exist_ok=True)
            body = LINK.sub(link, article.body)
            path.write_text(f"---\n{head}---\n{body}", encoding="utf-8", newline="\n")
        return places

    def _mixed(self, index: int, number: int) -> Article:
        """An article as it is in a round."""
        own = self.articles[index]
        if number == 0:
            return own
        first, second = (self._neighbour(index, 2 * number - 1 + step) for step in (0, 1))
        front = {
            **own.front,
            "title": _crossed(own.front["title"], first.front["title"]),
            "authors": second.front["authors"],
            "date": second.date + timedelta(weeks=number),
        }
        front.pop("summary", None)
        if "summary" in second.front:
            front["summary"] = second.front["summary"]
        body = ""
        if any(own.thirds):
            sources = (own, first, second)
            thirds = [sources[(place + number) % 3].thirds[place] for place in range(3)]
            body = "\n\n".join(filter(None, thirds)) or own.body
        return Article(f"{own.slug}-r{number + 1}", front, f"\n{body}\n")

    def _neighbour(self, index: int, distance: int) -> Article:
        place = (self._position[index] + distance) % len(self._circle)
        return self.articles[self._circle[place]]


STYLE: Mapping[str, Any] = {
    "Dumper": yaml.CSafeDumper,
    "sort_keys": False,
    "allow_unicode": True,
    "width": 100,
}


def _read(path: Path) -> Article:
    opening, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert not opening, f"{path} does not begin with front matter"
    return Article(path.stem, yaml.load(head, yaml.CSafeLoader), body)


def _rounds(real: int, size: int) -> Iterator[list[int]]:
    """The articles of each round, by number and in order.

    >>> list(_rounds(4, 2)), list(_rounds(3, 7))
    ([[0, 2]], [[0, 1, 2], [0, 1, 2], [0]])
    """
    while size > 0:
        count = min(real, size)
        yield [place * real // count for place in range(count)]
        size -= count


def _crossed(one: str, other: str) -> str:
    """The first half of one title and the second half of another, in words.

    >>> _crossed("How to write a good title", "Ten ways to test")
    'How to write to test'
    """
    head, tail = one.split(), other.split()
    return " ".join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])
