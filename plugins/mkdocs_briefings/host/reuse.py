"""What a build takes over from the one before, from `.cache/briefings/` beside `mkdocs.yml`.

Everything is kept by all that it was made from, the code included. A build from the cache gives
what a clean one gives, and one that cannot use it takes longer.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..building.codec import Codec, fingerprint, packed, unpacked
from ..building.files import Files
from ..building.store import Store
from ..building.version import code_version
from ..catalog.catalog import Catalog
from ..linking.graph import Related
from ..reading.written import Written
from ..rendering.markdown import RenderedBody

PACKAGE = Path(__file__).resolve().parent.parent
MADE_BY = ("markdown", "msgspec", "nh3", "numpy", "pygments", "pymdown-extensions", "scipy")
"""Packages whose versions decide what is made of a text. Python's own is always counted."""

_BODIES = Codec(RenderedBody)
_WRITTEN = Codec(Written)


def cache_folder(config: MkDocsConfig) -> Path:
    """Where builds of a site keep what later ones may use."""
    return Path(config.config_file_path).parent / ".cache" / "briefings"


class Reuse:
    """The memory of one build. Close it when the build is over, however it ends."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` None remembers nothing."""
        self._store = Store(folder and _own(folder) / "store.sqlite3", _version())
        self._files: Files[Written] | None = None
        self._used: set[str] = set()
        self.bodies_made = 0
        """Bodies that had to be rendered."""
        self.lists_made = 0
        """Lists of related briefings that had to be made."""
        self._parts: set[str] = set()

    def files(self, lang: str) -> Files[Written]:
        """What files were read as, for a site in a language. Ask before the folder is looked at."""
        self._files = Files(self._store, f"written-{lang}", _WRITTEN, time.time_ns())
        return self._files

    def related(
        self, catalog: Catalog, cited: Mapping[str, Iterable[str]], limit: int
    ) -> Mapping[str, tuple[Related, ...]]:
        """The lists of related briefings; only those that may have changed are made."""
        # numpy and scipy take a while to import: only who ranks pays for it.
        from ..linking.again import from_bytes, related_again, to_bytes

        before = None
        if kept := self._store.get("related", "lists"):
            with contextlib.suppress(ValueError):
                before = from_bytes(kept)
        ranked, self.lists_made = related_again(catalog, cited, before, limit=limit)
        if before is None or self.lists_made or before.texts != ranked.texts:
            self._store.put("related", "lists", to_bytes(ranked))
        return ranked.lists

    def body(self, inputs: tuple[object, ...], render: Callable[[], RenderedBody]) -> RenderedBody:
        """A body, as it was rendered before from the same inputs, else as it is rendered now.

        Inputs that cannot be told apart by their values are not kept.
        """
        try:
            key = fingerprint(*inputs)
        except TypeError:
            return render()
        self._used.add(key)
        if kept := self._store.get("body", key):
            with contextlib.suppress(ValueError):
                return _BODIES.decode(kept)
        made = render()
        self.bodies_made += 1
        self._store.put("body", key, _BODIES.encode(made))
        return made

    def index_part(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """The files of a part of the search index, as they were made before, else as now."""
        self._parts.add(key)
        if kept := self._store.get("search", key):
            with contextlib.suppress(ValueError):
                return unpacked(kept)
        made = make()
        self._store.put("search", key, packed(made))
        return made

    def done(self) -> None:
        """The build is complete: keep what it used, and forget the rest."""
        if self._files:
            self._files.done()
        self._store.keep_only("body", self._used)
        # A serving build makes its index elsewhere, and leaves that of the published site.
        if self._parts:
            self._store.keep_only("search", self._parts)
        self._store.save()
        self.close()

    def close(self) -> None:
        self._store.close()


def _own(folder: Path) -> Path:
    """The folder, told apart from content: no repository takes what is in it."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / ".gitignore"
        if not note.exists():
            note.write_text("*\n", encoding="utf-8")
    return folder


@cache
def _version() -> str:
    return code_version(PACKAGE, MADE_BY)
