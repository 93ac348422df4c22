"""What a page tells of its file's history, beside what its editors logged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from ..catalog.forges import Forge
from ..catalog.history import FileHistory
from .parts import Change, EditItem
from .words import clip

SHOWN = 40
"""Most edits that a page lists."""

# `content: `, `fix(theme)!: `: for those who keep the repository.
_PREFIX = re.compile(r"\A[a-z][a-z0-9-]*(\([^()]*\))?!?: +(?=\S)")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def edit_items(history: FileHistory | None, forge: Forge) -> tuple[EditItem, ...]:
    """The newest edits of a file, newest first; none where the first version is the only one."""
    if history is None or len(history.edits) < 2:
        return ()
    return tuple(
        EditItem(date=e.day, text=subject_words(e.subject), url=forge.commit_url(e.commit))
        for e in history.edits[:SHOWN]
    )


def with_commits(
    log: tuple[Change, ...], history: FileHistory | None, forge: Forge
) -> tuple[Change, ...]:
    """A briefing's log, each line with the address of the commit that brought it."""
    if history is None or not history.logged:
        return log
    return tuple(
        replace(change, url=forge.commit_url(history.logged.get(_entry(change), "")))
        for change in log
    )


def version_url(history: FileHistory | None, forge: Forge) -> str:
    """The file as it is published, at its commit; empty when it is not known or not committed."""
    return forge.file_url(history.version, history.path) if history else ""


def subject_words(subject: str) -> str:
    """The first line of a commit's message for readers.

    >>> subject_words("content: Correct a date")
    'Correct a date'
    >>> subject_words("fix(typo): mend a word")
    'Mend a word'
    """
    seen = "".join(c for c in subject if unicodedata.category(c) not in _UNSEEN)
    text = clip(_PREFIX.sub("", seen.strip(), count=1), 120)
    return text[:1].upper() + text[1:]


def _entry(change: Change) -> tuple[str, date, str]:
    return change.kind, change.date, " ".join(change.text.split())
