"""A build of MkDocs' own, into a folder beside the site that takes its place when all is there."""

from __future__ import annotations

import logging
import shutil
from contextlib import ExitStack
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import CountHandler

from ..building.exchange import exchange
from ..building.lock import locked
from ..building.place import lock_in, own_folder
from ..building.publication import can_move
from .reuse import cache_folder


class Staging:
    """MkDocs empties the folder of a site before it makes the first page. So it is given another
    one, unless the folder cannot be moved: a mount point, a link, one with hidden files in it."""

    def __init__(self) -> None:
        self.locked = False
        """Whether whoever runs the build holds the site's lock."""
        self._config: MkDocsConfig | None = None
        self._site = ""
        """Where the site stands, while another folder is named in the options."""
        self._held = ExitStack()

    def begin(self, config: MkDocsConfig) -> None:
        """Have the site made beside its place.

        Raises:
            LockedError: If another build of the site is at work.
        """
        self.end()
        if not self.locked:
            self._held.enter_context(locked(lock_in(cache_folder(config))))
        site = Path(config.site_dir)
        staged = own_folder(cache_folder(config)) / "staged"
        if can_move(site, staged.parent):
            shutil.rmtree(staged, ignore_errors=True)
            self._config, self._site = config, config.site_dir
            config.site_dir = str(staged)

    def publish(self, config: MkDocsConfig) -> None:
        """Put what was made in its place, unless MkDocs is going to say that the build failed.

        Raises:
            OSError: If the folders cannot change places; the site stays as it is.
        """
        site, staged = Path(self._site), Path(config.site_dir)
        if self._site and not (config.strict and _warned()):
            if site.is_dir():
                exchange(site, staged)
            else:
                site.parent.mkdir(parents=True, exist_ok=True)
                staged.rename(site)
        self.end()

    def end(self) -> None:
        """Leave nothing behind, and free the lock; the site is what stands in its place."""
        if self._config:
            shutil.rmtree(self._config.site_dir, ignore_errors=True)
            self._config.site_dir = self._site
            self._config, self._site = None, ""
        self._held.close()


def _warned() -> bool:
    """Whether a strict build will end in an error: MkDocs counts before it asks plugins to finish
    and looks after that."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(h.get_counts() for h in handlers if isinstance(h, CountHandler))
