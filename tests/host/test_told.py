"""What a build said is said again by one that has nothing to do, whatever it was."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from mkdocs_briefings.building.standing import _LINES, keep_told
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.host import standing
from mkdocs_briefings.host.run import Told
from mkdocs_briefings.saying import JsonLines, Problems, TextLines

# The name of a file whose bytes are no UTF-8, as Python reads it.
ODD = "caf\udce9.md"
PROBLEM = Problem(
    ODD, 1, 2, "bad-path", f"{ODD}\nis no name", f"{ODD}: rename it", Severity.WARNING
)
LOG = logging.getLogger("mkdocs.plugins.briefings")


def tell_a_problem() -> None:
    LOG.warning("%s", PROBLEM)


def tell_problems() -> None:
    LOG.warning("%s", Problems((PROBLEM, PROBLEM.elsewhere("b.md"))))


def tell_a_text() -> None:
    LOG.warning("%s is odd,\nbut so be it", ODD)


def tell_an_error() -> None:
    try:
        raise ValueError(ODD)
    except ValueError:
        LOG.exception("%s failed", ODD)


class Shown(logging.Handler):
    """What a formatter makes of each record, as standard error takes it."""

    def __init__(self, form: logging.Formatter) -> None:
        super().__init__()
        self.form = form
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.form.format(record).encode("utf-8", "backslashreplace").decode())


@pytest.mark.parametrize("tell", [tell_a_problem, tell_problems, tell_a_text, tell_an_error])
@pytest.mark.parametrize("form", [TextLines(), JsonLines()], ids=["text", "json"])
@pytest.mark.parametrize("shown_first", [True, False], ids=["shown first", "kept first"])
def test_it_is_said_as_it_was(
    tell: Callable[[], None],
    form: logging.Formatter,
    shown_first: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log, shown, store = logging.getLogger("mkdocs"), Shown(form), Store(None, "1")
    # What shows the log of a failed test may take no such name.
    monkeypatch.setattr(log, "propagate", False)
    if shown_first:
        log.addHandler(shown)
    with Told() as told:
        log.addHandler(shown)  # Once, however often it is added.
        tell()
    log.removeHandler(shown)
    kept = store.get("standing-told", keep_told(store, tuple(told.lines)))
    assert kept
    monkeypatch.setattr(standing, "as_json", lambda: isinstance(form, JsonLines))
    again = list(map(standing.line_shown, _LINES.decode(kept)))
    assert again == shown.lines
    assert "\\udce9" in again[0]
