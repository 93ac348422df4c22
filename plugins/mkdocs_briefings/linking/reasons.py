"""The reason for a related briefing, in words."""

from __future__ import annotations

from ..catalog.catalog import Catalog
from .graph import Related


def reason_text(related: Related, catalog: Catalog) -> str:
    """What a reader is told, in English; never empty.

    >>> reason_text(Related(slug="rates", score=1.0, kind="words", detail="NASA"), Catalog())
    'Also about NASA'
    """
    detail = related.detail
    match related.kind:
        case "curated":
            return detail or "Editor’s choice"
        case "next":
            return "Next in this storyline"
        case "earlier":
            return "Earlier in this storyline"
        case "topic":
            return f"Also on {catalog.topics[detail].title}"
        case "author":
            return f"Also by {catalog.authors[detail].name}"
        case "cites":
            return "Cites the same source" if detail else "Cites this briefing"
        case "cited":
            return "Cited in this briefing"
        case _:
            return f"Also about {detail}" if detail else "On similar lines"
