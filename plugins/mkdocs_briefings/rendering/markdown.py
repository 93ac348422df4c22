"""Markdown to the body of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..catalog import markup
from ..catalog.briefing import Passage
from ..catalog.chart import Chart
from ..viewing.parts import SourceItem, TermMention, TocItem
from ..wording.language import ENGLISH, Language
from .charts import filled, with_slots
from .effort import EffortError
from .extensions import DEFAULTS, are_known, refused
from .finish import finish
from .passages import with_languages
from .plain import SPECIMEN, plain
from .sanitise import sanitise
from .settled import settled
from .stretches import SPECIMEN as IN_STRETCHES
from .stretches import by_stretches
from .terms import explained
from .walk import Href, Resolve

if TYPE_CHECKING:
    from markdown.extensions import Extension

    from .parser import Parser

__all__ = ["BodyRenderer", "Href", "RenderedBody"]


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A body as a page shows it."""

    html: str
    """Sanitised; the only markup of ours in it is what `finish` adds."""
    toc: tuple[TocItem, ...] = ()
    """Its headings of level 2."""
    anchors: frozenset[str] = frozenset()
    """Ids of its headings."""
    cited: Mapping[int, int] = field(default_factory=dict)
    """How often each source is cited, by number."""
    unresolved: tuple[markup.Target, ...] = ()
    """Links that lead nowhere, in order."""


class BodyRenderer:
    """Renders bodies with one parser, made for the first body that needs it and used for all.

    A renderer can be sent to another process; it holds the names of its extensions and makes its
    parser there. Two threads must not share one.

    Args:
        extensions: Names or objects, as `markdown_extensions` in `mkdocs.yml` gives them.
        extension_configs: Their options by name.
        fast: Whether plain bodies are made without the parser, where the extensions are those of
            which it is known what they do to one. The result is the same.
        agrees: What `agrees` was of one with the same `key`, where that is known.

    Raises:
        ValueError: If an extension is refused: see `extensions.refused`.
    """

    def __init__(
        self,
        extensions: Sequence[str | Extension] = DEFAULTS,
        extension_configs: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        fast: bool = True,
        agrees: bool | None = None,
    ) -> None:
        self.extensions = tuple(extensions)
        self.extension_configs = dict(extension_configs or {})
        if faults := refused(self.extensions):
            raise ValueError("; ".join(faults))
        self._known = fast and are_known(self.extensions, self.extension_configs)
        self.agrees = agrees
        """Whether the parser makes of a specimen what is made of it without; None until it is
        asked."""
        self._plain = False
        """Whether the last body was plain."""
        self.parsed = 0
        """Bodies for which the parser was asked."""

    @cached_property
    def _parser(self) -> Parser:
        # Imported here: most bodies are plain.
        from .parser import Parser

        return Parser(self.extensions, self.extension_configs)

    @property
    def key(self) -> tuple[object, ...]:
        """What sets this renderer apart from others: its extensions, their options, its way."""
        return self.extensions, self.extension_configs, self._known

    @property
    def fast(self) -> bool:
        """Whether plain bodies are made without the parser; the parser itself is asked once."""
        if not self._known:
            return False
        if self.agrees is None:
            self.agrees = self._agrees()
        return self.agrees

    def _agrees(self) -> bool:
        one = frozenset({1})

        def parse(text: str) -> str:
            return self._parse(text, one)

        return plain(SPECIMEN, one) == parse(SPECIMEN) and by_stretches(
            IN_STRETCHES, one, parse
        ) == parse(IN_STRETCHES)

    def __getstate__(self) -> dict[str, Any]:
        return {
            "extensions": self.extensions,
            "extension_configs": self.extension_configs,
            "fast": self._known,
            "agrees": self.agrees,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    def render(
        self,
        markdown: str,
        links: Resolve,
        *,
        lang: str,
        sources: Sequence[SourceItem] = (),
        charts: Sequence[Chart] = (),
        terms: Sequence[TermMention] = (),
        glossary: str = "",
        passages: Sequence[Passage] = (),
        language: Language = ENGLISH,
    ) -> RenderedBody:
        """Render a body that the checks passed: they keep what is slow or deep away from here.

        Args:
            markdown: The text without front matter.
            links: Leads from the target and fragment of an internal link, as written, to its
                address relative to the page; None for nowhere.
            lang: Language of the page, BCP 47.
            sources: What `[^1]` cites.
            charts: Those that reading found in this very text.
            terms: Those of the glossary that linking found in it.
            glossary: Address of the glossary, relative to the page.
            passages: Those in another language, as reading found them in this very text.
            language: In which the software says what it adds to the text.

        Raises:
            EffortError: If the parser has too much work with it.
        """
        numbers = frozenset(source.number for source in sources)
        text, slots = with_slots(markdown, charts)
        clean = with_languages(self._sanitised(text, numbers), passages, lang)
        finished = finish(clean, links, numbers, lang, language)
        return RenderedBody(
            html=filled(explained(finished.html, terms, glossary), slots, lang, language),
            toc=tuple(
                TocItem(title=text, anchor=name)
                for level, text, name in finished.headings
                if level == 2
            ),
            anchors=frozenset(name for _, _, name in finished.headings),
            cited=finished.cited,
            unresolved=tuple(finished.missing),
        )

    def _sanitised(self, markdown: str, sources: frozenset[int]) -> str:
        html = self._convert(markdown, sources)
        # A tag that somebody typed may be without an end.
        known = settled(html) if self._plain and "<" not in markdown else None
        return sanitise(html) if known is None else known

    def _convert(self, markdown: str, sources: frozenset[int]) -> str:
        made = plain(markdown, sources) if self.fast else None
        self._plain = made is not None
        if made is None and self.fast:
            made = self._in_stretches(markdown, sources)
        return self._parse(markdown, sources) if made is None else made

    def _in_stretches(self, markdown: str, sources: frozenset[int]) -> str | None:
        try:
            return by_stretches(
                markdown, sources, lambda rest: self._parse(rest, sources, len(markdown))
            )
        except EffortError:
            # Told of the text as it was written.
            return None

    def _parse(self, markdown: str, sources: frozenset[int], length: int = 0) -> str:
        """As the parser has it; `length` is that of the text of which this is a part."""
        self.parsed += 1
        try:
            return self._parser.parse(markdown, sources, length or len(markdown))
        except EffortError:
            del self._parser
            raise
