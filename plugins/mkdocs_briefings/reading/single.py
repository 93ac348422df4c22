"""Read one briefing of a folder again, as it stands among the others of an earlier reading."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..catalog.briefing import Briefing
from ..catalog.problem import Problem
from ..catalog.settings import Settings
from .briefings import read_briefing
from .document import Weigh, open_document
from .findings import Findings
from .folder import load
from .nodes import Fault
from .references import pruned
from .registries import Registries
from .written import read_written


def read_single(
    folder: Path,
    path: str,
    settings: Settings,
    registries: Registries,
    images: Collection[str],
    live: Collection[str],
    weigh: Weigh,
) -> tuple[Briefing | None, tuple[Problem, ...]]:
    """The record of the briefing at `path`, and what is wrong with that file by itself.

    What only all files together show, such as an address that another one has, is not found.

    Args:
        folder: The content folder.
        path: Of the file in it.
        settings: As for the whole folder.
        registries: Of the whole folder; names that they lack are added.
        images: In the folder.
        live: Slugs of the briefings that there are.
        weigh: As for the whole folder.

    Returns:
        The record, None if there can be none; and the problems, with their usual severities.
    """
    try:
        data = load(folder, path)
    except Fault as stop:
        findings = Findings(path)
        findings.fault(stop)
        return None, tuple(findings.problems)
    document, _, findings = open_document(path, data, weigh)
    if document is None:
        return None, tuple(sorted(findings.problems))
    draft = read_briefing(read_written(document, settings), registries, images)
    problems = tuple(sorted(draft.findings.problems))
    if draft.record is None or draft.findings.firm:
        return None, problems
    return pruned(draft.record, live), problems
