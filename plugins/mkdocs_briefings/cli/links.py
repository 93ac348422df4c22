"""`briefings check --links`: outbound links asked, politely."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ..catalog.problem import Problem, printable
from ..outward.check import Told, check_links
from ..outward.client import Client, Manners
from ..outward.gather import gather
from ..outward.ledger import Ledger
from ..reading.folder import load
from ..reading.options import find_config
from ..reading.read import Reading
from ..saying import say
from .report import no_command, progress


def cache_folder(folder: Path) -> Path:
    """Where the ledger of a content folder is kept: beside `mkdocs.yml`, as builds keep theirs."""
    config = find_config(folder)
    return (config.parent if config else folder.resolve().parent) / ".cache" / "briefings"


def dead_links(
    folder: Path,
    reading: Reading,
    only: frozenset[str] | None,
    manners: Manners,
    now: datetime | None,
    before: str,
) -> list[Problem]:
    """Ask for the addresses of a folder; notes go to stderr.

    Args:
        folder: The content folder.
        reading: What it reads as.
        only: Files whose addresses are asked for; None for all.
        manners: How hosts are treated.
        now: The day to take for today; None for the clock's.
        before: What to put before paths.

    Raises:
        OSError: When the ledger cannot be written.
    """
    places = [
        place
        for place in gather(reading, lambda path: load(folder, path))
        if only is None or place.path in only
    ]
    ledger = Ledger.open(cache_folder(folder), (now or datetime.now(UTC)).astimezone(UTC))
    with progress("Asking", least=1) as advance:
        told = check_links(places, Client(manners), ledger, advance, whole=only is None)
    _notes(told, before)
    return told.problems


def _notes(told: Told, before: str) -> None:
    for place, what in told.notes:
        where = printable(f"{before}{place.path}")
        text = f"{where}:{place.line}:{place.column}: note: {place.url} {what}"
        _say(no_command(printable(text)))
    unsure = "; ".join(f"{number} × {what}" for what, number in sorted(told.unsure.items()))
    known = f"{told.asked:,} {'address' if told.asked == 1 else 'addresses'} elsewhere"
    more = f"; of {told.unsure.total():,} nothing is known ({unsure})" if unsure else ""
    _say(f"{known}{more}")


def _say(text: str) -> None:
    say("log", text, {"level": "info", "message": text})
