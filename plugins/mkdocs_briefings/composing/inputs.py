"""All that a page is made from, as plain data: it can be told apart by value, kept and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..building.codec import fingerprint
from ..catalog.briefing import Passage
from ..catalog.chart import Chart
from ..rendering.markdown import Href
from ..viewing.parts import Chrome, SourceItem, TermMention
from ..viewing.records import View

if TYPE_CHECKING:
    from markdown.extensions import Extension


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all pages of a site share."""

    chrome: Chrome
    templates: Mapping[str, str]
    """Source of each template of the site and of ours, by name."""
    behind: tuple[str, ...] = ()
    """Folders of templates behind those, the first that has one wins: `material/templates` in an
    installed package, which need not be at the same place everywhere, else absolute."""
    extensions: Sequence[str | Extension]
    """Markdown extensions, as `markdown_extensions` in `mkdocs.yml` gives them."""
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    """Digest of each file of code behind extensions of the site's own."""
    fast: bool = True
    """Whether plain texts are made without the parser."""

    @property
    def can_be_shared(self) -> bool:
        """Whether several processes may make the pages: an extension that is an object counts what
        it sees."""
        return all(isinstance(extension, str) for extension in self.extensions)

    def of_bodies(self) -> str:
        """A digest of all that decides bodies besides what each is made from, but for the code;
        empty where nobody can tell, since an extension is an object."""
        return digest(
            self.extensions, self.extension_configs, self.code, self.fast, self.chrome.lang
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyInput:
    """What a body is made from."""

    markdown: str
    """The text without front matter."""
    links: Mapping[tuple[str, str], Href] = field(default_factory=dict)
    """Target and fragment of each internal link, as written → where it leads."""
    lang: str
    """BCP 47 of the page."""
    sources: tuple[SourceItem, ...] = ()
    """What `[^1]` cites."""
    charts: tuple[Chart, ...] = ()
    """Those that reading found in this very text."""
    passages: tuple[Passage, ...] = ()
    """Those in another language, as reading found them in this very text."""
    terms: tuple[TermMention, ...] = ()
    """Those of the glossary that linking found in it."""
    glossary: str = ""
    """Address of the glossary, relative to the page."""

    def key(self, frame: str) -> str:
        """A digest of all that decides the body, but for the code; empty where nobody can tell.

        Args:
            frame: What `Frame.of_bodies` gives of that of the site.
        """
        return frame and digest(
            frame,
            self.markdown,
            sorted((*link, href) for link, href in self.links.items()),
            self.lang,
            [source.number for source in self.sources],
            self.charts,
            self.passages,
            self.terms,
            self.glossary,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """What a page is made from, besides the frame."""

    view: View
    body: BodyInput | None = None
    """None where all is said by the view."""


def digest(*values: object) -> str:
    """A digest of plain values; empty if one of them is not plain."""
    try:
        return fingerprint(*values)
    except TypeError:
        return ""
