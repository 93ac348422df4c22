"""What building a site costs, here and with other generators, side by side.

    make bench
    make bench BENCH="--sizes 1000,10000 --only briefings,hugo --runs 1 --json costs.json"

For each size a corpus is made (see `corpus.py`), each candidate gets its project (see
`candidates.py`), and all are built in turn, every second time in the opposite order, so that what
else the machine does falls on all alike. Told is the median of the runs. Each build is one process
with its start, from nothing unless its name says otherwise: site and caches of the one before are
gone. Files are read from the system's memory, since they have just been written.

What is in the way is moved aside, and removed when all is measured: for minutes after folders were
removed, new ones cost several times as much on ext4, which passes over what they were in. That
takes room: at 10,000 articles up to 1.3 GB for each build of all pages.

Progress goes to standard error, the tables in Markdown to standard output.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from ..conftest import SHARED
from .candidates import CANDIDATES, PROJECTS, WORK, Candidate, Project, missing_pages
from .corpus import Archive, Corpus
from .measuring import Cost, Failed, measured, middle
from .table import Row, tables

LIMIT = "Minutes after which a build is stopped."
ARCHIVE = SHARED / "corpora" / "digitalgov" / "briefings"


@dataclass(frozen=True, slots=True)
class Aside:
    """Where what is in the way is moved to, on the file system of all that is measured."""

    folder: Path
    """Need not exist."""

    def take(self, path: Path) -> None:
        """Move a file or folder there, if there is one."""
        if path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            path.rename(Path(tempfile.mkdtemp(dir=self.folder)) / path.name)


@dataclass
class Bench:
    """The measurements of one size."""

    corpus: Corpus
    work: Path
    aside: Aside
    logs: Path
    seconds: int
    """Longest a build may take."""
    projects: dict[str, Project] = field(default_factory=dict)
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """Why a candidate has no costs."""

    def run(self, candidates: Sequence[Candidate], runs: int) -> None:
        for candidate in candidates:
            if not candidate.installed:
                self.notes[candidate.key] = "not installed"
        for number in range(runs):
            for candidate in candidates if number % 2 == 0 else candidates[::-1]:
                if candidate.key not in self.notes:
                    self._once(candidate)

    def _once(self, candidate: Candidate) -> None:
        try:
            cost = self._measured(candidate)
        except Failed as failed:
            self.notes[candidate.key] = str(failed)
            _say(f"{self.corpus.size:>7,}  {candidate.key:18} {failed}: see {self._log(candidate)}")
            return
        self.costs.setdefault(candidate.key, []).append(cost)
        _say(
            f"{self.corpus.size:>7,}  {candidate.key:18} {cost.cpu:8.2f} s CPU {cost.wall:8.2f} s"
            f" {cost.peak / 1e6:7.0f} MB"
        )

    def _measured(self, candidate: Candidate) -> Cost:
        project = self.projects.get(candidate.project)
        if project is None:
            folder = self.work / candidate.project
            self.aside.take(folder)
            folder.mkdir(parents=True)
            project = self.projects[candidate.project] = candidate.lay(self.corpus, folder)
            if candidate.edit is not None and not candidate.fresh:
                self._build(candidate, project)
                # The first edit has a row of its own.
                candidate.edit(project, self.corpus)
                self._build(candidate, project)
        if candidate.edit is None or candidate.fresh:
            for name in project.clear:
                self.aside.take(project.folder / name)
        if candidate.edit is None:
            return self._build(candidate, project)
        if candidate.fresh:
            self._build(candidate, project)
        candidate.edit(project, self.corpus)
        return self._build(candidate, project)

    def _build(self, candidate: Candidate, project: Project) -> Cost:
        cost = measured(
            project.command,
            project.folder,
            project.site,
            self._log(candidate),
            seconds=self.seconds,
            env=project.env,
        )
        if lacking := missing_pages(project, self.corpus):
            raise Failed(f"{len(lacking)} pages missing, {lacking[0]} first")
        return cost

    def _log(self, candidate: Candidate) -> Path:
        return self.logs / f"{self.corpus.size}-{candidate.key}.log"

    def rows(self, candidates: Sequence[Candidate]) -> Iterator[Row]:
        for candidate in candidates:
            note = self.notes.get(candidate.key, "")
            costs = self.costs.get(candidate.key, [])
            yield Row(
                key=candidate.key,
                name=candidate.name,
                makes=candidate.makes,
                size=self.corpus.size,
                cost=None if note else middle(costs),
                note=note,
            )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def machine() -> str:
    """The size of this machine, in words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores} cores{_processor()}, {memory:.0f} GiB, {platform.system()},"
        f" Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return f" ({found[1].strip()})" if found else ""


