"""What a build takes over from the one before, from `.cache/briefings/` beside `mkdocs.yml`.

Everything is kept by all that it was made from, the code included. A build from the cache gives
what a clean one gives, and one that cannot use it takes longer.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

import msgspec
from mkdocs.config.defaults import MkDocsConfig

from ..building.files import Files
from ..building.garbage import collect_hardly, give_back
from ..building.place import cache_beside, store_in
from ..building.store import Store
from ..building.version import code
from ..catalog.catalog import Catalog
from ..catalog.settings import Settings
from ..composing.composer import Composer
from ..composing.inputs import Frame
from ..linking.graph import Related
from ..linking.rests import Lists, lists_from_bytes, lists_to_bytes, rests_on, text_digest
from ..linking.sequences import Lines
from ..reading.alone import Written
from ..rendering.markdown import RenderedBody
from .agreed import composer_of, keep_of
from .bodies import BODIES
from .indexing import Parts
from .keys import KEYS, OTHERS, OUTLINES, KeptKeys, KeptOthers
from .written import WrittenCodec, kind_of, texts_of

_TEXTS = msgspec.msgpack.Decoder(dict[str, tuple[bytes, bytes]])


def cache_folder(config: MkDocsConfig) -> Path:
    """Where builds of a site keep what later ones may use."""
    return cache_beside(Path(config.config_file_path))


@dataclass(slots=True)
class Memory:
    """What a process that builds again and again need not even read."""

    bodies: dict[str, RenderedBody] = field(default_factory=dict)
    """By key."""
    composers: dict[str, Composer] = field(default_factory=dict)
    """The one of the last build, by the key of its frame: its templates are compiled."""
    store: Store = field(default_factory=lambda: Store(None, ""))
    """Of what is published into a folder that goes with the process."""

    def composer(self, key: str, make: Callable[[], Composer]) -> Composer:
        """One for a frame; `key` is of all that decides what it does, empty if nobody can tell."""
        if not key or key not in self.composers:
            self.composers = {key: make()}
        return self.composers[key]


class Reuse:
    """The memory of one build. Close it when the build is over, however it ends."""

    def __init__(self, folder: Path | None, memory: Memory | None = None) -> None:
        """`folder` None leaves nothing to other processes, `memory` None nothing to this one."""
        self.memory = memory
        self.store = Store(folder and store_in(folder), code())
        self._files: Files[Written] | None = None
        self._written: WrittenCodec | None = None
        self._lang = ""
        self._of_no_use: tuple[str, ...] = ()
        """Kinds of rows that a glossary, come or gone, has left behind."""
        self._used: set[str] = set()
        self._expected: set[str] = set()
        self._at_hand: dict[str, bytes] = {}
        """Bodies that were made and are expected to be asked for, as they are kept."""
        self.bodies_made = 0
        """Bodies that had to be rendered."""
        self.lists_made = 0
        """Lists of related briefings that had to be made."""
        self.parts = Parts(self.store)
        """Of the search index."""

    def files(self, folder: Path, settings: Settings) -> Files[Written]:
        """What the files of a folder were read as. Ask before the folder is looked at."""
        self._lang = settings.lang
        again = partial(texts_of, folder, settings)
        kind, other = kind_of(settings), kind_of(replace(settings, terms=not settings.terms))
        self._of_no_use = (f"texts-{other}", f"written-{other}")
        # What serves goes on with the records of a build when that is over.
        self._written = WrittenCodec(
            self.store, f"texts-{kind}", again, at_once=self.memory is not None
        )
        self._files = Files(self.store, f"written-{kind}", self._written, time.time_ns())
        if self._files.known:
            collect_hardly()
        return self._files

    def related(
        self,
        catalog: Catalog,
        cited: Mapping[str, Iterable[str]],
        limit: int,
        lines: Lines | None = None,
        *,
        heed: Callable[[], None] = lambda: None,
    ) -> Mapping[str, tuple[Related, ...]]:
        """The lists of related briefings; only those that may have changed are made.

        `lines` are the orders of the catalog, where these are known.
        `heed` is called every now and then, and may end the work by an exception.
        """
        rests = rests_on(catalog, cited, limit, self._texts(catalog))
        lists = Lists("", {})
        if kept := self.store.get("related", "lists"):
            with contextlib.suppress(ValueError):
                lists = lists_from_bytes(kept)
        if lists.key == rests.key:
            return lists.by_slug
        # numpy takes a while to import: only who ranks pays for it.
        from ..linking.again import related_again
        from ..linking.kept import from_parts, to_parts

        before = None
        if lists.key:
            with contextlib.suppress(ValueError):
                before = from_parts(lambda name: self.store.get("related", name), lists)
        # After an edit there is little to give back, and to look for it takes a while.
        give = give_back if before is None else lambda: None
        give()
        ranked, self.lists_made = related_again(
            catalog, cited, before, limit=limit, rests=rests, lines=lines, heed=heed
        )
        give()
        for name, part in to_parts(ranked, before):
            self.store.put("related", name, part)
        made = ranked.lists
        self.store.put("related", "lists", lists_to_bytes(Lists(rests.key, made)))
        del ranked
        give()
        return made

    def _texts(self, catalog: Catalog) -> Mapping[str, bytes]:
        """The digest of each briefing's texts by slug; of files that are as they were, as it was.

        What the texts are is decided by the file and the language of the site: names and links,
        which other files decide, are none of them.
        """
        if not self._files:
            return {}
        files, name = self._files.digests, f"texts-{self._lang}"
        known: Mapping[str, tuple[bytes, bytes]] = {}
        if kept := self.store.get("related", name):
            with contextlib.suppress(msgspec.MsgspecError):
                known = _TEXTS.decode(kept)
        found: dict[str, tuple[bytes, bytes]] = {}
        for briefing in catalog.briefings.values():
            file = files.get(briefing.path, b"")
            before, digest = known.get(briefing.path, (b"", b""))
            if not file or file != before:
                digest = text_digest(briefing)
            found[briefing.path] = (file, digest)
        if found != known:
            self.store.put("related", name, msgspec.msgpack.encode(found))
        return {slug: found[briefing.path][1] for slug, briefing in catalog.briefings.items()}

    @property
    def digests(self) -> Mapping[str, bytes]:
        """Of the bytes of each file that is remembered, by path."""
        return self._files.digests if self._files else {}

    def keys(self, ground: str) -> KeptKeys:
        """The keys of the pages of briefings, as far as they are known on a `ground`."""
        if ground and (kept := self.store.get("pages", "keys")):
            with contextlib.suppress(msgspec.MsgspecError):
                before = KEYS.decode(kept)
                if before.ground == ground:
                    return before
        return KeptKeys(ground)

    def keep_keys(self, keys: KeptKeys, before: KeptKeys) -> None:
        """Remember keys; `before` are those that `keys` gave."""
        if keys.ground and keys != before:
            self.store.put("pages", "keys", msgspec.msgpack.encode(keys))

    def others(self) -> KeptOthers:
        """The pages that are no briefings', as the last build that made any of them left them."""
        if kept := self.store.get("pages", "others"):
            with contextlib.suppress(msgspec.MsgspecError):
                return OTHERS.decode(kept)
        return KeptOthers()

    def keep_others(self, others: KeptOthers, outlines: Mapping[str, bytes]) -> None:
        """Remember these pages, and the outlines of those whose views were looked at, by address:
        those of the rest are as they were."""
        if others.ground and others.order:
            self.store.put("pages", "others", msgspec.msgpack.encode(others))
            self.store.keep_only(OUTLINES, (one.about.page.url for one in others.pages))
            for url, told in outlines.items():
                self.store.put(OUTLINES, url, told)

    def composer(self, key: str, frame: Frame) -> Composer:
        """One for a frame; `key` as for `Memory.composer`."""
        return (self.memory or Memory()).composer(key, lambda: composer_of(frame, self.store))

    def keep_of(self, composer: Composer) -> None:
        """Remember what a composer has found out."""
        keep_of(composer, self.store)

    def body(self, key: str, render: Callable[[], RenderedBody]) -> RenderedBody:
        """A body as it was rendered before, else as it is rendered now.

        `key` is of all that it is made from; without one it is not kept.
        """
        if (kept := self.known_body(key)) is not None:
            return kept
        made = render()
        self.keep_body(key, made)
        return made

    def known_body(self, key: str) -> RenderedBody | None:
        """A body as it was rendered before; None when it was not."""
        if not key:
            return None
        self.use_body(key)
        if self.memory and key in self.memory.bodies:
            return self.memory.bodies[key]
        found = None
        if kept := self._at_hand.pop(key, None) or self.store.get("body", key):
            with contextlib.suppress(ValueError):
                found = BODIES.decode(kept)
        if found and self.memory:
            self.memory.bodies[key] = found
        return found

    def body_before(self, key: str) -> RenderedBody | None:
        """A body as an earlier build rendered it; a first build does not look for any."""
        if not self._bodies_before:
            self.use_body(key)
            return None
        return self.known_body(key)

    @cached_property
    def _bodies_before(self) -> bool:
        return bool(self.memory and self.memory.bodies) or self.store.has("body")

    def use_body(self, key: str) -> None:
        """Keep a body for the next build, though this one does not look at it."""
        if key:
            self._used.add(key)

    def expect(self, keys: Iterable[str]) -> None:
        """Say which bodies will be asked for once more: those that are made now stay at hand till
        then, since to get one from the file takes as long as to write what it is asked for."""
        self._expected.update(keys)

    def keep_body(self, key: str, made: RenderedBody | bytes) -> None:
        """Remember a body that was rendered now, as it is or as it is kept."""
        self.bodies_made += 1
        if not key:
            return
        kept = made if isinstance(made, bytes) else BODIES.encode(made)
        if self.memory:
            self.memory.bodies[key] = BODIES.decode(made) if isinstance(made, bytes) else made
        elif key in self._expected:
            self._at_hand[key] = kept
        self.store.put("body", key, kept)

    def done(self) -> None:
        """The build is complete: keep what it used, and forget the rest."""
        if self._files and self._written:
            self._files.done()
            self._written.done(self._files.digests)
            for kind in self._of_no_use:
                self.store.keep_only(kind, ())
        self.store.keep_only("body", self._used)
        if self.memory:
            for key in self.memory.bodies.keys() - self._used:
                del self.memory.bodies[key]
        self.parts.done()
        self.store.save()
        self.close()

    def close(self) -> None:
        self.store.close()
