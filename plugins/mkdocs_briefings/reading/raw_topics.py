"""Topics proposed for a text: by their own names in it, and by likeness to what is filed there."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..catalog.briefing import Briefing
from ..catalog.registries import Topic
from ..catalog.slugs import fold, slugify
from .language import LITTLE_WORDS

MOST = 3
"""Topics proposed at most: a writer deletes one sooner than she looks for one."""
NEIGHBOURS = 20
"""Briefings asked for what they are filed under."""

_IN_TITLE = 5.0
_IN_TEXT = 1.0
_IN_DESCRIPTION = 0.6
_OF_NEIGHBOURS = 20.0
_LIKELY = 5.0
_ALIKE = 0.2
"""Likeness of the nearest briefing from which on neighbours have their whole say: half of all
briefings have a neighbour of 0.24, a text on another subject than the site's one of 0.12."""
_BESIDE = 0.5
"""Share of the best topic's score that another one must have."""

_WORD = re.compile(r"[^\W\d_]{2,}(?:[’'][^\W\d_]+)?|\d+[^\W\d_]+")
_COMMON = frozenset(word for words in LITTLE_WORDS.values() for word in words.split()) | frozenset(
    ["had", "his", "her", "she", "him", "there", "one", "two", "some", "any", "all", "also", "may"]
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic for a text."""

    key: str
    """Key of the registry; in an open vocabulary, a new one."""
    sure: str
    """`very likely` (measured: right four times in five), `likely` (three in five), `a guess`."""
    why: str


def terms(text: str) -> list[str]:
    """The telling words of a text in order: folded, no little words, plural and singular alike."""
    return [_stem(word) for word in map(str.casefold, _WORD.findall(text)) if word not in _COMMON]


def _stem(word: str) -> str:
    word = word.removesuffix("’s").removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Proposer:
    """Proposes topics out of a vocabulary, for any number of texts."""

    def __init__(self, topics: Mapping[str, Topic], briefings: Iterable[Briefing] = ()) -> None:
        """
        Args:
            topics: The vocabulary; when it is empty, new topics are proposed.
            briefings: What is filed already, in any order.
        """
        self.topics = topics
        self.names = {key: _names(topic) for key, topic in topics.items()}
        self.words = {key: frozenset(terms(t.description)) for key, t in topics.items()}
        self.uses = Counter(word for words in self.words.values() for word in words)
        self.filed = sorted(briefings, key=lambda briefing: briefing.slug)
        self.counts = Counter(key for briefing in self.filed for key in briefing.topics)
        counted = [Counter(terms(f"{b.title} {b.title} {b.body.text}")) for b in self.filed]
        self.spread = Counter(word for words in counted for word in words)
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, words in enumerate(counted):
            for word, weight in self._weights(words).items():
                self.postings[word].append((place, weight))

    def propose(self, title: str, text: str) -> tuple[Proposal, ...]:
        """One to `MOST` topics, the best first; ties in the order of the vocabulary.

        Where nothing in the text speaks for a topic, the one most used is a guess.
        """
        if not self.topics:
            return _new(title, text)
        scores, whys = self._named(title, text)
        for key, share in self._neighbours(title, text).items():
            if key in scores or share > 0.15:
                scores[key] += _OF_NEIGHBOURS * share
                whys[key].append("like what is filed there")
        order = {key: place for place, key in enumerate(self.topics)}
        ranked = sorted(scores, key=lambda key: (-scores[key], order[key]))
        best = scores[ranked[0]] if ranked else 0.0
        if best < 0.5:
            key = max(self.topics, key=lambda key: (self.counts[key], -order[key]))
            return (Proposal(key, "a guess", "no word of the text names a topic"),)
        return tuple(
            Proposal(key, _sureness(scores[key], whys[key]), "; ".join(whys[key]))
            for key in ranked[:MOST]
            if scores[key] >= max(_BESIDE * best, 0.5)
        )

    def _named(self, title: str, text: str) -> tuple[defaultdict[str, float], dict[str, list[str]]]:
        head, body = _Phrases(terms(title)), _Phrases(terms(text))
        scores: defaultdict[str, float] = defaultdict(float)
        whys: dict[str, list[str]] = defaultdict(list)
        for key, names in self.names.items():
            best, why = 0.0, ""
            for name, (rank, shown) in names.items():
                in_title, in_text = head.count(name), body.count(name)
                score = rank * (_IN_TITLE * bool(in_title) + _IN_TEXT * math.log2(1 + in_text))
                if score > best:
                    place = "the title" if in_title else "the text"
                    best, why = score, f"{place} names '{shown}'"
            telling = [w for w in self.words[key] if body.words[w] or head.words[w]]
            # A word that many descriptions hold speaks for none of them.
            described = sum(
                math.log2(1 + body.words[w] + 2 * head.words[w]) / self.uses[w] for w in telling
            )
            if best:
                whys[key].append(why)
            elif telling:
                whys[key].append(
                    f"the text has words of its description: {', '.join(sorted(telling)[:4])}"
                )
            if best or telling:
                scores[key] = best + min(_IN_DESCRIPTION * described, 3.0)
        return scores, whys

    def _neighbours(self, title: str, text: str) -> dict[str, float]:
        """By topic, the share of likeness that the nearest briefings filed under it have."""
        found: defaultdict[int, float] = defaultdict(float)
        for word, weight in self._weights(Counter(terms(f"{title} {title} {text}"))).items():
            for place, other in self.postings.get(word, ()):
                found[place] += weight * other
        nearest = sorted(found, key=lambda place: (-found[place], place))[:NEIGHBOURS]
        total = sum(found[place] ** 2 for place in nearest)
        say = min(1.0, (found[nearest[0]] / _ALIKE) ** 2) if nearest else 0.0
        shares: defaultdict[str, float] = defaultdict(float)
        for place in nearest:
            for key in self.filed[place].topics:
                if key in self.topics:
                    shares[key] += say * found[place] ** 2 / total
        return dict(shares)

    def _weights(self, words: Counter[str]) -> dict[str, float]:
        """Weights of length 1: rare words count more, the tenth use of a word hardly counts."""
        weights = {
            word: (1 + math.log(count)) * math.log((1 + len(self.filed)) / self.spread[word])
            for word, count in words.items()
            if self.spread[word]
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()} if length else {}


class _Phrases:
    """The words of a text, and how often one to four of them follow each other."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = Counter(words)
        self.runs = Counter(
            tuple(words[at : at + size])
            for size in range(1, 5)
            for at in range(len(words) - size + 1)
        )

    def count(self, phrase: tuple[str, ...]) -> int:
        return self.runs[phrase]


def _names(topic: Topic) -> dict[tuple[str, ...], tuple[float, str]]:
    """The names of a topic as words, with the weight of each and how it is written: an alias is
    worth less than a title, and the parts of "Trade & tariffs" are names too."""
    names: dict[tuple[str, ...], tuple[float, str]] = {}
    parts = re.split(r"\s*(?:,|&|/|\band\b)\s*", topic.title)
    for rank, texts in (
        (1.0, [topic.title, topic.key.replace("-", " ")]),
        (0.8, topic.aliases),
        (0.7, parts if len(parts) > 1 else []),
    ):
        for text in texts:
            phrase = tuple(terms(text.replace("-", " ")))[:4]
            if phrase:
                names.setdefault(phrase, (rank * (1.0 if len(phrase) == 1 else 1.5), text))
    return names


def _sureness(score: float, whys: Sequence[str]) -> str:
    if any(why.startswith("the title names") for why in whys):
        return "very likely"
    return "likely" if score >= _LIKELY else "a guess"


def _new(title: str, text: str) -> tuple[Proposal, ...]:
    """Topics for a vocabulary without any: words of the title that the text comes back to."""
    counts = Counter(terms(text))
    written = {_stem(word.casefold()): word for word in reversed(_WORD.findall(title))}
    order = {word: place for place, word in enumerate(dict.fromkeys(terms(title)))}
    told = [word for word in order if counts[word] and slugify(written.get(word, word))]
    ranked = sorted(told, key=lambda word: (-counts[word], order[word]))
    if not ranked:
        everything = [*order, *(word for word, _ in counts.most_common(1))]
        ranked = [word for word in everything if fold(word)][:1] or ["general"]
    return tuple(
        Proposal(
            slugify(written.get(word, word)) or "general",
            "a guess",
            f"a word of the title, {counts[word]} times in the text"
            if counts[word]
            else "no better",
        )
        for word in ranked[: MOST - 1]
    )
