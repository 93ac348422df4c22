"""The reason for a related briefing, in words."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from ..wording.language import ENGLISH, Language
from .graph import Related


def reason_text(related: Related, catalog: Catalog, language: Language = ENGLISH) -> str:
    """What a reader is told; never empty.

    >>> reason_text(Related(slug="rates", score=1.0, kind="words", detail="NASA"), Catalog())
    'Also about NASA'
    """
    detail, word = related.detail, language.word
    match related.kind:
        case "curated":
            return detail or word("reason_curated")
        case "next":
            return word("reason_next")
        case "earlier":
            return word("reason_earlier")
        case "topic":
            return word("reason_topic", topic=catalog.topics[detail].title)
        case "author":
            return word("reason_author", author=catalog.authors[detail].name)
        case "cites":
            return word("reason_cites" if detail else "reason_cites_this")
        case "cited":
            return word("reason_cited")
        case _:
            return word("reason_about", name=detail) if detail else word("reason_words")
