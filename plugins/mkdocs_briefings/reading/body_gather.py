"""What the paragraphs of one body hold together: links, citations, raw headings, and how many."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..catalog import markup
from . import body_tags
from .body_findings import Findings
from .body_layout import Layout
from .body_tags import Tag
from .body_text import BREAK, CLOSE, CUT, CUT_END, HEAD, HEAD_END, OPEN

MOST_LINKS = 5_000
MOST_CITATIONS = 500
MOST_SIGNS = 20_000
"""Brackets, escapes, entities, tags and pieces of code in a body."""
MOST_COPIED = 3_000_000_000
"""Characters of a body that may be copied: for each such sign the parser copies the paragraph."""
MOST_SCRIPTS = 600
"""Signs `^` and `~` of one paragraph: the parser's time grows with the square of their number."""

MOST_MISSED = 50
"""Names of notes that are not there, of which no more are told."""
_LABEL = re.compile(r"(?!\w-\w)[\w-]{1,40}")
"""A name that somebody gives to a note, and no pattern such as `[^a-z0-9]+`."""
_NOT_RUNNING = markup.UNLINKED | {"abbr"}


class Found(NamedTuple):
    """A link that may lead into this site."""

    target: markup.Target
    offset: int
    text: str | None
    """Marked-up text; None when it is what stands between the sentinels."""


class HeadingTag(NamedTuple):
    """A heading written as raw HTML."""

    level: int
    own: str
    """Its `id`, or empty."""
    offset: int


