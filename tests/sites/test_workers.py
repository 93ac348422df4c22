"""Pages made by other processes, here or on a cluster, are those that one process makes."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from markdown.extensions.tables import TableExtension
from mkdocs_briefings.building import cluster as clusters
from mkdocs_briefings.building import copies as copying
from mkdocs_briefings.building import version
from mkdocs_briefings.building.cluster import cluster
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.building.version import code
from mkdocs_briefings.building.workers import Pool, PoolError, Started, local
from mkdocs_briefings.composing import batch
from mkdocs_briefings.composing.composer import Composer
from mkdocs_briefings.composing.inputs import Frame
from mkdocs_briefings.host import publish
from mkdocs_briefings.host.reuse import Reuse
from mkdocs_briefings.viewing.parts import Chrome

from ..making import MakeSite, Site, differing
from .specimen import SPECIMEN

if TYPE_CHECKING:
    import distributed

LEAN: dict[str, Any] = {"search": False, "cards": False}
THEME = {"name": "briefings", "custom_dir": "overrides"}
OWN = """
-- overrides/partials/breadcrumb.html --
<p>{% include "partials/sign.svg" %}{% include ".icons/material/home.svg" %}{{ view.title }}</p>
-- overrides/partials/sign.svg --
<svg viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>
"""
TWO = local(2, batch.__name__)


def nobody() -> Any:
    pytest.fail("pages were to be made here, or by copies")


COPIES = Pool(start=nobody, copies=2)


# Python tells of other threads, which rest here, since 3.12.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is for thousands of pages is done for a few dozen, and this process is copied though it
    has threads, of numpy and of pytest."""
    monkeypatch.setattr(publish, "WORTH", 2)
    monkeypatch.setattr(batch, "MANY", 2)
    for module in (publish, copying):
        monkeypatch.setattr(module, "can_copy", lambda: True)


@contextmanager
def _threads() -> Iterator[Started]:
    with ThreadPoolExecutor(4) as executor:
        yield Started(executor, 4)


THREADS = Pool(start=_threads)
"""As a worker of a cluster runs several tasks at once."""


