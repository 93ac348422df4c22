"""A briefing's file again, after an edit of its body alone.

What its front matter says was understood when the file was read before, and stands: to import what
understands it takes longer than all else that the reading of one file does.
"""

from __future__ import annotations

from dataclasses import replace

from ..catalog.briefing import Body, Briefing
from ..catalog.settings import Settings
from .alone import Written
from .document import Document

_OF_BOTH = frozenset(
    {
        *("bad-anchor", "conflicting-keys", "repeated-name", "uncited-source", "unknown-source"),
        *("empty-body", "second-title", "too-deep", "too-much"),
    }
)
"""Problems that rest on the body, told at the front matter or among those of the body in an order
that is not known here."""


def rewritten(before: Written, document: Document, settings: Settings) -> Written | None:
    """What `read_written` gives of a document; None where that may be more than `before` with
    another body. The document is then none to be read any more.

    Args:
        before: What the same file was read as, with the same settings.
        document: The file as it is.
        settings: Of the site.
    """
    record = before.record
    if record is None or before.front != document.front or not document.markdown.strip():
        return None
    own = [problem for problem in before.problems if problem.line < document.line]
    if any(problem.code in _OF_BOTH for problem in own):
        return None
    # A title that the text began with was taken out of it.
    if document.headed or document.line != before.body.line:
        return None
    findings = document.findings
    # What is wrong with the front matter was told before, too.
    told = len(findings.problems)
    summary = record.summary if record.summary_written else ""
    lang = record.lang if settings.passages else ""
    body = document.body(summary=summary, prose=settings.terms, lang=lang)
    body = document.charted(body, len(record.sources))
    if not _is_right(record, body):
        return None
    record = replace(record, summary=summary or body.first_paragraph, body=body)
    return replace(before, record=record, problems=(*own, *findings.problems[told:]))


def _is_right(record: Briefing, body: Body) -> bool:
    """Whether the front matter names sections that are there, and the body all sources and no
    more."""
    anchors = {heading.anchor for heading in body.headings}
    if any(point.section not in anchors for point in record.key_points if point.section):
        return False
    numbers = set(range(1, len(record.sources) + 1))
    cited = body.cited | {event.source for event in record.events}
    return body.cited <= numbers <= cited
