"""The facts of a body, found without rendering it: links, headings, words, and what is wrong."""

from __future__ import annotations

import re

from ..catalog import markup
from ..catalog.anchors import anchors, levels
from ..catalog.briefing import Body, Heading, Link
from . import body_tags
from .body_blocks import Segment, read_blocks
from .body_characters import check_characters
from .body_findings import Finding, Findings
from .body_inline import Found, Inline, attributes_dropped, image_tag, open_tag, unshield
from .body_tags import Depth, Tag
from .body_text import CLOSE, OPEN, around, plain, sentences

__all__ = ["Finding", "read_body"]

MOST_LINKS = 5_000

_HEADING_ATTRIBUTES = re.compile(r"[ ]+(\{:?[ ]*([^}\n ][^\n}]*)\})[ ]*$")
_OWN_ANCHOR = re.compile(r"(?:^|\s)#([^\s}]+)")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def read_body(markdown: str, *, line: int = 1) -> tuple[Body, tuple[Finding, ...]]:
    """Read what can be known of a body without rendering it.

    Headings, anchors and links are those that the rendered page has. Code, comments and raw
    `<pre>`, `<script>` and `<style>` hold none. Past a limit (see `Finding.code` `too-long` and
    `too-deep`) the facts stay empty: such a body must not be rendered.

    Args:
        markdown: The text, with `\\n` line ends.
        line: Line of the file where it begins, 1-based.
    """
    findings = Findings(markdown, line)
    check_characters(findings)
    if markdown.count("<") > body_tags.MOST_TAGS:
        findings.refuse(0, "too-long", f"more than {body_tags.MOST_TAGS} “<”", "use Markdown")
    if findings.fatal:
        return Body(markdown=markdown, line=line), findings.sorted()
    body = _Facts(markdown, line, findings).read()
    if findings.fatal:
        body = Body(markdown=markdown, line=line)
    return body, findings.sorted()


