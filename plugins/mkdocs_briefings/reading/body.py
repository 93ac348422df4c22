"""The facts of a body, found without rendering it: links, headings, words, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..catalog import markup
from ..catalog.anchors import anchors, levels
from ..catalog.briefing import Body, Heading, Link, Passage
from . import body_tags, body_text
from .body_blocks import MOST_HEADINGS
from .body_characters import NARROW, blanked, check_characters
from .body_findings import Finding, Findings
from .body_gather import Found, Gatherer, HeadingTag
from .body_inline import read_inline
from .body_layout import layout
from .body_raw import read_raw
from .body_tags import Depth, Tag
from .language import foreign_passages

__all__ = ["Finding", "read_body"]

MOST_MENTIONS = 2_000
"""Of abbreviations that the body explains."""
_SENTINEL = re.compile(f"[{body_text.OPEN}{body_text.CLOSE}]")
_MARKS = "\\`[]<&{*_~=^"
"""Every sign that may be more than text: most paragraphs have none, and are text as they stand."""
_HEAD = re.compile(f"([{body_text.HEAD}{body_text.HEAD_END}])")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def read_body(
    markdown: str, *, line: int = 1, prose: bool = True, lang: str = ""
) -> tuple[Body, tuple[Finding, ...]]:
    """Read what can be known of a body without rendering it.

    Headings, anchors and links are those that the rendered page has. Code, comments and raw
    `<pre>`, `<script>` and `<style>` hold none. Past a limit (codes `too-long` and `too-deep`)
    the facts stay empty, and such a body must not be rendered.

    Args:
        markdown: The text, with `\\n` line ends.
        line: Line of the file where it begins, 1-based.
        prose: Note the running text, too.
        lang: Note which passages are in another language than this, BCP 47; empty for none.
    """
    findings = Findings(markdown, line)
    seen = check_characters(findings)
    text = blanked(markdown) if seen.controls else markdown
    body_tags.check_amount(findings)
    if findings.fatal:
        return Body(markdown=markdown, line=line), findings.sorted()
    facts = Facts(text, findings, prose=prose, even=seen.even)
    facts.read()
    if findings.fatal:
        return Body(markdown=markdown, line=line), findings.sorted()
    joined = "\n".join(facts.texts)
    body = Body(
        markdown=markdown,
        line=line,
        links=tuple(facts.links),
        headings=facts.shown_headings(),
        text=joined,
        prose=facts.prose(),
        passages=_passages(facts.texts, lang) if lang else (),
        words=_words(
            joined,
            len(facts.texts),
            linked=bool(facts.links),
            # Entities may stand for any character.
            wide=seen.wide or "&" in text,
        ),
        first_paragraph=facts.first,
        cited=frozenset(facts.gatherer.cited),
    )
    return body, findings.sorted()


class Facts:
    """One reading of one body."""

    def __init__(
        self, text: str, findings: Findings, *, prose: bool = True, even: bool = False
    ) -> None:
        self.text, self.findings = text, findings
        self.runs = prose
        """Whether `running` is asked for."""
        self.even = even
        """Whether all gaps in the text are spaces and line ends."""
        self._all_even = False
        """Whether those of the stretch being read are, in whatever its entities stand for, too."""
        self.links: list[Link] = []
        self.headings: list[tuple[int, str, str, int]] = []
        """Level as written, plain text, own anchor or empty, line."""
        self.texts: list[str] = []
        self.running: list[str] = []
        """What of `texts` is running text, with a line for each stretch of it."""
        self.first = ""
        self.judge = _Judge(text, findings)
        self.gatherer = Gatherer(layout(text, findings), findings, self.judge)

    def read(self) -> None:
        """Read every segment, until a limit is passed."""
        masked = self.gatherer.layout.masked
        plain = body_text.even if self.even else body_text.plain
        # To look for each sign that the text has is quicker than to look for any.
        marks = {mark: masked.find(mark) for mark in _MARKS if mark in masked}
        nearest = min(marks.values(), default=len(masked))
        for kind, start, end, level, region, running in self.gatherer.layout.segments:
            if self.findings.fatal:
                return
            if region:
                self._all_even = self.even and self.text.find("&", start, end) < 0
                read_raw(self.text, region, self.gatherer, self.judge, self.paragraph)
                continue
            if nearest < start:
                for mark, at in marks.items():
                    if at < start:
                        found = masked.find(mark, start)
                        marks[mark] = found if found >= 0 else len(masked)
                nearest = min(marks.values())
            if nearest < end:
                # An entity may stand for a gap.
                self._all_even = self.even and masked.find("&", start, end) < 0
                pieces = read_inline(self.gatherer, start, end, kind)
                if kind == "heading":
                    own = self.gatherer.own_anchor
                    self._heading(HeadingTag(level, own, start), pieces)
                else:
                    runs = running and not self.gatherer.foreign
                    self.paragraph(pieces, opening=kind == "text", running=runs)
            else:
                text = plain(masked[start:end])
                if kind == "heading":
                    self._take_heading(HeadingTag(level, "", start), text)
                else:
                    self._take(text, text, opening=kind == "text", running=running)
        self._check_abbreviations()

    def _check_abbreviations(self) -> None:
        """Refuse a text that mentions its abbreviations so often that to explain each is slow."""
        short = self._abbreviated()
        if short and sum(1 for _ in short.finditer(self.text)) > MOST_MENTIONS:
            message = f"more than {MOST_MENTIONS:,} mentions of abbreviations"
            self.findings.refuse(0, "too-long", message, "explain fewer of them")

    def _abbreviated(self) -> re.Pattern[str] | None:
        names = self.gatherer.layout.abbreviations
        if not names:
            return None
        longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
        return re.compile(rf"\b(?:{'|'.join(longest_first)})\b")

    def paragraph(self, pieces: str, *, opening: bool = True, running: bool = False) -> None:
        """Take in a stretch of text, with raw headings in it or without.

        Args:
            pieces: What `read_inline` gave.
            opening: It may be the first paragraph of the body.
            running: It is running text, in which terms may be explained.
        """
        heads = self.gatherer.heads
        if heads:
            parts = iter(_HEAD.split(pieces))
            text, number = next(parts), 0
            self._text(text, opening=opening, running=running)
            for mark, part in zip(parts, parts, strict=False):
                if mark == body_text.HEAD:
                    self._heading(heads[number], part)
                    number += 1
                else:
                    self._text(part, opening=opening, running=running)
        else:
            self._text(pieces, opening=opening, running=running)

    def _text(self, pieces: str, *, opening: bool, running: bool) -> None:
        bare = body_text.bare(pieces)
        text = self._plain(bare)
        self._take(text, bare, opening=opening, running=running)

    def _take(self, text: str, bare: str, *, opening: bool, running: bool) -> None:
        """Take in a plain text; `bare` is what it was made of."""
        if text:
            self.texts.append(text)
            if running and self.runs:
                self.running.append(text if bare == text else body_text.running(bare))
            if opening and not self.first:
                self.first = text

    def _heading(self, heading: HeadingTag, pieces: str) -> None:
        self._take_heading(heading, self._plain(body_text.bare(pieces)))

    def _take_heading(self, heading: HeadingTag, text: str) -> None:
        """Take in a heading with its plain text."""
        if text:
            if len(self.headings) == MOST_HEADINGS:
                message = f"more than {MOST_HEADINGS} headings"
                hint = "make several briefings of it"
                self.findings.refuse(heading.offset, "too-long", message, hint)
            line = self.findings.place(heading.offset)[0]
            self.headings.append((heading.level, text, heading.own, line))
            self.texts.append(text)

    def shown_headings(self) -> tuple[Heading, ...]:
        """The headings at the levels and with the anchors of the page."""
        shown = levels(level for level, *_ in self.headings)
        names = anchors(own or text for _, text, own, _ in self.headings)
        return tuple(
            Heading(level=level, text=text, anchor=name, line=line)
            for level, name, (_, text, _, line) in zip(shown, names, self.headings, strict=True)
        )

    def prose(self) -> str:
        """The running text, without the abbreviations that the body explains itself."""
        text = "\n".join(filter(None, self.running))
        short = self._abbreviated()
        return short.sub("\n", text) if short else text

    def _plain(self, bare: str) -> str:
        """Plain text of a stretch; the links in it, with their sentences, are noted."""
        text = body_text.even_marked(bare) if self._all_even else body_text.plain(bare)
        # To see whether there is one takes a tenth of the time of counting or replacing none.
        if body_text.OPEN not in text:
            return text.replace(body_text.CLOSE, "") if body_text.CLOSE in text else text
        opened = text.count(body_text.OPEN)
        text, spans = _spans(text)
        found, self.gatherer.links = self.gatherer.links[:opened], self.gatherer.links[opened:]
        sentences = body_text.sentences(text)
        for link, (start, end) in zip(found, spans, strict=False):
            self.links.append(self._link(link, text, start, end, sentences))
        return text.strip()

    def _link(
        self, link: Found, text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]
    ) -> Link:
        sentence, offset = body_text.around(text, start, end, sentences)
        line, column = self.findings.place(link.offset)
        return Link(
            target=link.target.target,
            fragment=link.target.fragment,
            text=text[start:end] if link.text is None else _words_of(link.text),
            wiki=link.target.wiki,
            line=line,
            column=column,
            sentence=sentence,
            offset=offset,
        )


class _Judge:
    """Judges the raw tags of a body, wherever they stand.

    Not a method of `Facts`: what gathers for those would hold them, and nothing of a reading would
    go before somebody looks for garbage.
    """

    def __init__(self, text: str, findings: Findings) -> None:
        self.text, self.findings = text, findings
        self.depth = Depth()
        self.endless: set[str] = set()
        """Elements that were reported as never closed."""

    def __call__(self, tag: Tag) -> None:
        if tag.end < 0:
            message = "the comment is never closed and would swallow the rest"
            self.findings.add(tag.start, "unclosed-html", message, "write --> at its end")
            return
        body_tags.judge(tag, self.findings)
        if not self.depth.feed(tag):
            message = f"elements are nested deeper than {body_tags.DEEPEST}"
            hint = "close the elements, or nest them less"
            self.findings.refuse(tag.start, "too-deep", message, hint)
        if tag.name != "plaintext" and (tag.close or tag.name not in markup.RAW_TEXT):
            return
        if tag.name not in self.endless and body_tags.closing(self.text, tag.name, tag.end) < 0:
            self.endless.add(tag.name)
            message = f"<{tag.name}> is never closed and would swallow the rest"
            self.findings.add(tag.start, "unclosed-html", message, "delete it")


def _passages(texts: Sequence[str], lang: str) -> tuple[Passage, ...]:
    foreign = foreign_passages(texts, lang, spaced=True)
    return tuple([Passage(texts[found.index], found.lang) for found in foreign])


def _words_of(marked: str) -> str:
    return body_text.plain(body_text.bare(marked))


def _spans(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without the sentinels of links, and where each link is in it."""
    kept: list[str] = []
    spans: list[tuple[int, int]] = []
    open_links: list[int] = []
    at = length = 0
    for sentinel in _SENTINEL.finditer(marked):
        piece = marked[at : sentinel.start()]
        kept.append(piece)
        length += len(piece)
        at = sentinel.end()
        if sentinel[0] == body_text.OPEN:
            open_links.append(len(spans))
            spans.append((length, length))
        elif open_links:
            number = open_links.pop()
            spans[number] = (spans[number][0], length)
    kept.append(marked[at:])
    return "".join(kept), spans


def _words(text: str, lines: int, *, linked: bool, wide: bool = True) -> int:
    """Words of a plain text; in scripts that write no spaces, two letters count as one.

    Args:
        text: As in `Body.text`.
        lines: How many it has.
        linked: It has links into the site.
        wide: It may have letters of such scripts.
    """
    # Gaps are one sign wide but for links that show the title of their target, two of them.
    count = text.count(" ") + lines
    if linked:
        count -= text.count("  ")
    # Where no character begins as those of such scripts do, none need be looked for.
    wide = wide and not text.isascii()
    wide = wide and bool(text.encode("utf-8", "surrogatepass").translate(None, NARROW))
    return count + len(_WIDE.findall(text)) // 2 if wide else count
