"""Which pages a site has, and which of them are as they were: by keys, and most of them without a
look at their views."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ..catalog.briefing import Briefing
from ..composing.inputs import Frame, PageInput, digest
from ..publishing.about import About, about
from ..viewing.addresses import GLOSSARY
from ..viewing.ground import Grounds, shown, site_ground
from ..viewing.outline import outline
from ..viewing.records import View
from ..viewing.short import InShort
from .inputs import Inputs, Parts, output_of
from .keys import MOST_MOVED, KeptKeys, KeptOthers, Keys, Other, mark_of

if TYPE_CHECKING:
    from .assemble import Assembled
    from .reuse import Reuse


class Page(NamedTuple):
    """A page before it is made. No record: there are ten thousand of them."""

    url: str
    of: View | str | int
    """Its view; or what it is found by where it is made when it is asked for: the slug of its
    briefing, or which of the others it is."""
    path: str
    """Of its file, relative to the site."""
    has_body: bool
    """False where all is said by the view."""
    body_key: str
    key: str
    """Of all that it is made from; empty where nobody can tell."""
    length: int | None = None
    """Characters of the text that its body is rendered from, where that was looked at: a text is
    held in bytes."""


class Keying:
    """Gives pages their keys.

    Args:
        site: What they are of.
        inputs: Of the same.
        frame: Of the same.
        key: Of all that decides what is made of a view, besides its body; empty where nobody can
            tell.
    """

    def __init__(self, site: Parts, inputs: Inputs, frame: Frame, key: str) -> None:
        self.site = site
        self.inputs = inputs
        self.key = key
        self._of_bodies = frame.of_bodies()
        self._in_short = InShort()

    def page(self, view: View, slug: str = "") -> Page:
        """The page of a view; of a briefing, by its slug."""
        body = self.inputs.page(view).body
        body_key = body.key(self._of_bodies) if body else ""
        known = body_key or body is None
        return Page(
            url=view.url,
            of=slug or view,
            path=output_of(view.url),
            has_body=body is not None,
            body_key=body_key,
            key=self.key_of(view, body_key) if known else "",
            length=len(body.markdown) if body else 0,
        )

    def key_of(self, view: View, body_key: str) -> str:
        """That of the page of a view, whose body has a key, or none."""
        return self.key and digest(self.key, self._in_short(view), body_key)

    def told(self, grounds: Grounds, briefing: Briefing) -> bytes:
        """A digest of all that the view and the body of a briefing are made from: see `Grounds`."""
        return grounds.of(briefing, self._links(briefing))

    def keys(self, grounds: Grounds, briefing: Briefing, told: bytes, page: Page) -> Keys | None:
        """What is kept of the page of a briefing; None where nobody can tell."""
        if not told or not page.key:
            return None
        found = self.site.graph.links.get(briefing.path, {}).values()
        linked = {to.key for to in found if to.kind == "briefing"}
        named = b"".join(map(mark_of, {*grounds.named(briefing), *linked}))
        return Keys(told, named, page.key, page.body_key)

    def _links(self, briefing: Briefing) -> object:
        """Where the links of a briefing lead, and what that is called."""
        if not self.site.graph.links.get(briefing.path):
            return ()
        card = self.site.shelf.cards[briefing.slug]
        links = self.inputs.links(briefing.path, card.url, card.lang or self.site.chrome.lang)
        return sorted((*link, href) for link, href in links.items())


class Paging:
    """The pages of one build.

    Args:
        site: What is published.
        frame: Of the site.
        key: As of `Keying`.
        heed: Called every now and then; may end the build by an exception.
    """

    def __init__(self, site: Assembled, frame: Frame, key: str, heed: Callable[[], None]) -> None:
        self._site = site
        self._key = key
        self._heed = heed
        self._keying = Keying(site, Inputs.of(site), frame, key)
        self.about: Sequence[About] = ()
        """Of the pages that are no briefings', once they are known."""

    def view(self, page: Page) -> View:
        """Made when it is first asked for."""
        if isinstance(page.of, int):
            return self._site.views.others[page.of]
        return self._site.views.briefing(page.of) if isinstance(page.of, str) else page.of

    def input(self, page: Page) -> PageInput:
        """Put together anew each time: those of all pages hold as much as the site."""
        view = self.view(page)
        return self._keying.inputs.page(view) if page.has_body else PageInput(view=view)

    def length(self, page: Page) -> int:
        """Characters of the text that its body is rendered from."""
        if page.length is not None:
            return page.length
        if not page.has_body:
            return 0
        if isinstance(page.of, str):
            return len(self._site.catalog.briefings[page.of].body.markdown)
        return len(self._keying.inputs.texts[self.view(page).source].markdown)

    def pages(self, reuse: Reuse) -> Iterator[Page]:
        """All of them, in the order of the views; what is known of them is kept for the next
        build."""
        site, shelf = self._site, self._site.shelf
        grounds = Grounds(shelf, reuse.digests)
        told_of = site_ground(shelf), site.addresses.url(GLOSSARY)
        before = reuse.keys(digest(self._key, *told_of) if self._key else "")
        keys = KeptKeys(before.ground, site.told_cards, {})
        moved = before.moved(keys)
        first, *others = self._others(reuse, before, keys, moved)
        yield first
        yield from self._briefings(grounds, before, keys, moved)
        yield from others
        reuse.keep_keys(keys, before)

    def _others(
        self, reuse: Reuse, before: KeptKeys, keys: KeptKeys, moved: Collection[bytes]
    ) -> list[Page]:
        """Those that are no briefings': one that shows nothing that has moved has the keys that it
        had, and its view is not looked at."""
        now, kept = self._site.others, self._site.kept
        known = bool(now.ground) and kept.frame == self._key
        if known and kept.ground == now.ground:
            self.about = [one.about for one in kept.pages]
            return [_as_it_was(number, one) for number, one in enumerate(kept.pages)]
        views = self._site.views.others
        near = known and kept.order == now.order and kept.cards == before.of_cards
        if not near or len(kept.pages) != len(views) or len(moved) > MOST_MOVED:
            kept = KeptOthers()
        shelf, pages, told = self._site.shelf, [], []
        slugs = {card.url: slug for slug, card in shelf.cards.items()}
        outlines: dict[str, bytes] = {}
        for number, view in enumerate(views):
            self._heed()
            one = kept.pages[number] if kept.pages else None
            # Where it has a body, that may name others.
            if one and not one.body_key and not any(mark in one.named for mark in moved):
                page = _as_it_was(number, one)
            else:
                page = self._keying.page(view)
                named = b"".join(map(mark_of, shown(view, slugs)))
                one = Other(about(view, shelf), page.key, page.body_key, named)
                if page.key:
                    outlines[view.url] = outline(self._bare(view))
            pages.append(page)
            told.append(one)
        self.about = [one.about for one in told]
        if self._key and all(page.key for page in pages):
            now = replace(now, frame=self._key, cards=keys.of_cards, pages=tuple(told))
            reuse.keep_others(now, outlines)
        return pages

    def _bare(self, view: View) -> View:
        """A view without what `described` has put behind its description."""
        short = self._site.views.short.get(view.url)
        return view if short is None else replace(view, description=short)

    def _briefings(
        self, grounds: Grounds, before: KeptKeys, keys: KeptKeys, moved: Collection[bytes]
    ) -> Iterator[Page]:
        """Those of briefings: a page that is made from what it was made from has the keys that it
        had, and its view is not looked at. All keys are put into `keys`."""
        site, shelf, keying = self._site, self._site.shelf, self._keying
        known = before.pages if len(moved) <= MOST_MOVED else {}
        for slug, briefing in site.catalog.briefings.items():
            self._heed()
            told = keying.told(grounds, briefing)
            kept = known.get(slug) if told else None
            if kept is None or kept.told != told or any(mark in kept.named for mark in moved):
                page = keying.page(site.views.briefing(slug), slug)
                if (new := keying.keys(grounds, briefing, told, page)) is not None:
                    keys.pages[slug] = new
                yield page
                continue
            keys.pages[slug] = kept
            url = shelf.cards[slug].url
            has_body = bool(kept.body_key)
            yield Page(url, slug, output_of(url), has_body, kept.body_key, kept.key)


def _as_it_was(number: int, one: Other) -> Page:
    """A page that is no briefing's, of which nothing has moved."""
    url = one.about.page.url
    return Page(url, number, output_of(url), bool(one.body_key), one.body_key, one.key)