class _Facts:
    """One reading of one body."""

    def __init__(self, markdown: str, line: int, findings: Findings) -> None:
        self.markdown, self.line, self.findings = markdown, line, findings
        self.links: list[Link] = []
        self.headings: list[tuple[int, str, str, int]] = []
        self.texts: list[str] = []
        self.first = ""
        self.depth = Depth()

    def read(self) -> Body:
        layout = read_blocks(self.markdown, self.findings)
        inline = self.inline = Inline(layout, self.findings, self.markdown, self._tag)
        for segment in layout.segments:
            if segment.kind == "raw":
                self._raw(segment)
            elif segment.kind == "heading":
                self._heading(segment)
            else:
                self._text(segment)
            if self.findings.fatal:
                break
        if inline.count > MOST_LINKS:
            self.findings.refuse(0, "too-long", f"more than {MOST_LINKS} links", "link less")
        text = "\n".join(self.texts)
        return Body(
            markdown=self.markdown,
            line=self.line,
            links=tuple(self.links),
            headings=self._headings(),
            text=text,
            words=_words(text),
            first_paragraph=self.first,
            cited=frozenset(inline.cited),
        )

    def _text(self, segment: Segment) -> None:
        text = self._finish(self.inline.read(segment.start, segment.end))
        if text:
            self.texts.append(text)
            if not self.first and segment.kind == "text":
                self.first = text

    def _heading(self, segment: Segment) -> None:
        end, own = segment.end, ""
        found = _HEADING_ATTRIBUTES.search(self.inline.layout.masked, segment.start, end)
        if found:
            attributes_dropped(found[1], found.start(1), self.findings, heading=True)
            own_anchor = _OWN_ANCHOR.search(found[2])
            own = own_anchor[1] if own_anchor else ""
            end = found.start()
        text = self._finish(self.inline.read(segment.start, end))
        self._add_heading(segment.level, text, own, segment.start)

    def _add_heading(self, level: int, text: str, own: str, offset: int) -> None:
        if text:
            self.headings.append((level, text, own, self.findings.place(offset)[0]))
            self.texts.append(text)

    def _headings(self) -> tuple[Heading, ...]:
        shown = levels(level for level, *_ in self.headings)
        names = anchors(own or text for _, text, own, _ in self.headings)
        return tuple(
            Heading(level=level, text=text, anchor=name, line=line)
            for level, name, (_, text, _, line) in zip(shown, names, self.headings, strict=True)
        )

    def _finish(self, pieces: str) -> str:
        """Plain text of a paragraph; its links, with their sentences, are noted."""
        found = self.inline.links
        if not found:
            return unshield(plain(pieces)) if pieces else ""
        marked = unshield(plain(pieces))
        spans = []
        kept = []
        at = 0
        starts: list[int] = []
        for place in re.finditer(f"[{OPEN}{CLOSE}]", marked):
            kept.append(marked[at : place.start()])
            at = place.end()
            if place[0] == OPEN:
                starts.append(place.start() - len(starts) - len(spans))
            elif starts:
                spans.append((starts[len(spans)], place.start() - len(starts) - len(spans)))
        kept.append(marked[at:])
        text = "".join(kept)
        while len(spans) < len(starts):
            spans.append((starts[len(spans)], starts[len(spans)]))
        split = sentences(text)
        for link, (start, end) in zip(found, spans, strict=False):
            self._add_link(link, text, start, end, split)
        return text

    def _add_link(
        self, link: Found, text: str, start: int, end: int, split: list[tuple[int, int]]
    ) -> None:
        sentence, offset = around(text, start, end, split)
        line, column = self.findings.place(link.offset)
        self.links.append(
            Link(
                target=link.target.target,
                fragment=link.target.fragment,
                text=text[start:end].strip() if link.text is None else plain(link.text),
                wiki=link.target.wiki,
                line=line,
                column=column,
                sentence=sentence,
                offset=offset,
            )
        )

    def _tag(self, tag: Tag) -> None:
        """Judge a raw tag, wherever it stands."""
        body_tags.judge(tag, self.findings)
        if not self.depth.feed(tag):
            self.findings.refuse(
                tag.start,
                "too-deep",
                f"elements are nested deeper than {body_tags.DEEPEST}",
                "close the elements, or nest less",
            )
        if tag.name == "plaintext" or (
            tag.name in markup.RAW_TEXT
            and not tag.close
            and not tag.empty
            and not re.compile(rf"</{tag.name}\b", re.IGNORECASE).search(self.markdown, tag.end)
        ):
            self.findings.add(
                tag.start,
                "unclosed-html",
                f"<{tag.name}> is never closed and would swallow the rest",
                "delete it",
            )

    def _raw(self, segment: Segment) -> None:
        """Read a stretch of raw HTML: its text, headings and links."""
        region = segment.region
        assert region is not None
        self.inline.links = []
        pieces: list[str] = []
        at = region.start
        heading: tuple[int, int, str] | None = None
        skip = ""
        for tag in region.tags:
            if at < tag.start and not skip:
                pieces.append(_text(self.markdown[at : tag.start]))
            if tag.end < 0:
                self._unclosed(tag.start)
                at = region.end
                break
            at = tag.end
            if tag.name in {"script", "style", "pre"}:
                skip = "" if tag.close else tag.name
            self._tag(tag)
            if self.findings.fatal:
                return
            if tag.name in markup.BLOCK and tag.name != "br":
                if heading is None or re.fullmatch("h[1-6]", tag.name):
                    text = self._finish("".join(pieces))
                    pieces, self.inline.links = [], []
                    if heading:
                        self._add_heading(heading[0], text, heading[2], heading[1])
                        heading = None
                    elif text:
                        self.texts.append(text)
                        self.first = self.first or text
                    if not tag.close and re.fullmatch("h[1-6]", tag.name):
                        own = dict(body_tags.attributes(tag.attributes)).get("id", "")
                        heading = (int(tag.name[1]), tag.start, own)
            elif tag.name == "a":
                open_tag(self.inline, tag, pieces)
            elif tag.name == "img" and not tag.close:
                image_tag(self.inline, tag, pieces)
            elif tag.name == "br":
                pieces.append(" ")
        if at < region.end and not skip:
            pieces.append(_text(self.markdown[at : region.end]))
        text = self._finish("".join(pieces))
        if heading:
            self._add_heading(heading[0], text, heading[2], heading[1])
        elif text:
            self.texts.append(text)

    def _unclosed(self, offset: int) -> None:
        self.findings.add(
            offset,
            "unclosed-html",
            "the comment is never closed and would swallow the rest",
            "write --> at its end",
        )


def _text(raw: str) -> str:
    from .body_inline import _literal

    import html

    return _literal(html.unescape(raw))


def _words(text: str) -> int:
    """Words of a text; where a script has no spaces, two letters count as a word."""
    count = len(text.split())
    if not text.isascii():
        count += len(_WIDE.findall(text)) // 2
    return count
