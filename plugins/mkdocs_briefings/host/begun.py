"""What a build after an edit of few texts begins with, and whether it may begin."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..building.files import size
from ..building.publication import can_move, served, state
from ..building.standing import Ground, Seen, Standing
from ..building.store import Store
from ..reading.folder import TOTAL_LIMIT
from . import leaving
from .checkout import index_of
from .edits import Otherwise
from .keys import digested
from .leaving import Left, rows_of
from .standing import Asked

MOST = 12
"""Files with which it is an edit of few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a build begins with."""

    asked: Asked
    store: Store
    left: Left
    site: Path
    """The folder that is served."""
    twin: Path
    seen: Seen
    """How the files are."""
    paths: Sequence[str]
    """Files that have changed, relative to the content folder."""
    now: datetime

    @property
    def rows(self) -> Mapping[str, tuple[str, str]]:
        """Kind and key of rows: see `leaving.rows_of`."""
        whole = self.left.whole
        return rows_of(whole.settings.lang, search=bool(whole.search))

    def row(self, name: str) -> bytes:
        """One of `leaving.rows_of`.

        Raises:
            Otherwise: If it is of another state.
        """
        row = self.store.get(*self.rows[name]) or b""
        if digested(row) != self.left.note.rows.get(name):
            raise Otherwise("something is of another state")
        return row


def begun(
    asked: Asked,
    before: Standing,
    ground: Ground,
    looks: tuple[Seen, Seen],
    store: Store,
    now: datetime,
) -> Start:
    """What there is to begin with.

    Args:
        asked: What is asked for.
        before: What the last build left.
        ground: What it rests on now: but for files, and for what was committed, the same.
        looks: How the files are now, as at the moment of that build, and as at this one.
        store: What is kept.
        now: The moment that the build is of.

    Raises:
        Otherwise: If something is missing, or more than few files have changed.
    """
    site, note = Path(before.site), leaving.note(store)
    if note is None or note.stamp != before.stamp.digest:
        raise Otherwise("nothing was left for this")
    if asked.site_dir or asked.strict or not can_move(site, asked.cache):
        raise Otherwise("it is asked for otherwise")
    then, seen = looks
    changed = note.seen.differing(then)
    index = index_of(Path(before.history), ground.said[-2]) if before.history else ""
    committed = index in changed or ground.said != before.ground.said
    changed.discard(index)
    if len(changed) > MOST or seen.statuses.keys() != note.seen.statuses.keys():
        raise Otherwise("files have come or gone, or many have changed")
    if before.state != state(store, site) or not note.served == served(store, site) != "":
        raise Otherwise("the site is not as it was left")
    # One that changes just now may have the status that it had: nobody would look at it again.
    if seen.contents.items() - then.contents.items():
        raise Otherwise("a file has changed since it was seen")
    left = leaving.left(store, note)
    if left is None:
        raise Otherwise("something is missing")
    if committed and not left.whole.committed:
        raise Otherwise("nobody knows what was committed")
    root = f"{left.whole.folder}{os.sep}"
    if not all(path.startswith(root) and path.endswith(".md") for path in changed):
        raise Otherwise("more than texts has changed")
    if sum(map(size, seen.statuses.values())) > TOTAL_LIMIT // 2:
        raise Otherwise("there may be too much of it")
    return Start(
        asked=asked,
        store=store,
        left=left,
        site=site,
        twin=asked.cache / "twin",
        seen=seen,
        paths=[path.removeprefix(root).replace(os.sep, "/") for path in sorted(changed)],
        now=now,
    )
