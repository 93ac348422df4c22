"""Elements of an HTML page → Markdown as ours is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from markdownify import MarkdownConverter

from ..reading.raw_escape import as_typed
from .html_page import attribute

_LANGUAGE_CLASS = re.compile(r"(?:lang(?:uage)?|highlight|brush)[-:]\s*([\w+#-]+)")


def markdown(element: Tag) -> str:
    """An element's content."""
    return str(_Markdown().convert_soup(element))


def article(main: Tag) -> str:
    """A whole article, its code with its language; no more than one blank line in a row."""
    body = _Markdown(
        heading_style="ATX",
        bullets="-",
        table_infer_header=True,
        code_language_callback=_language,
        strip=["span", "section", "article", "main", "header", "font", "center"],
    ).convert_soup(main)
    body = re.sub(r"[ \t]+\n", lambda m: "  \n" if m[0].startswith("  ") else "\n", body)
    return re.sub(r"\n{3,}", "\n\n", body).strip()


def _language(element: Tag) -> str:
    """The language of a block of code, as highlighters note it in classes."""
    for tag in _near(element):
        classes = attribute(tag, "class")
        found = _LANGUAGE_CLASS.search(classes)
        if found:
            return found[1]
        if attribute(tag, "data-lang"):
            return re.sub(r"[^\w+#-]", "", attribute(tag, "data-lang"))
    return ""


def _near(element: Tag) -> Iterator[Tag]:
    yield element
    code = element.find("code")
    if isinstance(code, Tag):
        yield code
    for parent in list(element.parents)[:2]:
        if isinstance(parent, Tag):
            yield parent


class _Markdown(MarkdownConverter):
    """Markdown as ours is written; what has no Markdown stays as the element it is."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """What was text stays text, by the rules of our Markdown."""
        return as_typed(text) if text else ""

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<sub>{text}</sub>" if text.strip() else ""

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<sup>{text}</sup>" if text.strip() else ""

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{' '.join(text.split())}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f":   {text.strip().replace(chr(10), chr(10) + '    ')}\n"
