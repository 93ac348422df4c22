"""What hosts answered on other days: a link is dead only when it was gone on two of them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .answers import Answer, Verdict

NAME = "links.json"
_FORM = 1


@dataclass(slots=True)
class Entry:
    """What is known of one address."""

    asked: str = ""
    """Day of the last answer that told something, UTC, as `2026-05-01`."""
    status: int = 0
    """That answer."""
    first_gone: str = ""
    """First day since the last good answer on which it was gone; empty when it is not."""
    last_gone: str = ""
    moved: str = ""

    @property
    def is_dead(self) -> bool:
        """Gone on two days, and not there on a day between."""
        return bool(self.first_gone) and self.first_gone < self.last_gone


@dataclass(slots=True)
class Ledger:
    """All that is known, by address. What cannot be read is as good as nothing."""

    path: Path
    now: datetime
    """With zone UTC."""
    entries: dict[str, Entry] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)
    """By host, the moment until which it wants to be left alone, ISO 8601."""

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Ledger:
        """The ledger in a folder of the cache."""
        ledger = cls(folder / NAME, now)
        try:
            kept: Any = json.loads(ledger.path.read_text(encoding="utf-8"))
            if kept["form"] == _FORM:
                ledger.entries = {str(url): Entry(**e) for url, e in kept["links"].items()}
                ledger.hosts = {str(host): str(until) for host, until in kept["hosts"].items()}
                [datetime.fromisoformat(until) for until in ledger.hosts.values()]
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            ledger.entries, ledger.hosts = {}, {}
        return ledger

    @property
    def today(self) -> str:
        return self.now.date().isoformat()

    def known_today(self, url: str) -> bool:
        """Whether asking again today would tell nothing new."""
        return url in self.entries and self.entries[url].asked == self.today

    def waits(self) -> dict[str, float]:
        """By host, the seconds for which it still wants to be left alone."""
        left = {
            host: (datetime.fromisoformat(until) - self.now).total_seconds()
            for host, until in self.hosts.items()
        }
        return {host: seconds for host, seconds in left.items() if seconds > 0}

    def note(self, url: str, answer: Answer) -> None:
        """Take in what was answered today. What tells nothing leaves what is known as it is."""
        if answer.busy:
            self.hosts[answer.busy] = (self.now + timedelta(seconds=answer.wait)).isoformat()
        if answer.verdict is Verdict.UNSURE:
            return
        entry = self.entries.setdefault(url, Entry())
        entry.asked, entry.status, entry.moved = self.today, answer.status, answer.moved
        if answer.verdict is Verdict.GOOD:
            entry.first_gone = entry.last_gone = ""
        else:
            entry.first_gone = entry.first_gone or self.today
            entry.last_gone = max(entry.last_gone, self.today)

    def save(self, wanted: Iterable[str] | None) -> None:
        """Write it, whole or not at all; of addresses only those in `wanted`, None for all."""
        keep = self.entries.keys() if wanted is None else self.entries.keys() & set(wanted)
        kept = {
            "form": _FORM,
            "links": {url: asdict(self.entries[url]) for url in sorted(keep)},
            "hosts": {host: self.hosts[host] for host in sorted(self.waits())},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file, indent=1, ensure_ascii=False)
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
