"""Graph to views: every page of a site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

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
from .records import BriefingView, View
from .shelf import Shelf
from .storylines import storyline_views
from .topics import topic_views


def views(shelf: Shelf) -> Iterator[View]:
    """The view of every page but the one for wrong addresses: sources first, then what is made.

    Each is a function of the catalog, the graph and the settings; only the front page and what is
    "ahead" depend on `Site.today`.
    """
    yield from Views.of(shelf)


class Views(Collection[View]):
    """The views of a site's pages. Each is made when it is first asked for: an edit asks for few.

    Args:
        shelf: Of the site.
        others: Those of all pages that are no briefings', the front page first. They are gone
            through when one of them is asked for.
        briefings: Those of briefings that are made already, by slug.
        titles: Of all `others` by address, where they are known.
        short: Takes up the descriptions of `others` that `described` makes longer.
    """

    def __init__(
        self,
        shelf: Shelf,
        others: Iterable[View],
        briefings: Iterable[BriefingView] = (),
        titles: Mapping[str, str] | None = None,
        short: Mapping[str, str] | None = None,
    ) -> None:
        self._shelf = shelf
        self._others = others
        self.short = {} if short is None else short
        """Descriptions of `others`, by address, as they are without what `described` puts behind
        them; of those that it makes longer, once these are gone through."""
        self._titles = titles
        self._briefings = {view.slug: view for view in briefings}

    @classmethod
    def of(
        cls,
        shelf: Shelf,
        beside: Iterable[View] = (),
        heed: Callable[[], None] = lambda: None,
        titles: Mapping[str, str] | None = None,
    ) -> Views:
        """Those of a site, and of the pages `beside` what its content folder makes.

        `heed` is called for each of the others that is made, and may end the work by an exception.
        """

        short: dict[str, str] = {}

        def others() -> Iterator[View]:
            for view in _others(shelf):
                heed()
                whole = described(view, shelf.site)
                if whole is not view:
                    short[view.url] = view.description
                yield whole
            yield from beside

        return cls(shelf, others(), titles=titles, short=short)

    @classmethod
    def made(cls, shelf: Shelf, views: Iterable[View]) -> Views:
        """Those that are made already, of all pages."""
        views = tuple(views)
        others = (view for view in views if not isinstance(view, BriefingView))
        return cls(shelf, others, (view for view in views if isinstance(view, BriefingView)))

    @property
    def slugs(self) -> Collection[str]:
        """Of all briefings, in the order of the catalog."""
        return self._shelf.site.catalog.briefings.keys()

    @cached_property
    def others(self) -> tuple[View, ...]:
        """Those of all pages that are no briefings', the front page first."""
        return tuple(self._others)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """By address."""
        titles = self._titles
        if titles is None:
            titles = {view.url: view.title for view in self.others}
        return {**titles} | {card.url: card.title for card in self._shelf.cards.values()}

    def briefing(self, slug: str) -> BriefingView:
        """That of a briefing."""
        if (view := self._briefings.get(slug)) is None:
            briefing = self._shelf.site.catalog.briefings[slug]
            view = self._briefings[slug] = view_of(briefing, self._shelf)
        return view

    def __iter__(self) -> Iterator[View]:
        yield from self.others[:1]
        yield from map(self.briefing, self.slugs)
        yield from self.others[1:]

    def __len__(self) -> int:
        return len(self.others) + len(self.slugs)

    def __contains__(self, view: object) -> bool:
        return any(view == one for one in self)


def view_of(briefing: Briefing, shelf: Shelf) -> BriefingView:
    """The view of one briefing, as `views` gives it."""
    return described(briefing_view(briefing, shelf), shelf.site)


def _others(shelf: Shelf) -> Iterator[View]:
    catalog = shelf.site.catalog
    yield front_view(shelf)
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
