"""Graph to views: every page of a site."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.briefing import Briefing
from .archive import archive_views
from .authors import author_views
from .briefing import briefing_view
from .dates import dates_view
from .describe import described
from .editions import edition_views
from .front import front_view
from .glossary import glossary_view
from .pages import changes_views, plain_view, withdrawn_view
from .records import View
from .shelf import Shelf
from .storylines import storyline_views
from .topics import topic_views


def views(shelf: Shelf) -> Iterator[View]:
    """The view of every page but the one for wrong addresses: sources first, then what is made.

    Each is a function of the catalog, the graph and the settings; only the front page and what is
    "ahead" depend on `Site.today`.
    """
    for view in _made(shelf):
        yield described(view, shelf.site)


def view_of(briefing: Briefing, shelf: Shelf) -> View:
    """The view of one briefing, as `views` gives it."""
    return described(briefing_view(briefing, shelf), shelf.site)


def _made(shelf: Shelf) -> Iterator[View]:
    catalog = shelf.site.catalog
    yield front_view(shelf)
    for briefing in catalog.briefings.values():
        yield briefing_view(briefing, shelf)
    for page in catalog.pages.values():
        yield plain_view(page, shelf)
    for former in catalog.former.values():
        if former.withdrawn:
            yield withdrawn_view(former, shelf)
    yield from edition_views(shelf)
    yield from topic_views(shelf)
    yield from author_views(shelf)
    if catalog.storylines:
        yield from storyline_views(shelf)
    if catalog.terms:
        yield glossary_view(shelf)
    yield from archive_views(shelf)
    yield from changes_views(shelf)
    yield dates_view(shelf)
