"""Archives of any size for benchmarks, made from a real one.

Up to the real archive's own size the articles are its own, taken evenly over time. Beyond that the
archive is repeated in rounds, and no round holds copies: software that compares articles would find
each one's copies, and nothing else, and what it does then is not its usual work. A round's article
keeps its authors, topics, headings, lists and tables, is dated a week later for each round, and is
mixed from three articles:

- Of its paragraphs of plain text, a third is its own, and the others stand at the same place in
  two partners. The partners are its neighbours, other ones in each round, when all articles are
  laid out by main topic and shuffled within it. A topic with fewer articles than there are partners
  to find lends from the next.
- Its title is half its own and half the first partner's; its summary is the second partner's.

So words, lengths, and what is rare and common stay as in the archive, and each article shares a
part of its text with some ten others of its topic, as parts of a series do. Links lead to articles
of the same round; one whose target a round leaves out leads to the one before it.

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
# A paragraph may move when it means the same anywhere: text without list, quotation or table, whose
# references and notes are all in itself.
LINE = r"(?:[^\W\d_]|[“\"‘'_&(]|\*(?=[*\w]))[^\n]*"
MOVABLE = re.compile(rf"{LINE}(?:\n{LINE})*|<p>(?:(?!</?p\b).)*</p>", re.DOTALL)
BOUND = re.compile(r"\]\[|\[\^|\]:")
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
    def blocks(self) -> list[str]:
        return BLANK.split(self.body.strip("\n"))

    @cached_property
    def movable(self) -> list[int]:
        """Which blocks are paragraphs that may stand in another article."""
        return [
            number
            for number, block in enumerate(self.blocks)
            if MOVABLE.fullmatch(block) and not BOUND.search(block)
        ]


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
        circle = sorted(
            range(len(self.articles)),
            key=lambda number: (
                self.articles[number].front["topics"][0],
                hashlib.sha256(self.articles[number].slug.encode()).digest(),
            ),
        )
        self._circle = circle
        self._position = {number: position for position, number in enumerate(circle)}

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
        places = [_place(self.articles[index], number) for index in kept]
        where = dict(zip(kept, places, strict=True))
        by_slug = {article.slug: index for index, article in enumerate(self.articles)}

        def link(found: re.Match[str]) -> str:
            target = by_slug.get(found["slug"])
            if target is None:
                return found[0]
            nearest = kept[max(0, bisect_right(kept, target) - 1)]
            anchor = found["anchor"] or "" if nearest == target else ""
            return f"](../{where[nearest].path}{anchor}"

        for index, place in where.items():
            front, body = self._text(index, number)
            head = yaml.dump({**front, "date": place.date}, **STYLE)
            path = into / place.path
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"---\n{head}---\n{LINK.sub(link, body)}", "utf-8", newline="\n")
        return places

    def _text(self, index: int, number: int) -> tuple[dict[str, Any], str]:
        """Front matter and body of an article in a round."""
        own = self.articles[index]
        if number == 0:
            return dict(own.front), own.body
        first, second = (self._neighbour(index, 2 * number - 1 + step) for step in (0, 1))
        mixed = (own, first, second)
        blocks = list(own.blocks)
        for place, block in enumerate(own.movable):
            source = mixed[(place + number) % 3]
            if place < len(source.movable):
                blocks[block] = source.blocks[source.movable[place]]
        front = {key: value for key, value in own.front.items() if key != "summary"}
        front["title"] = _crossed(own.front["title"], first.front["title"])
        if "summary" in second.front:
            front["summary"] = second.front["summary"]
        return front, "\n" + "\n\n".join(blocks) + "\n"

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


def _place(article: Article, number: int) -> Place:
    slug = article.slug if number == 0 else f"{article.slug}-r{number + 1}"
    return Place(slug, article.date + timedelta(weeks=number))


def _crossed(one: str, other: str) -> str:
    """The first half of one title and the second half of another, in words.

    >>> _crossed("How to write a good title", "Ten ways to test")
    'How to write to test'
    """
    head, tail = one.split(), other.split()
    return " ".join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])
