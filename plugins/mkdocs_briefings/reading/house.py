"""House rules held against briefings: a problem for each that one breaks, where it breaks it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from ..catalog.briefing import Briefing
from ..catalog.rules import Avoided, Domains, Rules, Span
from .body_findings import Findings as Places
from .findings import Findings
from .handler import HANDLER
from .nodes import Fault, Node
from .running import outbound, running
from .text import decode, for_yaml, short
from .validate import find, find_key

Load = Callable[[str], bytes]
"""Gives the bytes of a file by its path."""

MOST_TOLD = 100
"""So many places are told at which a text has one word."""
MOST_INSIDE = 5_000
"""A word that stands so often inside of others is not looked for any further."""
_GAP = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")
_TURKIC = str.maketrans({"İ": "i", "I": "ı"})
_SAME = {"author": "authors", "authors": "author", "storyline": "storylines",
         "storylines": "storyline"}  # fmt: skip


def hold(rules: Rules, briefings: Iterable[Briefing], load: Load) -> Iterator[Findings]:
    """Hold briefings against the rules; findings only of those that break one.

    Args:
        rules: Of the house.
        briefings: Those to look at, in any order.
        load: For places: a file is read again only when something is found in it.
    """
    if rules == Rules(since=rules.since):
        return
    words = [(entry, pattern) for entry in rules.avoid if (pattern := _Pattern(entry)).says]
    for briefing in briefings:
        if rules.since is None or briefing.published >= rules.since:
            held = _Held(briefing, load)
            held.against(rules, words)
            if held.findings.problems:
                yield held.findings


class _Held:
    """One briefing under the rules."""

    def __init__(self, briefing: Briefing, load: Load) -> None:
        self.briefing = briefing
        self.load = load
        self.findings = Findings(briefing.path)

    @cached_property
    def front(self) -> Node:
        """The front matter, for places; empty when it has gone meanwhile."""
        try:
            text = decode(self.load(self.briefing.path))
            return HANDLER.tree(for_yaml(HANDLER.split(text)[0], 2)[0])[0]
        except Fault:
            return Node({}, 1, 1)

    def against(self, rules: Rules, words: list[tuple[Avoided, _Pattern]]) -> None:
        briefing = self.briefing
        self._span("house-title", "title", len(briefing.title), rules.title, "characters")
        if briefing.summary_written:
            number = len(briefing.summary)
            self._span("house-summary", "summary", number, rules.summary, "characters")
        self._span("house-words", "text", briefing.body.words, rules.words, "words")
        for key, least in rules.require.items():
            self._require(key, least)
        if rules.cite and not briefing.body.cited:
            hint = "name what it rests on under `sources`, and cite it as `[^1]`"
            self._body("house-cite", 0, "the text cites no source", hint)
        self._words(words)
        self._domains(rules)

    def _span(self, code: str, what: str, number: int, span: Span, unit: str) -> None:
        if span.at_least and number < span.at_least:
            message = f"the {what} has {number:,} {unit}, {span.at_least:,} are the fewest here"
            hint = "say more: what would a reader want to know before going on?"
        elif span.at_most and number > span.at_most:
            message = f"the {what} has {number:,} {unit}, {span.at_most:,} are the most here"
            hint = "shorten it"
        else:
            return
        if what == "text":
            self._body(code, 0, message, hint)
        else:
            self._front(what, code, message, hint)

    def _front(self, key: str, code: str, message: str, hint: str, *path: int | str) -> None:
        place = find(self.front, (key, *path))
        if place is self.front:
            place = Node("", 1, 1)
        self.findings.at(place, code, message, hint)

    def _body(self, code: str, offset: int, message: str, hint: str) -> None:
        text = self.briefing.body.markdown
        offset = offset or len(text) - len(text.lstrip())
        self.findings.add(code, *self._places.place(offset), message, hint)

    @cached_property
    def _places(self) -> Places:
        """Line and column of offsets in the body."""
        return Places(self.briefing.body.markdown, self.briefing.body.line)

    def _require(self, key: str, least: int) -> None:
        value = getattr(self.briefing, key)
        if key == "summary" and not self.briefing.summary_written:
            value = ""
        number = len(value) if isinstance(value, tuple) else int(bool(value))
        least = least if isinstance(value, tuple) else 1
        if number >= least:
            return
        if number:
            message = f"`{key}` has {number} of at least {least} that the house asks for"
            hint = f"add {least - number} more"
        else:
            message = f"no `{key}`, which the house asks for"
            hint = f"add `{key}: …`" if least == 1 else f"add `{key}`, at least {least}"
        assert isinstance(self.front.value, dict)
        written = key if key in self.front.value else _SAME.get(key, key)
        place = find_key(self.front, (written,)) if written in self.front.value else None
        self.findings.at(place or Node("", 1, 1), "house-key", message, hint)

    def _words(self, words: list[tuple[Avoided, _Pattern]]) -> None:
        lang = self.briefing.lang
        told = [(e, p) for e, p in words if not e.lang or _primary(e.lang) == _primary(lang)]
        if not told:
            return
        body = self.briefing.body
        fields: list[tuple[str, tuple[int | str, ...], str]] = [
            ("title", (), self.briefing.title),
            ("summary", (), self.briefing.summary if self.briefing.summary_written else ""),
            ("why", (), self.briefing.why),
            *(("key_points", (n, "text"), p.text)
              for n, p in enumerate(self.briefing.key_points)),
        ]  # fmt: skip
        folded = [(key, path, _Flat(_folded(text, lang))) for key, path, text in fields]
        text = _Flat(_folded(body.markdown, lang))
        prose: _Flat | None = None
        for entry, pattern in told:
            for key, path, value in folded:
                if any(True for _ in pattern.every(value, lang)):
                    self._front(key, "house-word", *_avoid(entry), *path)
            # Most texts hold none: only one that does is looked at closely.
            if not any(True for _ in pattern.every(text, lang)):
                continue
            prose = _Flat(_folded(running(body.markdown), lang)) if prose is None else prose
            for at in islice(pattern.every(prose, lang), MOST_TOLD):
                self._body("house-word", prose.place(at), *_avoid(entry))

    def _domains(self, rules: Rules) -> None:
        if rules.sources != Domains():
            for n, source in enumerate(self.briefing.sources):
                if source.url and (why := _kept_out(source.url, rules.sources)):
                    hint = "name another document, or the same on another site"
                    self._front("sources", "house-domain", f"a source on {why}", hint, n, "url")
        body = self.briefing.body
        if rules.links != Domains():
            for link in outbound(body.markdown, body.line):
                if why := _kept_out(link.url, rules.links):
                    message, hint = f"a link to {why}", "lead to another site, or leave it out"
                    self.findings.add("house-domain", link.line, link.column, message, hint)


def _avoid(entry: Avoided) -> tuple[str, str]:
    message = f"'{short(entry.word)}' is a word that the house avoids"
    return message, f"write '{entry.write}'" if entry.write else "say it in another way"


def _kept_out(url: str, domains: Domains) -> str:
    """The host and why it is kept out; empty when it is not."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    names = {host, _unicode(host)}
    if any(_below(name, domains.refuse) for name in names):
        return f"{host}, which the house keeps out"
    if domains.allow and not any(_below(name, domains.allow) for name in names):
        return f"{host}, which is not among those that the house allows"
    return ""


