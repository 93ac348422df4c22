"""Pages made by copies of this process, which have all that it has of the site: they are asked for
by number."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing

from ..building.copies import copies
from ..building.store import Store
from ..building.workers import results
from ..composing.batch import PAGE, PageTask, all_composed, by_weight
from ..composing.composer import Composer
from ..composing.parcels import packed, unpacked
from ..rendering.markdown import RenderedBody
from .bodies import BODIES
from .paging import Page, Paging

Asked = tuple[range, bytes]
"""Which of the pages, and what is known of their bodies; empty if that is nothing."""
Made = tuple[bytes, bytes]
"""Content of a page, and its body as it is kept, if that had to be rendered."""


def copied(
    pages: Sequence[Page],
    paging: Paging,
    composer: Composer,
    known: Callable[[Page], RenderedBody | None],
    count: int,
    tell: Callable[[str], object],
    store: Store,
) -> Generator[Made]:
    """The pages in order; close the iterator if you do not read it to its end.

    Args:
        pages: Those that are to be made.
        paging: Knows what they are made from.
        composer: Makes them, here and in the copies.
        known: Gives the body of a page, if an earlier build has rendered it; not asked in copies.
        count: Of copies.
        tell: As for `results`.
        store: Knows the texts of which nobody has asked for one yet.

    Raises:
        PageError: If one cannot be made.
    """

    def asked() -> Iterator[Asked]:
        first = 0
        bodies = ((length, known(page)) for page, length in zip(pages, lengths, strict=True))
        for some in by_weight(bodies, _weight):
            numbers = range(first, first := first + len(some))
            found = [body for _, body in some]
            yield numbers, packed(found) if any(found) else b""

    def work(asked: Asked) -> list[Made]:
        numbers, found = asked
        bodies = unpacked(found) if found else [None] * len(numbers)
        tasks = [
            PageTask(page=paging.input(pages[number]), known=body)
            for number, body in zip(numbers, bodies, strict=True)
        ]
        made = all_composed(composer, tasks)
        return [(one.content, BODIES.encode(one.body) if one.body else b"") for one in made]

    # While the store can still be asked.
    lengths = [paging.length(page) for page in pages]
    tasks = asked()
    # What it takes to make the first is then there for the copies, too.
    for first in tasks:
        yield from work(first)
        break
    with closing(results(copies(count, work, store.copied), work, tasks, tell)) as made:
        for some in made:
            yield from some


def _weight(page: tuple[int, RenderedBody | None]) -> int:
    """What a page costs, given the length of its text and what is known of its body."""
    length, known = page
    return PAGE + (length if known is None else 0)
