"""Outbound links asked, and told: which are dead, which have moved, of which nothing is known."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ..catalog.problem import Problem
from ..reading.findings import Findings
from ..reading.text import short
from .answers import Answer, Verdict
from .client import Client, host_of
from .gather import Place
from .ledger import Entry, Ledger


@dataclass(slots=True)
class Told:
    """What came of asking."""

    problems: list[Problem] = field(default_factory=list)
    """Dead links."""
    notes: list[tuple[Place, str]] = field(default_factory=list)
    """What is no problem, or none yet: permanent redirects, what is gone for the first day."""
    unsure: Counter[str] = field(default_factory=Counter)
    """Addresses of which nothing is known, by what their hosts said."""
    asked: int = 0
    """Addresses asked today, or known of today."""


def check_links(
    places: Sequence[Place],
    client: Client,
    ledger: Ledger,
    progress: Callable[[int, int], None] = lambda done, of: None,
    *,
    whole: bool = True,
) -> Told:
    """Ask for every address once, and say what is wrong at each of its places.

    What was told today already is not asked again. The ledger is written however this ends.

    Args:
        places: In any order.
        client: Asks.
        ledger: What is known of other days; it takes in what is told today.
        progress: Called with the number of addresses asked and of all, from several threads.
        whole: These are all places of the site: the ledger then forgets other addresses.
    """
    urls = list(dict.fromkeys(_bare(place.url) for place in places))
    try:
        answers = _answers(urls, client, ledger, progress)
    finally:
        ledger.save(urls if whole else None)
    told = Told(asked=len(urls))
    for place in sorted(places, key=lambda p: (p.path, p.line, p.column)):
        entry = ledger.entries.get(_bare(place.url), Entry())
        if entry.is_dead:
            _dead(place, entry, told)
        elif entry.first_gone:
            what = f"answers {Answer(status=entry.status)} for the first day; "
            told.notes.append((place, f"{what}it is dead if it does on another day"))
        elif entry.moved:
            told.notes.append((place, f"has moved for good: write {entry.moved}"))
    for answer in answers.values():
        if answer.verdict is Verdict.UNSURE:
            told.unsure[str(answer)] += 1
    return told


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _answers(
    urls: Iterable[str],
    client: Client,
    ledger: Ledger,
    progress: Callable[[int, int], None],
) -> dict[str, Answer]:
    by_host: dict[str, list[str]] = {}
    for url in urls:
        if not ledger.known_today(url):
            by_host.setdefault(host_of(url), []).append(url)
    for host, seconds in ledger.waits().items():
        client.leave_alone(host, seconds)
    total = sum(map(len, by_host.values()))
    answers: dict[str, Answer] = {}

    stopped = threading.Event()

    def ask(host: str) -> None:
        for url in by_host[host]:
            if stopped.is_set():
                return
            answers[url] = client.ask(url)
            ledger.note(url, answers[url])
            progress(len(answers), total)

    # The hosts with most addresses take longest.
    order = sorted(by_host, key=lambda host: (-len(by_host[host]), host))
    pool = ThreadPoolExecutor(client.manners.hosts, thread_name_prefix="links")
    try:
        for done in [pool.submit(ask, host) for host in order]:
            done.result()
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)
    return answers


def _dead(place: Place, entry: Entry, told: Told) -> None:
    answer = Answer(status=entry.status)
    days = f"on {entry.first_gone} and {entry.last_gone}"
    if place.archived:
        told.notes.append((place, f"is dead ({answer} {days}); its kept copy is named beside it"))
        return
    findings = Findings(place.path)
    copy = f"https://web.archive.org/web/{_stamp(place)}/{place.url}"
    if place.source:
        hint = f"see whether there is a kept copy at {copy} and name it as `archived`"
    else:
        hint = f"lead elsewhere, perhaps to a kept copy at {copy}"
    message = f"'{short(place.url)}' is dead: {answer} {days}"
    findings.add("dead-link", place.line, place.column, message, hint)
    told.problems += findings.problems


def _stamp(place: Place) -> str:
    """The day for which a copy is wanted, as web archives write it; `2` stands for the newest."""
    return f"{place.day:%Y%m%d}" if place.day else "2"
