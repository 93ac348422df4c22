"""Where the search index of a site stands, and how it is brought up to date.

Imports little: a site without search needs none of what an index is made of.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..building.codec import packed, unpacked
from ..building.publication import Publication
from ..building.store import Store

if TYPE_CHECKING:
    from ..publishing.search.engine import Engine
    from ..publishing.search.index import Files, Index

PUBLISHED_INDEX = "search/index/"
"""Where the index of a site is, below its root."""
SERVED_INDEX = ".search/"
"""Where that of a serving build is: MkDocs empties the site's folder for each rebuild, but for
what is hidden."""
ROW = "search-pages", "entries"
"""Kind and key of what is kept of all pages for it."""
_KIND = "search"


class Parts:
    """The parts of an index as builds keep them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._used: set[str] = set()

    def again(self, key: str, make: Callable[[], Files]) -> Files:
        """The files of a part, as they were made before, else as now."""
        self.use(key)
        if kept := self._store.get(_KIND, key):
            with contextlib.suppress(ValueError):
                return unpacked(kept)
        made = make()
        self._store.put(_KIND, key, packed(made))
        return made

    def use(self, key: str) -> None:
        """Keep a part, though this build does not look at it."""
        self._used.add(key)

    def done(self) -> None:
        """Forget the others, if any was used: a serving build makes its index elsewhere, and
        leaves that of the published site."""
        if self._used:
            self._store.keep_only(_KIND, self._used)


def publish_index(wanted: Index, engine: Engine, publication: Publication, parts: Parts) -> None:
    """Publish the parts of an index that are others now, and last what says that all are there.

    Raises:
        SearchError: If Pagefind fails.
    """
    # Imported here, as what it is made of.
    from ..composing.inputs import digest
    from ..publishing.search.engine import Job

    for part in wanted.parts:
        name, key = f"search/{part.name}", part.key(engine)
        if publication.keep_all(name, key):
            parts.use(key)
        else:
            files = part.files(Job(engine), parts.again)
            publication.write_all(name, key, _placed(files))
    for path, content in _placed(wanted.own).items():
        key = digest(content)
        if not publication.keep(path, key):
            publication.write(path, key, content)


def _placed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of the index by paths relative to the site."""
    return {f"{PUBLISHED_INDEX}{path}": content for path, content in files.items()}
