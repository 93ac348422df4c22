"""A build after an edit of few texts, or a commit: it makes what these change, and keeps all else
unseen.

Most edits change a text and nothing that anybody else shows of it: no link, no heading, or of what
others show words alone, as a title or a summary. Then the site is what it was, but for the pages of
these briefings, those that show such words, the feeds that have their texts, and lists of related
briefings, since likeness is judged by texts. Whatever may change more is left to a build that looks
at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

import msgspec

from ..building.files import Few
from ..building.garbage import collecting_seldom
from ..building.publication import Publication, is_whole, served, state
from ..building.standing import (
    Ground,
    Line,
    Seen,
    Standing,
    keep_told,
    leave,
    told_again,
)
from ..building.store import Store
from ..catalog.briefing import Briefing
from ..catalog.history import FileHistory
from ..catalog.problem import Problem
from ..composing.batch import PageError
from ..linking.graph import Related
from ..linking.rests import text_digest
from ..linking.sequences import Lines, Order
from ..linking.terms import Spellings, glossary, mentions
from ..viewing.briefing import LONG_READ
from ..viewing.ground import card_digest
from ..viewing.parts import Card
from ..wording.language import primary
from . import leaving
from .begun import Start, begun
from .bykey import Briefings, Made
from .edits import Edit, Otherwise, edit_of, told_after
from .held import held
from .histories import Histories
from .indexing import PUBLISHED_INDEX, Parts, publish_index
from .keys import KEYS, OTHERS, KeptKeys, KeptOthers, digested
from .leaving import SEARCH, Note
from .remaking import MOST_MADE, Making, retold
from .standing import Asked, Outcome
from .written import WrittenCodec, kind_of, texts_of

_TEXTS = msgspec.msgpack.Decoder(dict[str, tuple[bytes, bytes]])
_RELATED = msgspec.msgpack.Decoder(tuple[Related, ...])
_encode = msgspec.msgpack.Encoder().encode


class _Lists(msgspec.Struct):
    """`linking.rests.Lists`, each list decoded when it is asked for."""

    key: str
    by_slug: dict[str, msgspec.Raw]

    def of(self, slug: str) -> tuple[Related, ...]:
        return _RELATED.decode(self.by_slug[slug])


_LISTS = msgspec.msgpack.Decoder(_Lists)


def edited(
    asked: Asked,
    before: Standing,
    ground: Ground,
    looks: tuple[Seen, Seen],
    store: Store,
    now: datetime,
) -> Outcome | None:
    """Build, if what has changed since the last build are few texts, of what others show of them
    no more than words, and commits; None where there is any doubt.

    Args:
        asked: What is asked for.
        before: What the last build left.
        ground: What it rests on now: but for files, and for what was committed, the same.
        looks: How the files are now, as at the moment of that build, and as at this one.
        store: What is kept.
        now: The moment that the build is of.

    Raises:
        OSError: If something cannot be read or written.
    """
    try:
        with collecting_seldom():
            start = begun(asked, before, ground, looks, store, now)
            return _Build(start, before, ground).run()
    except (Otherwise, PageError, msgspec.MsgspecError, ValueError, LookupError):
        # Rows that do not fit each other, too: what looks at all makes them anew.
        return None


class _Build:
    """One build of this kind."""

    def __init__(self, start: Start, before: Standing, ground: Ground) -> None:
        self._start = start
        self._before = before
        self._ground = ground
        self._store = start.store
        self._parts: Sequence[tuple[str, bytes]] = ()
        """What related briefings rest on, as it is kept once nothing is left to others any more."""
        self._whole = whole = start.left.whole
        self._settings = replace(whole.settings, now=start.now)
        folder, kind = Path(whole.folder), kind_of(whole.settings)
        codec = WrittenCodec(
            start.store,
            f"texts-{kind}",
            partial(texts_of, folder, self._settings),
            at_once=False,
        )
        self._files = Few(start.store, f"written-{kind}", codec, start.seen.looked)
        self._texts = _TEXTS.decode(start.row("texts"))
        # First, since most of what is left to others ends here.
        self._edits = [
            edit_of(folder, path, self._settings, self._files, self._texts.get(path, (b"", b""))[0])
            for path in start.paths
        ]
        digests = {path: file for path, (file, _) in self._texts.items()}
        now = {edit.slug: edit.now for edit in self._edits}
        self._lists = _LISTS.decode(start.row("lists"))
        self._keys = KEYS.decode(start.row("keys"))
        slugs = self._keys.pages.keys()
        self._briefings = Briefings(start.left, slugs, self._files, digests, now)
        self._digests = digests | {edit.path: edit.digest for edit in self._edits}

    def run(self) -> Outcome:
        """
        Raises:
            Otherwise: If more may change than is looked at.
            PageError: If a page cannot be made.
            OSError: If something cannot be read or written.
        """
        store, start = self._store, self._start
        told = told_again(store, self._before)
        if told is None:
            raise Otherwise("nobody knows what was told")
        for edit in self._edits:
            self._look(edit)
        after = told_after(told, self._edits, self._named, self._held, self._settings)
        histories = self._histories()
        again = set[str]() if histories is None else self._committed(histories)
        moved = self._related() | again
        others = OTHERS.decode(start.row("others"))
        titles = {one.about.page.url: one.about.page.title for one in others.pages}
        history: Mapping[str, FileHistory] = {} if histories is None else histories
        site = self._briefings.site(self._lists.of, titles, history, start.now)
        before, keys = self._words(site)
        making = Making(start.left, store, site, keys, self._briefings.slugs, self._digests)
        slugs = {edit.slug for edit in self._edits}
        if before:
            # Imported here: most edits are of a text alone.
            from .showing import Showing

            showing = Showing(making, start.left, store, before)
            making.pages(slugs, moved, showing.briefings())
            now = showing.others(others)
            making.feeds(now, retold(others, now))
            showing.beside(start.asked.cache / "cards")
            others = now
        else:
            making.pages(slugs, moved)
            making.feeds(others)
        if making.files:
            self._publish(making)
        elif not is_whole(store, start.site):
            raise Otherwise("the site is not as it was left")
        if histories is not None:
            histories.keep()
        stands = self._leave(making, others, before, after if list(after) != list(told) else None)
        return Outcome(stands, after, making.rendered)

    def _publish(self, making: Making) -> None:
        start = self._start
        publication = Publication(start.site, start.twin, self._store)
        search = bool(self._whole.search and making.moved)
        if not publication.keep_served(making.files.keys(), PUBLISHED_INDEX if search else ""):
            raise Otherwise("the site is not as it was left")
        for path, (key, content) in making.files.items():
            publication.write(path, key, content)
        if search:
            self._index(making, publication)
        publication.finish()

    def _index(self, making: Making, publication: Publication) -> None:
        """Bring the search index up to date."""
        # Imported here: a site without search needs none of it.
        from ..publishing.search.engine import SearchError, engine
        from .searchable import Searchable

        self._start.row(SEARCH)  # It is of the same state.
        parts = Parts(self._store)
        try:
            found = engine()
            if found.version != self._whole.search:
                raise Otherwise("the index is made by another version")
            told = Searchable(making.site.shelf, self._whole.chrome, making.body, self._store)
            wanted = told.index_after(making.moved, making.view_at, parts.again)
            if wanted is None:
                raise Otherwise("nobody knows what can be found")
            publish_index(wanted, found, publication, parts)
        except SearchError as error:
            raise Otherwise("the index cannot be made") from error
        parts.done()

    def _named(self, path: str) -> str:
        return f"{Path(self._whole.folder).name}/{path}"

    def _held(self, edit: Edit) -> Sequence[Problem]:
        whole = self._whole
        return held(edit, self._briefings.beside[edit.slug], whole.rules, Path(whole.folder))

    def _histories(self) -> Histories | None:
        """Those of files as they are now; None where pages tell none."""
        if not self._whole.committed:
            return None
        left, folder = self._start.left, Path(self._before.history)
        return Histories(self._store, left.note.state, folder, self._ground.said[-1])

    def _committed(self, histories: Histories) -> set[str]:
        """The slugs of the briefings whose files have another history now."""
        if len(histories.moved) > MOST_MADE:
            raise Otherwise("many files were committed")
        records, found = self._briefings.catalog.briefings, dict[str, Briefing]()
        for path in histories.moved & self._digests.keys():
            known = self._files.before(path)
            if known is None:
                raise Otherwise("nobody knows what a file was")
            found[path] = records[known[1].slug]
        if any(briefing.path != path for path, briefing in found.items()):
            raise Otherwise("it is not published")
        if any(briefing.body.words >= LONG_READ for briefing in found.values()):
            raise Otherwise("its citations are files of their own")
        histories.look_for_logged(found)
        return {briefing.slug for briefing in found.values()}

    def _look(self, edit: Edit) -> None:
        """
        Raises:
            Otherwise: If it is not of a briefing that is published, or explains other terms.
        """
        beside = self._briefings.beside.get(edit.slug)
        if beside is None or beside.path != edit.path:
            raise Otherwise("it is not published")
        briefing = self._briefings.catalog.briefings[edit.slug]
        home = primary(briefing.lang) == primary(self._settings.lang)
        terms = self._terms
        found = mentions(briefing.body.home_prose, terms) if terms and home else ()
        if found != beside.mentions:
            raise Otherwise("it explains other terms")

    @cached_property
    def _terms(self) -> Spellings | None:
        terms = self._whole.terms
        return glossary(terms, self._settings.lang) if terms else None

    def _related(self) -> set[str]:
        """Bring the lists of related briefings up to date, and what is kept of them; gives the
        slugs of those that are others now."""
        catalog, texts = self._briefings.catalog, dict[str, bytes]()
        for edit in self._edits:
            told = text_digest(catalog.briefings[edit.slug])
            if told != self._texts[edit.path][1]:
                texts[edit.slug] = told
            self._texts[edit.path] = edit.digest, told
        if not texts:
            return set()
        # As in a build that looks at all: they take a while to import.
        from ..linking.few import lists_again
        from ..linking.kept import few_from_parts, few_to_parts, is_much

        lists, whole = self._lists, self._whole
        before = few_from_parts(lambda name: self._store.get("related", name), lists.key)
        if is_much(len(before.turned.since), len(before.slugs)):
            raise Otherwise("many vectors are others by now")
        lines = Lines(Order(catalog), (whole.parts, whole.filed, whole.signed))
        ranked, made = lists_again(catalog, before, lists.of, texts, self._settings.related, lines)
        moved = {slug for slug, entries in made.items() if entries != lists.of(slug)}
        for slug in moved:
            lists.by_slug[slug] = msgspec.Raw(_encode(made[slug]))
        lists.key = ranked.rests.key
        self._parts = tuple(few_to_parts(ranked))
        return moved

    def _words(self, site: Made) -> tuple[Mapping[str, Card], KeptKeys]:
        """The cards of briefings whose words are others now, by slug, as they were; and the keys of
        pages with the cards of now.

        Raises:
            Otherwise: If more than words is another.
        """
        now = {
            edit.slug: card_digest(site.shelf.cards[edit.slug], site.catalog.briefings[edit.slug])
            for edit in self._edits
        }
        moved = {slug: told for slug, told in now.items() if told != self._keys.cards[slug]}
        before = {slug: self._briefings.beside[slug].card for slug in moved}
        for slug, card in before.items():
            after = site.shelf.cards[slug]
            if replace(card, title=after.title, summary=after.summary) != after:
                raise Otherwise("a card says more otherwise")
            if after.title != card.title and slug in self._whole.linked:
                raise Otherwise("the text of a page that is no briefing's has its title")
            if after.title != card.title and self._whole.chrome.url and self._in_calendars(slug):
                raise Otherwise("calendars have its title")
        return before, replace(self._keys, cards={**self._keys.cards, **moved})

    def _in_calendars(self, slug: str) -> bool:
        told = (event for line in self._whole.storylines.values() for event in line.events)
        own = self._briefings.catalog.briefings[slug].events
        return bool(own) or any(event.briefing == slug for event in told)

    def _leave(
        self,
        making: Making,
        others: KeptOthers,
        moved: Iterable[str],
        told: Sequence[Line] | None,
    ) -> Standing:
        """Leave all that the next build may use."""
        store, start, site = self._store, self._start, making.site
        now = {
            "keys": making.keys,
            "others": others,
            "lists": self._lists,
            "texts": self._texts,
        }
        for name, part in self._parts:
            store.put("related", name, part)
        rows = start.rows
        digests = dict(start.left.note.rows)
        for name, value in now.items():
            row = _encode(value)
            if digests[name] != (digest_now := digested(row)):
                digests[name] = digest_now
                store.put(*rows[name], row)
        # After the keys, by which it is known that these rows are of another state than those
        # before, should nothing come to be left after them.
        start.left.again(
            {
                slug: replace(
                    self._briefings.beside[slug],
                    card=site.shelf.cards[slug],
                    backlinks=site.graph.backlinks[slug],
                )
                for slug in moved
            }
        )
        if SEARCH in rows:
            digests[SEARCH] = digested(store.get(*rows[SEARCH]) or b"")
        noted = replace(
            self._before,
            ground=self._ground,
            stamp=start.seen.stamp(self._ground.said),
            state=state(store, start.site),
            told=self._before.told if told is None else keep_told(store, tuple(told)),
        )
        note = Note(
            state=start.left.note.state,
            stamp=noted.stamp.digest,
            seen=start.seen,
            rows=digests,
            served=served(store, start.site),
        )
        leaving.leave_again(store, note)
        leave(store, start.asked.key, noted)
        store.save()
        return noted
