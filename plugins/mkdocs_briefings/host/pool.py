"""Who makes the pages of a build besides its own process."""

from __future__ import annotations

from dataclasses import replace

from ..building.cluster import cluster
from ..building.version import code
from ..building.workers import USEFUL, Pool, cores, local

WARM = "mkdocs_briefings.composing.warm"
"""What workers begin with; not imported here, where few pages may be made and none of it used."""


def pool_of(workers: int | None, executor: str | None) -> Pool | None:
    """Whom a build asks; None for nobody.

    Args:
        workers: How many processes here; None for one a core, as far as they are of use.
        executor: `dask://HOST:PORT`, instead of processes here.

    Raises:
        PoolError: If the executor is none, or what it needs is not installed.
    """
    if executor:
        return cluster(executor, code)
    count = workers or min(cores(), USEFUL)
    # A copy of this process and the process itself are two.
    return replace(local(count, WARM), copies=count - 1) if count > 1 else None
