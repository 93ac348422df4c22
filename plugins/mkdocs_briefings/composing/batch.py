"""Makes pages in batches, in this process or in any other that has the same code."""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import TypeVar

from ..rendering.markdown import RenderedBody
from .bounds import BoundError
from .composer import NO_BODY, Composer
from .inputs import Frame, PageInput
from .parcels import packed, unpacked

PAGE = 1_250
"""What a page costs beside its body, in characters of Markdown rendered: a millisecond."""
HEAVY, MANY = 60_000, 32
"""A batch is closed from so much of that on, and at so many pages: some 50 to 100 ms of work, and
some 200 KB on the way to whoever does it."""

Item = TypeVar("Item")

_here = threading.local()


class PageError(Exception):
    """A page cannot be made; the cause is the exception's."""

    source = ""
    """The file whose body passed a bound, relative to the content folder; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask:
    """A page to be made."""

    page: PageInput
    known: RenderedBody | None = None
    """Its body, if an earlier build has rendered it."""

    @property
    def weight(self) -> int:
        """What it costs to make, about, as `PAGE` counts."""
        body = self.page.body
        return PAGE + (len(body.markdown) if body and self.known is None else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A page that was made."""

    content: bytes
    body: RenderedBody | None = None
    """Its body, if it had to be rendered."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A frame on its way to another process, with the code of its templates, so that not each of
    them compiles them."""

    digest: str
    data: bytes

    @classmethod
    def of(cls, frame: Frame, code: Mapping[str, bytes] = MappingProxyType({})) -> Packed | None:
        """None where only this process has what the frame holds: also some functions, which have no
        name by which they are found.

        Args:
            frame: Of the site.
            code: What `Composer.compiled` gave of it.
        """
        if not frame.can_be_shared:
            return None
        try:
            data = zlib.compress(pickle.dumps((frame, dict(code)), pickle.HIGHEST_PROTOCOL))
        except (pickle.PicklingError, TypeError, AttributeError):
            return None
        return cls(blake2b(data, digest_size=16).hexdigest(), data)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages of one site."""

    frame: Packed
    data: bytes
    """The tasks, packed: who hands a batch on need not look into it."""

    @classmethod
    def of(cls, frame: Packed, tasks: Sequence[PageTask]) -> Batch:
        return cls(frame, packed(tasks))

    @property
    def tasks(self) -> Sequence[PageTask]:
        """Unpacked anew each time."""
        tasks: Sequence[PageTask] = unpacked(self.data)
        return tasks


def batches(frame: Packed, tasks: Iterable[PageTask]) -> Iterator[Batch]:
    """Tasks in their order, in batches of about the same weight."""
    for some in by_weight(tasks, lambda task: task.weight):
        yield Batch.of(frame, some)


def by_weight(items: Iterable[Item], weight_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Items in their order, some at a time: of about the same weight, which counts as `PAGE`."""
    held: list[Item] = []
    weight = 0
    for item in items:
        held.append(item)
        weight += weight_of(item)
        if weight >= HEAVY or len(held) == MANY:
            yield held
            held, weight = [], 0
    if held:
        yield held


def compose(batch: Batch) -> Sequence[Composed]:
    """Make the pages of a batch, in order.

    Raises:
        PageError: If one cannot be made.
    """
    composer = _composer(batch.frame)
    return all_composed(composer, batch.tasks)


def composed(composer: Composer, task: PageTask) -> Composed:
    """Make a page.

    Raises:
        PageError: If it cannot be made.
    """
    return all_composed(composer, [task])[0]


def all_composed(composer: Composer, tasks: Sequence[PageTask]) -> list[Composed]:
    """Make pages, one at least, in order.

    Raises:
        PageError: If one cannot be made.
    """
    # One step of all pages, then the next: what a step runs and looks up stays near the processor.
    # Pages made one after another take a twentieth more time.
    page = tasks[0].page
    bodies: list[RenderedBody | None] = []
    told: list[Mapping[str, object]] = []
    made: list[Composed] = []
    try:
        for task in tasks:
            page = task.page
            new = page.body if task.known is None else None
            bodies.append(composer.body(new) if new else None)
        for task, body in zip(tasks, bodies, strict=True):
            page = task.page
            told.append(composer.told(page.view, task.known or body or NO_BODY))
        for task, body, one in zip(tasks, bodies, told, strict=True):
            page = task.page
            made.append(Composed(content=composer.written(page.view, one), body=body))
    except Exception as error:
        name = page.view.source or page.view.url
        why = f"{type(error).__name__}: {error}"
        fault = PageError(f"the page of '{name}' cannot be made: {why}")
        fault.source = page.view.source if isinstance(error, BoundError) else ""
        raise fault from error
    return made


def _composer(frame: Packed) -> Composer:
    """The composer of a frame: this thread's, since two must not share one, and only that of the
    last frame, since a worker of a cluster sees many."""
    if getattr(_here, "digest", "") != frame.digest:
        _here.composer = Composer(*pickle.loads(zlib.decompress(frame.data)))
        _here.digest = frame.digest
    kept = _here.composer
    assert isinstance(kept, Composer)
    return kept