@contextmanager
def running(**options: Any) -> Iterator[distributed.LocalCluster]:
    """A cluster of processes on this machine."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        **options,
    ) as started:
        yield started


@pytest.fixture(scope="module")
def dask() -> Iterator[distributed.LocalCluster]:
    with running() as started:
        yield started


def address(of: distributed.LocalCluster) -> str:
    return of.scheduler_address.replace("tcp://", "dask://")


def alone(made: Site) -> dict[str, bytes]:
    """What one process makes."""
    built = made.build(plugin={**LEAN, "cache": False}, theme=THEME, site_dir="clean")
    assert built.exit_code == 0, built.log
    return dict(built.files)


def test_pages_are_the_same_whoever_makes_them(
    site: MakeSite, dask: distributed.LocalCluster
) -> None:
    made = site(SPECIMEN + OWN)
    whole = alone(made)
    ours = (COPIES,) if sys.platform == "linux" else ()
    for pool in (None, THREADS, TWO, *ours, cluster(address(dask), code)):
        built = made.publish(plugin={**LEAN, "cache": False}, theme=THEME, pool=pool)
        assert differing(built.files, whole) == []
        assert built.rendered > 20
        assert "a worker failed" not in built.log
        assert "lost" not in built.log
    assert b"M0 0h1v1z" in whole["topics/index.html"]


@pytest.mark.parametrize("pool", [TWO, pytest.param(COPIES, marks=on_linux)], ids=["two", "copies"])
def test_bodies_that_are_known_are_used_and_new_ones_are_kept(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, pool: Pool
) -> None:
    bodies: list[int] = []
    done = Reuse.done

    def counted(self: Reuse) -> None:
        bodies.append(self.bodies_made)
        done(self)

    monkeypatch.setattr(Reuse, "done", counted)
    made = site(SPECIMEN + OWN)
    made.publish(plugin=LEAN, theme=THEME, pool=pool)
    made.write("-- overrides/partials/breadcrumb.html --\n<p>{{ view.url }}</p>\n")
    again = made.publish(plugin=LEAN, theme=THEME, pool=pool)
    assert bodies[0] > 5
    assert bodies[1] == 0, "another template changes no text"
    assert again.rendered > 20
    assert differing(again.files, alone(made)) == []


@on_linux
def test_copies_leave_the_store_to_who_opened_it(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + OWN)
    made.publish(plugin=LEAN, theme=THEME, pool=COPIES)
    here, asked, used = os.getpid(), Store._rows, made.root / "used"
    work, worked = Composer.written, made.root / "worked"

    def rows(self: Store, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        if os.getpid() != here:
            used.touch()
        return asked(self, query, *values)

    def written(self: Any, *given: Any, **more: Any) -> Any:
        if os.getpid() != here:
            worked.touch()
        return work(self, *given, **more)

    monkeypatch.setattr(Store, "_rows", rows)
    monkeypatch.setattr(Composer, "written", written)
    made.write("-- overrides/partials/breadcrumb.html --\n<p>{{ view.url }}</p>\n")
    again = made.publish(plugin=LEAN, theme=THEME, pool=COPIES)
    assert worked.exists()
    assert not used.exists(), "a copy has asked"
    assert differing(again.files, alone(made)) == []


def test_what_only_this_process_has_is_used_here(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + OWN)
    whole = alone(made)
    monkeypatch.setattr(batch.Packed, "of", lambda frame, code: None)
    built = made.publish(plugin=LEAN, theme=THEME, pool=Pool(start=nobody))
    assert differing(built.files, whole) == []


def test_an_extension_that_is_an_object_sees_all_pages(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + OWN)
    whole = alone(made)
    monkeypatch.setattr(Frame, "can_be_shared", False)
    built = made.publish(plugin=LEAN, theme=THEME, pool=COPIES)
    assert differing(built.files, whole) == []


def test_few_pages_are_made_here(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site(SPECIMEN + OWN)
    monkeypatch.setattr(publish, "WORTH", 1000)
    assert made.publish(plugin=LEAN, theme=THEME, pool=Pool(start=nobody)).exit_code == 0


def test_an_object_or_a_function_without_a_name_stays_in_its_process() -> None:
    frame, chrome = batch.Packed.of, cast(Chrome, None)
    assert frame(Frame(chrome=chrome, templates={}, extensions=["tables"]))
    assert not frame(Frame(chrome=chrome, templates={}, extensions=[TableExtension()]))
    mark = {"toc": {"slugify": lambda text, sep: text}}
    assert not frame(Frame(chrome=chrome, templates={}, extensions=["toc"], extension_configs=mark))


def test_a_worker_here_that_is_killed_changes_nothing(site: MakeSite) -> None:
    made = site(SPECIMEN + OWN)
    killed: list[int | None] = []

    def kill(done: int, _: int) -> None:
        if done == 1:
            # Those of a cluster that runs meanwhile are daemons.
            workers = [one for one in multiprocessing.active_children() if not one.daemon]
            assert len(workers) == 2
            killed.append(workers[0].pid)
            os.kill(workers[0].pid or 0, signal.SIGKILL)

    built = made.publish(plugin=LEAN, theme=THEME, pool=TWO, advance=kill)
    assert killed
    assert "workers were lost" in built.log
    assert differing(built.files, alone(made)) == []


@on_linux
def test_a_copy_that_is_killed_changes_nothing(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN + OWN)
    here, find, killed = os.getpid(), Composer.body, made.root / "killed"

    def body(self: Any, source: Any) -> Any:
        if os.getpid() != here and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return find(self, source)

    monkeypatch.setattr(Composer, "body", body)
    built = made.publish(plugin=LEAN, theme=THEME, pool=COPIES)
    assert killed.exists()
    assert "workers were lost" in built.log
    assert differing(built.files, alone(made)) == []


def test_a_worker_of_a_cluster_that_is_killed_changes_nothing(site: MakeSite) -> None:
    made = site(SPECIMEN + OWN)
    with running() as started:
        pids = [worker.process.pid for worker in started.workers.values()]

        def kill(done: int, _: int) -> None:
            if done == 1:
                os.kill(pids[0], signal.SIGKILL)

        pool = cluster(address(started), code)
        built = made.publish(plugin=LEAN, theme=THEME, pool=pool, advance=kill)
    assert built.exit_code == 0
    assert differing(built.files, alone(made)) == []


@pytest.mark.parametrize(
    "pool",
    [None, TWO, pytest.param(COPIES, marks=on_linux)],
    ids=["here", "in two processes", "in copies"],
)
def test_a_page_that_cannot_be_made_is_named_and_nothing_is_published(
    site: MakeSite, pool: Pool | None
) -> None:
    made = site(SPECIMEN + OWN)
    before = made.publish(plugin=LEAN, theme=THEME)
    made.write(
        "-- overrides/partials/breadcrumb.html --\n"
        "{% if view.url == 'topics/' %}{{ view.no.such.thing }}{% endif %}\n"
    )
    after = made.publish(plugin=LEAN, theme=THEME, pool=pool)
    assert after.exit_code == 2
    assert "nothing was published: the page of 'topics/' cannot be made: Undef" in after.log
    assert after.files == before.files


def test_a_cluster_that_cannot_be_used_says_so_and_nothing_is_published(
    site: MakeSite, dask: distributed.LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN)
    before = made.publish(plugin=LEAN)
    monkeypatch.setattr(clusters, "REACHED_WITHIN", 1)
    with socket.socket() as taken:
        # Bound and not listening: nobody answers there, whatever else runs on this machine.
        taken.bind(("127.0.0.1", 0))
        nobody = f"dask://127.0.0.1:{taken.getsockname()[1]}"
        options: Any = {"plugin": {**LEAN, "related": 1}, "theme": {"name": "briefings"}}
        after = made.publish(pool=cluster(nobody, code), **options)
    assert after.exit_code == 2
    assert f"nothing was published: no dask scheduler answers at {nobody}" in after.log
    ours = version.code()
    monkeypatch.setattr(version, "MADE_BY", ("jinja2",))
    code.cache_clear()
    assert code() != ours
    try:
        after = made.publish(pool=cluster(address(dask), code), **options)
    finally:
        monkeypatch.undo()
        code.cache_clear()
    assert after.exit_code == 2
    assert "other versions of Python, mkdocs-briefings or what it uses are on tcp://" in after.log
    assert after.files == before.files


@pytest.mark.parametrize(
    "wrong", ["", "127.0.0.1:8786", "dask://", "dask://host", "tcp://host:1", "dask://a@b:1"]
)
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(PoolError, match="write dask://HOST:PORT"):
        cluster(wrong, code)


def test_dask_is_asked_for_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PoolError, match=r"mkdocs-briefings\[cluster\]"):
        cluster("dask://127.0.0.1:8786", code)


def test_the_command_takes_both_ways_and_not_at_once(site: MakeSite) -> None:
    made = site(SPECIMEN)
    assert made.run("briefings", "build", "--workers", "2", plugin=LEAN).exit_code == 0
    both = made.run("briefings", "build", "-j", "2", "--executor", "dask://h:1", plugin=LEAN)
    assert (both.exit_code, "not both" in both.log) == (2, True)
    wrong = made.run("briefings", "build", "--executor", "somewhere", plugin=LEAN)
    assert (wrong.exit_code, "write dask://HOST:PORT" in wrong.log) == (2, True)


@pytest.mark.archive
def test_a_year_of_an_archive_is_the_same_whoever_makes_it(
    corpus: Path,
    site: MakeSite,
    dask: distributed.LocalCluster,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "MANY", 32)
    made = site()
    year = max((path for path in corpus.glob("20*")), key=lambda path: len(list(path.iterdir())))
    shutil.copytree(year, made.content / year.name)
    for registry in corpus.glob("*.yml"):
        shutil.copy(registry, made.content)
    lowered = {**LEAN, "severity": {"*": "warning"}, "cache": False}
    whole = made.publish(plugin=lowered)
    assert whole.rendered > 500
    ours = (COPIES,) if sys.platform == "linux" else ()
    for pool in (TWO, *ours, cluster(address(dask), code)):
        assert differing(made.publish(plugin=lowered, pool=pool).files, whole.files) == []