def versions() -> dict[str, str]:
    """Of the peers, as their locks pin them."""
    found = {}
    for peer, package in (
        ("hugo", "hugo"),
        ("zensical", "zensical"),
        ("material", "mkdocs"),
        ("material", "mkdocs-material"),
    ):
        text = (PROJECTS / peer / "requirements.lock").read_text(encoding="utf-8")
        pinned = re.search(rf"^{package}==(\S+)", text, re.MULTILINE)
        found[package] = pinned[1] if pinned else "?"
    lock = json.loads((PROJECTS / "eleventy" / "package-lock.json").read_text(encoding="utf-8"))
    found["eleventy"] = lock["packages"]["node_modules/@11ty/eleventy"]["version"]
    return found


def _numbers(context: click.Context, option: click.Parameter, value: str) -> list[int]:
    if not re.fullmatch(r"[1-9]\d*(,[1-9]\d*)*", value):
        raise click.BadParameter("numbers with commas between them: 1000,10000")
    return sorted({int(number) for number in value.split(",")})


def _chosen(context: click.Context, option: click.Parameter, value: str) -> list[Candidate]:
    wanted = set(filter(None, value.split(",")))
    names = {candidate.key: {candidate.key, candidate.software} for candidate in CANDIDATES}
    if unknown := wanted.difference(*names.values()):
        raise click.BadParameter(f"unknown: {', '.join(sorted(unknown))}; there are {_keys()}")
    return [candidate for candidate in CANDIDATES if not wanted or wanted & names[candidate.key]]


def _keys() -> str:
    return ", ".join(candidate.key for candidate in CANDIDATES)


@click.command(epilog=f"Candidates: {_keys()}. The first part alone means all that begin with it.")
@click.option(
    "--sizes",
    callback=_numbers,
    default="1000,2076,10000",
    show_default=True,
    help="Articles, with commas between them.",
)
@click.option("--only", callback=_chosen, default="", help="Candidates, with commas between them.")
@click.option("--runs", type=click.IntRange(min=1), default=3, show_default=True)
@click.option("--limit", type=click.IntRange(min=1), default=60, show_default=True, help=LIMIT)
@click.option("--json", "record", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--archive", type=click.Path(path_type=Path), default=ARCHIVE, show_default=True)
@click.option("--work", type=click.Path(path_type=Path), default=WORK, show_default=True)
@click.option("--keep", is_flag=True, help="Leave the sites in the work folder.")
def main(
    sizes: list[int],
    only: list[Candidate],
    runs: int,
    limit: int,
    record: Path | None,
    archive: Path,
    work: Path,
    keep: bool,
) -> None:
    """Build sites of each size with each candidate and print what it cost."""
    try:
        articles = Archive(archive)
    except FileNotFoundError as missing:
        raise click.ClickException(
            f"{missing}. The corpora are made from a real archive that is no part of this"
            " repository: name its folder with --archive, or that of all real input with"
            " BRIEFINGS_SHARED."
        ) from None
    work = work.resolve()
    logs = work / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    aside = Aside(work / "gone")
    rows: list[Row] = []
    runs_of: dict[str, dict[str, list[Cost]]] = {}
    mixed: dict[int, int] = {}
    for size in sizes:
        folder = work / f"{size}-articles"
        aside.take(folder)
        corpus = articles.make(size, folder / "corpus")
        bench = Bench(corpus, folder, aside, logs, seconds=60 * limit)
        bench.run(only, runs)
        rows += bench.rows(only)
        runs_of[str(size)] = bench.costs
        mixed[size] = size - corpus.real
        if not keep:
            aside.take(folder)
    shutil.rmtree(aside.folder, ignore_errors=True)
    head = heading(runs, mixed)
    if record is not None:
        record.write_text(_recorded(head, rows, runs_of), encoding="utf-8")
    print(f"{head}\n\n{tables(rows)}")


def heading(runs: int, mixed: dict[int, int]) -> str:
    """When, where and how it was measured; `mixed` has the articles that are not real, by size."""
    day = datetime.now(UTC).date().isoformat()
    how = "one run" if runs == 1 else f"median of {runs} runs"
    peers = ", ".join(f"{name} {version}" for name, version in versions().items())
    made = [f"{count:,} of {size:,}" for size, count in mixed.items() if count]
    text = f"{day}, {machine()}; {how}. {peers}."
    return text + (f" Articles mixed from real ones: {', '.join(made)}." if made else "")


def _recorded(head: str, rows: Sequence[Row], runs: dict[str, dict[str, list[Cost]]]) -> str:
    return json.dumps(
        {
            "heading": head,
            "rows": [asdict(row) for row in rows],
            "runs": {
                size: {key: [asdict(cost) for cost in costs] for key, costs in found.items()}
                for size, found in runs.items()
            },
        },
        indent=1,
    )


if __name__ == "__main__":
    main()
