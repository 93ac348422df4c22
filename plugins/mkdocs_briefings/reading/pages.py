"""Plain pages, editions and the front page → their records."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..catalog.briefing import Body
from ..catalog.pages import Edition, FrontPage, PlainPage
from ..catalog.settings import Settings
from ..catalog.slugs import fold
from . import schema
from .briefings import names
from .document import Document
from .nodes import Node
from .references import Wanted
from .registries import Registries
from .validate import find, validate
from .written import picks, slug_of


@dataclass(slots=True)
class Sheet:
    """A plain page or edition, read."""

    path: str
    slug: str
    place: Node
    record: PlainPage | Edition | None
    body: Body = Body(markdown="")
    wanted: list[Wanted] = field(default_factory=list)


def read_page(document: Document, settings: Settings) -> Sheet:
    """Make the record of a plain page."""
    findings = document.findings
    model, document.cut = validate(schema.PageModel, document.node, findings)
    assert model is not None, "the model requires nothing"
    slug, place = slug_of(document, model.slug)
    title = document.title(model.title)
    lang = model.lang or settings.lang
    body = document.body(summary="", lang=lang if settings.passages else "")
    record = None
    if not findings.firm:
        record = PlainPage(
            path=document.path,
            slug=slug,
            title=title,
            summary=model.summary,
            lang=lang,
            body=body,
        )
    return Sheet(document.path, slug, place, record, body)


def read_edition(document: Document, settings: Settings) -> Sheet:
    """Make the record of an edition."""
    findings, node = document.findings, document.node
    model, document.cut = validate(schema.EditionModel, node, findings)
    assert model is not None, "the model requires nothing"
    slug, place = slug_of(document, model.slug)
    title = document.title(model.title)
    if model.date is None and "date" not in document.cut:
        hint = "add `date: 2026-03-17`, the day of publication"
        findings.add("missing-date", *document.missing("date"), "no date", hint)
    sheet = Sheet(document.path, slug, place, None)
    for n, part in enumerate(model.briefings):
        sheet.wanted.append(Wanted(findings, find(node, ("briefings", n, "slug")), part.slug))
    chosen = picks(model.briefings, "briefings", node, findings)
    lang = model.lang or settings.lang
    noted = lang if settings.passages else ""
    body = sheet.body = document.body(summary="", needed=False, lang=noted)
    if not findings.firm and model.date is not None:
        sheet.record = Edition(
            path=document.path,
            slug=slug,
            title=title,
            published=model.date,
            number=model.number,
            summary=model.summary,
            picks=chosen,
            lang=lang,
            body=body,
        )
    return sheet


def read_front(document: Document, registries: Registries) -> tuple[FrontPage, list[Wanted]]:
    """Make the record of the front page, and the slugs it names."""
    findings, node = document.findings, document.node
    model, document.cut = validate(schema.FrontModel, node, findings)
    assert model is not None, "the model requires nothing"
    body = document.body(summary="", needed=False)
    wanted = [
        Wanted(findings, find(node, ("five", n, "slug")), part.slug)
        for n, part in enumerate(model.five)
    ]
    if model.lead:
        wanted.append(Wanted(findings, find(node, ("lead",)), model.lead))
    if model.chart:
        wanted.append(Wanted(findings, find(node, ("chart",)), model.chart, chart=True))
    storylines = [find(node, ("storylines", n)) for n in range(len(model.storylines))]
    topics = [find(node, ("topics", n)) for n in range(len(model.topics))]
    front = FrontPage(
        path=document.path,
        title=model.title,
        lead=fold(model.lead),
        storylines=names(model.storylines, storylines, registries.storyline_names, findings),
        topics=names(model.topics, topics, registries.topic_names, findings),
        five=picks(model.five, "five", node, findings),
        chart=fold(model.chart),
        body=body,
    )
    return front, wanted
