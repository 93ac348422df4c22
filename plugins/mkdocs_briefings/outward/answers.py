"""What an answer of a host means for a link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus


class Verdict(StrEnum):
    """What one day's answer says of a link."""

    GOOD = "good"
    """It leads somewhere."""
    GONE = "gone"
    """The host says that there is nothing: dead if it says so on another day, too."""
    UNSURE = "unsure"
    """Nobody knows: the host refuses us, is in trouble, or cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking for an address."""

    status: int = 0
    """Of the last response; 0 for none."""
    why: str = ""
    """What went wrong without a response, in a few words of ours; empty when there was one."""
    moved: str = ""
    """Where it has moved for good: every redirect on the way was a permanent one."""
    busy: str = ""
    """A host on the way that wants to be left alone."""
    wait: float = 0
    """Seconds for which it does."""

    @property
    def verdict(self) -> Verdict:
        """Only 404 and 410 mean that something is gone. 401, 403, 429 and 5xx never do, nor does
        a host that is slow, broken or not to be found."""
        if not self.why and 200 <= self.status < 300:
            return Verdict.GOOD
        if not self.why and self.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return Verdict.GONE
        return Verdict.UNSURE

    def __str__(self) -> str:
        if self.why:
            return self.why
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)
