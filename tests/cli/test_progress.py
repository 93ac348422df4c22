"""The bar that shows on a terminal how far a command is."""

from __future__ import annotations

import io
import sys
import threading

import pytest
from mkdocs_briefings.cli import report


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, of: int, to: io.StringIO) -> str:
    """What a bar of so many steps shows on the way; no thread may draw it."""
    monkeypatch.setattr(sys, "stderr", to)
    monkeypatch.setenv("TERM", "xterm")
    threads = threading.active_count()
    with report.progress("Reading") as advance:
        for done in range(1, of + 1):
            advance(done, of)
        assert threading.active_count() == threads, "a process that has threads is not copied"
        return to.getvalue()


def test_a_terminal_shows_a_bar_up_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(monkeypatch, report.BAR_FROM, Terminal())
    assert "Reading" in said
    assert "100%" in said


def test_it_is_not_drawn_at_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "REDRAWN", 3600)
    said = shown(monkeypatch, 50 * report.BAR_FROM, Terminal())
    assert said.count("Reading") < 6


def test_few_steps_and_what_is_no_terminal_show_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, report.BAR_FROM - 1, Terminal()) in {"", "\x1b[?25l"}
    assert shown(monkeypatch, report.BAR_FROM, io.StringIO()) == ""
