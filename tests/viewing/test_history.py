"""What pages tell of a file's history: capped, in words for readers, apart from the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from mkdocs_briefings.catalog.forges import FORGES, Forge
from mkdocs_briefings.catalog.history import Edit, FileHistory
from mkdocs_briefings.viewing.history import (
    SHOWN,
    edit_items,
    subject_words,
    version_url,
    with_commits,
)
from mkdocs_briefings.viewing.parts import Change

GITHUB = replace(FORGES["github"], repo="https://github.com/ada/daily")
DAY = date(2026, 5, 1)


def commit(number: int) -> str:
    return f"{number:040x}"


def history(count: int, **more: object) -> FileHistory:
    edits = tuple(
        Edit(commit=commit(n), day=DAY, subject=f"content: Edit {n}") for n in range(count, 0, -1)
    )
    return FileHistory(path="b/f.md", edits=edits, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("content: Correct a date", "Correct a date"),
        ("fix(typo)!: mend a word", "Mend a word"),
        ("Correct a date: it is May", "Correct a date: it is May"),
        ("Tariffs: what fell", "Tariffs: what fell"),
        ("content:", "Content:"),
        ("See http://x.example", "See http://x.example"),
        ("日付を直す", "日付を直す"),
        ("  a\u202eb\u200b\x07\u2028c ", "Abc"),
        ("", ""),
        ("w" * 300, "W" + "w" * 118 + "…"),
    ],
)
def test_subjects(subject: str, words: str) -> None:
    assert subject_words(subject) == words


def test_the_newest_edits_are_listed_and_lead_to_their_commits() -> None:
    items = edit_items(history(SHOWN + 5), GITHUB)
    assert len(items) == SHOWN
    assert items[0].text == f"Edit {SHOWN + 5}"
    assert items[0].url == f"https://github.com/ada/daily/commit/{commit(SHOWN + 5)}"


@pytest.mark.parametrize("known", [None, history(1)], ids=["no history", "the first version"])
def test_there_is_no_list_of_nothing(known: FileHistory | None) -> None:
    assert edit_items(known, GITHUB) == ()


def test_an_unknown_forge_has_edits_and_no_links() -> None:
    known = history(2, version=commit(2))
    assert {item.url for item in edit_items(known, Forge())} == {""}
    assert version_url(known, Forge()) == version_url(history(2), GITHUB) == ""
    assert version_url(known, GITHUB).endswith(f"/blob/{commit(2)}/b/f.md")


def test_only_logged_changes_lead_to_a_commit_and_none_is_added() -> None:
    log = (
        Change(date=DAY, kind="correction", text="It is  3."),
        Change(date=DAY, kind="update", text=""),
        Change(date=DAY, kind="published", text=""),
    )
    known = history(3, logged={("correction", DAY, "It is 3."): commit(2)})
    linked = with_commits(log, known, GITHUB)
    assert [change.url for change in linked] == [GITHUB.commit_url(commit(2)), "", ""]
    assert tuple(replace(change, url="") for change in linked) == log
    assert with_commits(log, None, GITHUB) == log
