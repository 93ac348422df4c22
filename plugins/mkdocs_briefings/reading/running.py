"""The running text of a body at its places, and the addresses that lead out of the site."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ..catalog import markup
from .body import Facts
from .body_findings import Findings
from .body_layout import layout

_QUOTED = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*>")
_OTHERS_WORDS = re.compile(r"<(?:blockquote|q|pre|code|samp|kbd|script|style)\b", re.IGNORECASE)
# Every length has an end: signs that are never closed must not be looked for again and again.
_NOT_TEXT = re.compile(
    r"(?P<fence>`+)(?!`).{1,1000}?(?<!`)(?P=fence)(?!`)"  # code
    r"|<!--.{0,1000}?-->|</?[A-Za-z][^<>]{0,1000}>"  # tags, and addresses between angles
    r"|(?<=\])\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)"  # addresses of links
    r"|(?<=\])\[[^\[\]\n]{0,200}\]|\[\^[^\]\n]{0,200}\]"  # names of addresses, citations
    r"|\[\[[^\[\]|]{0,200}(?:\||(?=\]\]))"  # what wiki-links lead to
    r"|https?://[^\s<>]+"
    # The words of others.
    r"|“[^”]{0,300}”|«[^»]{0,300}»|„[^“”]{0,300}[“”]|「[^」]{0,300}」|\"[^\"]{0,300}\"",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Outbound:
    """A link of a body to another site."""

    url: str
    """http or https, as written but for entities."""
    line: int
    """1-based, in the file on disk."""
    column: int


def running(markdown: str) -> str:
    """The text with spaces for all that is not its author's prose: code, addresses, markup of
    links, block quotations and what stands in quotation marks. As long as `markdown`, line ends
    in their places."""
    findings = Findings(markdown, 1)
    found = layout(markdown, findings)
    kept: list[str] = []
    at = 0
    for segment in found.segments:
        if segment.start < at:
            continue
        kept.append(_blank(markdown[at : segment.start]))
        at = segment.end
        source = found.masked if segment.region is None else markdown
        stretch = source[segment.start : segment.end]
        raw = segment.region is not None and _OTHERS_WORDS.search(stretch)
        if raw or _is_quoted(markdown, segment.start):
            kept.append(_blank(stretch))
        else:
            kept.append(_NOT_TEXT.sub(lambda part: _blank(part[0]), stretch))
    kept.append(_blank(markdown[at:]))
    return "".join(kept)


def _is_quoted(markdown: str, start: int) -> bool:
    return bool(_QUOTED.match(markdown, markdown.rfind("\n", 0, start) + 1))


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def outbound(markdown: str, line: int) -> tuple[Outbound, ...]:
    """The links and pictures of a body that lead to other sites, in the order of the text.

    Args:
        markdown: The body, with `\\n` line ends.
        line: Line of the file where it begins.
    """
    if "//" not in markdown:
        return ()
    findings = Findings(markdown, line)
    facts = Facts(markdown, findings)
    facts.read()
    found = []
    for address, offset in facts.gatherer.outbound:
        url = html.unescape(address).strip()
        if url.startswith("//"):
            url = f"https:{url}"
        if markup.scheme(url) in ("http", "https"):
            found.append(Outbound(url, *findings.place(offset)))
    return tuple(found)