def _unicode(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _below(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _primary(lang: str) -> str:
    return lang.lower().partition("-")[0]


def _folded(text: str, lang: str) -> str:
    """A text as words are compared: no case, one apostrophe, one space; accents stay, they tell
    words apart. As long as `text`: what would change its length stays as it is."""
    if _primary(lang) in ("tr", "az"):
        text = text.translate(_TURKIC)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("’", "'").replace("\u00a0", " ")


class _Flat:
    """A folded text with one space for each gap, in which phrases are looked for as they are."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self._ends: list[int] = []
        self._lost: list[int] = []
        at = length = 0
        for gap in _GAP.finditer(text):
            pieces += [text[at : gap.start()], " "]
            length += gap.start() - at + 1
            at = gap.end()
            self._ends.append(length)
            self._lost.append(at - length)
        pieces.append(text[at:])
        self.text = "".join(pieces)

    def place(self, at: int) -> int:
        """The offset in the text itself."""
        gap = bisect_right(self._ends, at) - 1
        return at + self._lost[gap] if gap >= 0 else at


class _Pattern:
    """Finds a word of the house in folded texts of any language, in time that adds up to their
    length."""

    def __init__(self, entry: Avoided) -> None:
        self._word = unicodedata.normalize("NFC", " ".join(entry.word.rstrip("*").split()))
        self._open = entry.word.endswith("*")
        self._folded = {turkic: _folded(self._word, turkic) for turkic in ("", "tr")}

    @property
    def says(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._folded[""])

    def every(self, flat: _Flat, lang: str) -> Iterator[int]:
        """The offsets in `flat` at which it stands, from left to right."""
        word = self._folded["tr" if _primary(lang) in ("tr", "az") else ""]
        text = flat.text
        at, missed = text.find(word), 0
        while at >= 0 and missed < MOST_INSIDE:
            end = at + len(word)
            # Scripts without spaces between words have no whole words to look for.
            whole = (_UNSPACED.match(word) or not _LETTERS.match(text[at - 1 : at])) and (
                self._open or _UNSPACED.match(word[-1]) or not _LETTERS.match(text[end : end + 1])
            )
            if whole:
                yield at
            else:
                missed += 1
                # No word begins inside of this one.
                letters = None if _UNSPACED.match(word) else _LETTERS.match(text, at)
                end = letters.end() if letters else at + 1
            at = text.find(word, end)
