"""What the house rules have against a text that was edited."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ..catalog.problem import Problem
from ..catalog.rules import Rules
from ..reading.alone import named
from ..reading.folder import load
from .edits import Edit
from .leaving import Beside


def held(edit: Edit, beside: Beside, rules: Rules, folder: Path) -> Sequence[Problem]:
    """All problems of one briefing under the rules, as a reading of the whole folder has them.

    Each briefing is held to them by itself, as its file has it: with picks that lead nowhere.

    Args:
        edit: The edit of its file.
        beside: What there is to know of it besides.
        rules: Of the house.
        folder: Of the content.
    """
    if rules == Rules() or edit.now.record is None:
        return ()
    # Imported where there are rules to hold it to.
    from ..reading.house import hold

    record = named(
        edit.now.record,
        beside.topics,
        beside.authors,
        beside.storylines,
        beside.editor,
        beside.image,
    )
    return [p for found in hold(rules, [record], partial(load, folder)) for p in found.problems]
