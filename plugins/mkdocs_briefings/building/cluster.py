"""Workers of an existing dask cluster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .workers import Pool, PoolError, Started

if TYPE_CHECKING:
    import distributed

REACHED_WITHIN = 10
"""Seconds for a scheduler to answer, and for its first worker to be there."""
DONE_WITHIN = 60
"""Seconds after which a batch, some 100 ms of work, is no longer waited for."""

_ADDRESS = re.compile(r"dask://(?P<place>(?:\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):\d{1,5})/?")


def cluster(address: str, version: Callable[[], str]) -> Pool:
    """The workers behind a scheduler, connected to when they are needed.

    Args:
        address: `dask://HOST:PORT`.
        version: Of the code; a function that workers find by its name. They must say what it says
            here, or they would make other pages.

    Raises:
        PoolError: If the address is none, or dask is not installed.
    """
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise PoolError(f"'{address}' names no cluster: write dask://HOST:PORT")
    try:
        import distributed
    except ImportError as error:
        raise PoolError(
            "a cluster needs dask: python -m pip install 'mkdocs-briefings[cluster]'"
        ) from error

    @contextmanager
    def start() -> Iterator[Started]:
        try:
            client = distributed.Client(
                f"tcp://{found['place']}", timeout=REACHED_WITHIN, set_as_default=False
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise PoolError(f"no dask scheduler answers at {address}: {error}") from error
        with client:
            count = _ready(client, address, version)
            # Asking whether it did the same before costs more than it saves.
            executor = client.get_executor(pure=False)
            try:
                yield Started(executor, count)
            finally:
                executor.shutdown(wait=False)

    return Pool(start=start, patience=DONE_WITHIN)


def _ready(client: distributed.Client, address: str, version: Callable[[], str]) -> int:
    """How many tasks the workers do at once, if all have our code.

    Raises:
        PoolError: If there are none, or one has not.
    """
    try:
        client.wait_for_workers(1, timeout=REACHED_WITHIN)
    except TimeoutError as error:
        raise PoolError(f"the cluster at {address} has no workers") from error
    told = client.run(version, on_error="return")
    ours = version()
    other = sorted(place for place, theirs in told.items() if theirs != ours)
    if other:
        shown = other[0] if len(other) == 1 else f"{other[0]} and {len(other) - 1} more"
        raise PoolError(
            f"other versions of Python, mkdocs-briefings or what it uses are on {shown}: "
            "install there what is installed here"
        )
    return sum(client.nthreads().values())