class Gatherer:
    """Gathers what the paragraphs of one body hold."""

    def __init__(
        self, layout: Layout, findings: Findings, judge_tag: Callable[[Tag], None]
    ) -> None:
        self.layout = layout
        self.findings = findings
        self.judge_tag = judge_tag
        self.links: list[Found] = []
        """Of the stretch being read, in the order of their sentinels."""
        self.heads: list[HeadingTag] = []
        """Raw headings of the stretch being read."""
        self.cited: set[int] = set()
        self.missed: set[str] = set()
        """Names of notes that are cited and not there."""
        self.outbound: list[tuple[str, int]] = []
        """Addresses that lead out of this site, with their offsets, in the order of the text."""
        self.count = 0
        """Links of every kind in the body so far."""
        self.failed = 0
        """Addresses in the body whose `)` is missing."""
        self.citations = 0
        self.scripts = 0
        """Sum of the squares of the number of `^` and `~` in each paragraph."""
        self.signs = 0
        self.copied = 0
        self.raw_link = False
        """A raw `<a>` is open."""
        self.own_anchor = ""
        """Given by the attribute list at the end of the stretch being read."""
        self.foreign = False
        """That list names a language."""
        self.cut = ""
        """The open raw element whose text is no running text of the page."""

    def begin(self) -> None:
        """Forget the stretch that was read."""
        self.links, self.heads, self.raw_link = [], [], False
        self.own_anchor = self.cut = ""
        self.foreign = False

    def scripted(self, offset: int, signs: int) -> None:
        """Count the signs `^` and `~` of a paragraph."""
        self.scripts += signs**2
        if self.scripts > MOST_SCRIPTS**2:
            self._refuse(offset, MOST_SCRIPTS, "signs ^ and ~")

    def signed(self, offset: int, signs: int, length: int) -> None:
        """Count what begins with a special sign, in a paragraph of so many characters."""
        self.signs += signs
        self.copied += signs * length
        things = "brackets, escapes, entities, tags and pieces of code"
        if self.signs > MOST_SIGNS:
            self._refuse(offset, MOST_SIGNS, things)
        elif self.copied > MOST_COPIED:
            message = f"{signs:,} {things} in a paragraph of {length:,} characters"
            self.findings.refuse(offset, "too-long", message, "make several paragraphs of it")

    def _refuse(self, offset: int, most: int, things: str) -> None:
        message = f"more than {most:,} {things}"
        self.findings.refuse(offset, "too-long", message, "make several briefings of it")

    def counted(self, offset: int) -> None:
        """Count a link."""
        self.count += 1
        if self.count == MOST_LINKS + 1:
            self._refuse(offset, MOST_LINKS, "links")

    def cite(self, label: str, offset: int) -> bool:
        """Read `[^label]`; False when it cites neither a source nor a footnote."""
        known = label in self.layout.notes
        if not known and not (label.isascii() and label.isdecimal() and len(label) <= 4):
            return False
        self.citations += 1
        if self.citations == MOST_CITATIONS + 1:
            self._refuse(offset, MOST_CITATIONS, "citations")
        if not known:
            self.cited.add(int(label))
        return True

    def uncited(self, label: str, offset: int) -> None:
        """Report `[^label]` that readers would see as it stands, where it is meant as a note: the
        first of each name, and of few names."""
        if label not in self.missed and len(self.missed) < MOST_MISSED and _LABEL.fullmatch(label):
            self.missed.add(label)
            message = f"the text has no note '[^{label}]'"
            hint = f"add a line `[^{label}]: …` at its end, or cite a source by its number"
            self.findings.add(offset, "unknown-source", message, hint)

    def outward(self, address: str, offset: int) -> None:
        """Note a link to an address that begins with http:// or https://."""
        self.counted(offset)
        self.outbound.append((address, offset))

    def address(
        self, address: str, offset: int, *, image: bool = False, judged: bool = False
    ) -> markup.Target | None:
        """Judge the address of a link or an image; what it may lead to in this site.

        With `judged` the tag that holds it was judged already.
        """
        self.counted(offset)
        target = markup.internal(address)
        if target is not None:
            return target
        self.outbound.append((address, offset))
        scheme = markup.scheme(address)
        if scheme and scheme not in markup.SCHEMES:
            if not judged:
                message = f"an address that begins with {scheme}: is not published"
                self.findings.add(offset, "unsafe-html", message, "use https, http or mailto")
        elif image:
            self.findings.add(
                offset,
                "remote-image",
                "an image from another site is published as a link to it",
                "put the file beside the briefing, or link to it",
            )
        return None

    def tag(self, tag: Tag, pieces: list[str]) -> None:
        """Read what a raw tag means for the text round it."""
        name = tag.name
        self._interrupt(tag, pieces)
        if name == "br":
            pieces.append(" ")
        elif name == "a" and tag.close:
            if self.raw_link:
                pieces.append(CLOSE)
                self.raw_link = False
        elif name in markup.HEADINGS:
            if not tag.close:
                own = body_tags.given(tag).get("id", "")
                self.heads.append(HeadingTag(int(name[1]), own, tag.start))
                pieces.append(HEAD)
            else:
                pieces.append(HEAD_END)
        elif not tag.close and name in ("a", "img"):
            self._linking_tag(tag, pieces)

    def _interrupt(self, tag: Tag, pieces: list[str]) -> None:
        """Mark where a raw tag interrupts the running text, and what of it it takes away."""
        if tag.close and tag.name == self.cut:
            self.cut = ""
            pieces.append(CUT_END)
        elif self.cut or tag.close or tag.name in markup.VOID:
            pieces.append(BREAK)
        elif tag.name in _NOT_RUNNING or "lang" in body_tags.given(tag):
            self.cut = tag.name
            pieces.append(CUT)
        else:
            pieces.append(BREAK)

    def _linking_tag(self, tag: Tag, pieces: list[str]) -> None:
        given = body_tags.given(tag)
        image = tag.name == "img"
        address = given.get("src" if image else "href")
        if address is None:
            return
        target = self.address(address, tag.start, image=image, judged=True)
        if target is not None:
            self.links.append(Found(target, tag.start, given.get("alt", "") if image else None))
            if not image and self.raw_link:
                pieces.append(CLOSE)  # An `<a>` ends the one before it.
            pieces += [OPEN, CLOSE] if image else [OPEN]
            self.raw_link = self.raw_link or not image
