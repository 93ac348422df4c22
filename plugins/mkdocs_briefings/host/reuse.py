"""What a build takes over from the one before, from `.cache/briefings/` beside `mkdocs.yml`.

Everything is kept by all that it was made from, the code included. A build from the cache gives
what a clean one gives, and one that cannot use it takes longer.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..building.codec import Codec
from ..building.files import Files
from ..building.store import Store
from ..building.version import code
from ..catalog.catalog import Catalog
from ..linking.graph import Related
from ..reading.written import Written
from ..rendering.markdown import RenderedBody

_BODIES = Codec(RenderedBody)
_WRITTEN = Codec(Written)


def cache_folder(config: MkDocsConfig) -> Path:
    """Where builds of a site keep what later ones may use."""
    return Path(config.config_file_path).parent / ".cache" / "briefings"


class Reuse:
    """The memory of one build. Close it when the build is over, however it ends."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` None remembers nothing."""
        self.store = Store(folder and _own(folder) / "store.sqlite3", code())
        self._files: Files[Written] | None = None
        self._used: set[str] = set()
        self.bodies_made = 0
        """Bodies that had to be rendered."""
        self.lists_made = 0
        """Lists of related briefings that had to be made."""

    def files(self, lang: str) -> Files[Written]:
        """What files were read as, for a site in a language. Ask before the folder is looked at."""
        self._files = Files(self.store, f"written-{lang}", _WRITTEN, time.time_ns())
        return self._files

    def related(
        self, catalog: Catalog, cited: Mapping[str, Iterable[str]], limit: int
    ) -> Mapping[str, tuple[Related, ...]]:
        """The lists of related briefings; only those that may have changed are made."""
        # numpy and scipy take a while to import: only who ranks pays for it.
        from ..linking.again import from_bytes, related_again, to_bytes

        before = None
        if kept := self.store.get("related", "lists"):
            with contextlib.suppress(ValueError):
                before = from_bytes(kept)
        ranked, self.lists_made = related_again(catalog, cited, before, limit=limit)
        if before is None or self.lists_made or before.texts != ranked.texts:
            self.store.put("related", "lists", to_bytes(ranked))
        return ranked.lists

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
        if kept := self.store.get("body", key):
            with contextlib.suppress(ValueError):
                return _BODIES.decode(kept)
        return None

    def use_body(self, key: str) -> None:
        """Keep a body for the next build, though this one does not look at it."""
        if key:
            self._used.add(key)

    def keep_body(self, key: str, made: RenderedBody) -> None:
        """Remember a body that was rendered now."""
        self.bodies_made += 1
        if key:
            self.store.put("body", key, _BODIES.encode(made))

    def done(self) -> None:
        """The build is complete: keep what it used, and forget the rest."""
        if self._files:
            self._files.done()
        self.store.keep_only("body", self._used)
        self.store.save()
        self.close()

    def close(self) -> None:
        self.store.close()


def _own(folder: Path) -> Path:
    """The folder, told apart from content: no repository takes what is in it."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / ".gitignore"
        if not note.exists():
            note.write_text("*\n", encoding="utf-8")
    return folder
