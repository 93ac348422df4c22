"""Honest specimens: views of every page type, rich and empty, about a place that does not exist.

Nothing here is a special case of the templates: the records are those that a site makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mkdocs_briefings.viewing.records import NotFoundView, View

from .bodies import ARABIC, EVERYTHING, PLAIN, PROSE
from .briefing_views import BRIEFING, EMPTY_BRIEFING, FOREIGN, ILLUSTRATED, SUPERSEDED
from .front_views import (
    EMPTY_FRONT,
    EMPTY_STORYLINE,
    EMPTY_TOPIC,
    FRONT,
    PLAIN_FRONT,
    STORYLINE,
    STORYLINES_VIEW,
    TOPIC,
)
from .list_views import (
    ARCHIVE,
    ARCHIVE_YEAR,
    AUTHOR,
    AUTHORS,
    CHANGES_VIEW,
    EDITION,
    EDITIONS,
    EDITOR,
    EMPTY_AUTHOR,
    FLAT_TOPICS,
    GLOSSARY,
    INITIAL,
    INITIALS,
    LIST,
    MONTH,
    NOT_FOUND,
    PLAIN_VIEW,
    PROBLEMS,
    SEARCH,
    TOPICS,
)
from .story_views import DATES, EMPTY_DATES, LONG, YOUNG


@dataclass(frozen=True)
class Specimen:
    """A page to render."""

    name: str
    view: View
    body: str = ""
    structured: str = ""
    serving: bool = False
    bare: bool = False
    """With the smallest chrome that a site can have."""

    @property
    def base(self) -> str:
        # The page for wrong addresses is shown at any depth: its addresses are absolute.
        if isinstance(self.view, NotFoundView):
            return "/"
        return "../" * self.view.url.count("/") or "./"


OVERDUE = replace(
    STORYLINE,
    years=(
        replace(
            STORYLINE.years[0],
            events=(
                replace(STORYLINE.years[0].events[0], overdue=True),
                *STORYLINE.years[0].events[1:],
            ),
        ),
        *STORYLINE.years[1:],
    ),
)
"""The newest event was due and is not known to have happened."""


def specimens() -> Iterator[Specimen]:
    """Every page type, the rich one first, then what is left when a site has little."""
    yield Specimen("front", FRONT, body=PLAIN)
    yield Specimen("front-plain", PLAIN_FRONT)
    yield Specimen("front-empty", EMPTY_FRONT, serving=True, bare=True)
    yield Specimen("briefing", BRIEFING, body=PROSE, structured='{"@type":"NewsArticle"}')
    yield Specimen("briefing-everything", ILLUSTRATED, body=EVERYTHING)
    yield Specimen("briefing-empty", EMPTY_BRIEFING, bare=True)
    yield Specimen("briefing-superseded", SUPERSEDED, body=PROSE, serving=True)
    yield Specimen("briefing-foreign", FOREIGN, body=ARABIC)
    yield Specimen("topic", TOPIC)
    yield Specimen("topic-empty", EMPTY_TOPIC)
    yield Specimen("list", LIST)
    yield Specimen("list-month", MONTH)
    yield Specimen("topics", TOPICS)
    yield Specimen("topics-flat", FLAT_TOPICS)
    yield Specimen("glossary", GLOSSARY)
    yield Specimen("author", AUTHOR)
    yield Specimen("author-empty", EMPTY_AUTHOR)
    yield Specimen("author-editor", EDITOR)
    yield Specimen("authors", AUTHORS)
    yield Specimen("authors-initials", INITIALS)
    yield Specimen("authors-initial", INITIAL)
    yield Specimen("storyline", STORYLINE)
    yield Specimen("storyline-overdue", OVERDUE)
    yield Specimen("storyline-empty", EMPTY_STORYLINE)
    yield Specimen("storyline-young", YOUNG)
    yield Specimen("storyline-long", LONG)
    yield Specimen("storylines", STORYLINES_VIEW)
    yield Specimen("storylines-empty", replace(STORYLINES_VIEW, open=(), closed=()))
    yield Specimen("archive", ARCHIVE)
    yield Specimen("archive-year", ARCHIVE_YEAR)
    yield Specimen("plain", PLAIN_VIEW, body=PLAIN)
    yield Specimen("plain-short", replace(PLAIN_VIEW, toc=(), edit_url=""), body=PLAIN)
    yield Specimen("dates", DATES)
    yield Specimen("dates-empty", EMPTY_DATES)
    yield Specimen("changes", CHANGES_VIEW)
    yield Specimen("changes-empty", replace(CHANGES_VIEW, years=()))
    yield Specimen("edition", EDITION, body=PLAIN)
    yield Specimen(
        "edition-empty",
        replace(EDITION, url="editions/e/", picks=(), number=0, minutes=0, previous=None),
    )
    yield Specimen("editions", EDITIONS)
    yield Specimen("editions-empty", replace(EDITIONS, editions=()))
    yield Specimen("404", NOT_FOUND)
    yield Specimen("search", SEARCH)
    yield Specimen("search-empty", replace(SEARCH, topics=()), serving=True, bare=True)
    yield Specimen("problems", PROBLEMS, serving=True)
