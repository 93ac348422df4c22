"""Feeds before they are written, and what every format says of an entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from ..viewing.parts import Change, Chrome
from ..viewing.records import BriefingView
from ..wording.language import language, primary, within
from .identity import change_id, entry_id
from .text import absolute, clean, moment, uri

LIMIT = 30
"""Most entries of a feed."""

_DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
"""In sanitised HTML, where a text has no `<`."""
_CITED = re.compile(r'(<a class="cite-ref"[^<>]*>)(\d+)(?=</a>)')


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing in a feed."""

    view: BriefingView
    html: str
    """The sanitised body; its links are absolute already."""
    site_lang: str = "en"
    """BCP 47 of the site."""

    def content(self) -> str:
        """What the page shows: a fresh correction, key points, body and sources.

        The bars of charts are left out: without a stylesheet they are black boxes, and the figures
        stand beside them. The numbers of sources get brackets, as two side by side would be a third
        one.
        """
        view, body = self.view, self.html
        # Few bodies have either, and to look for a text takes a tenth of the time.
        if "<svg" in body:
            body = _DRAWN.sub("", body)
        if 'class="cite-ref"' in body:
            body = _CITED.sub(r"\1[\2]", body)
        return clean(
            _correction(view, self.site_lang)
            + _points(view, self.site_lang)
            + body
            + _sources(view, self.site_lang)
        )


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as the feeds write it: once, since one entry stands in the feeds of all its
    lists."""

    id: str
    updated: datetime
    lang: str
    """BCP 47."""
    atom: bytes
    """What stands in its `<entry>`."""
    json: bytes
    """Its object."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written. Addresses are relative to the site's root."""

    title: str
    home: str
    """The page that shows the same list."""
    atom_url: str
    json_url: str
    entries: tuple[Entry | Change | Written, ...]
    """Newest first, at most `LIMIT`."""
    lang: str
    """BCP 47; entries in another language say so themselves."""
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry as every format tells it. Texts are plain, addresses absolute."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    """Never before `published`; later only by a logged change."""
    authors: tuple[Person, ...]
    topics: tuple[tuple[str, str], ...]
    """Key and title."""
    lang: str
    image: str


def told(entry: Entry | Change, chrome: Chrome) -> Told:
    """What feeds say of an entry.

    Raises:
        ValueError: If the site does not know its own address, or a change names no briefing.
    """
    return _briefing(entry, chrome) if isinstance(entry, Entry) else _change(entry, chrome)


def _briefing(entry: Entry, chrome: Chrome) -> Told:
    view = entry.view
    published = moment(view.published_iso)
    # An update of which only the day is known counts from midnight, which may be before the
    # hour of publication.
    updated = max(published, moment(view.updated_iso or view.published_iso))
    lang = view.lang or chrome.lang
    return Told(
        id=entry_id(view, chrome),
        url=absolute(chrome, view.url),
        title=clean(view.title),
        summary=clean(view.summary),
        html=_turned(clean(_figure(view, chrome)) + entry.content(), lang, view.dir or chrome.dir),
        published=published,
        updated=updated,
        authors=tuple(
            Person(name=clean(ref.name), url=absolute(chrome, ref.url)) for ref in view.authors
        ),
        topics=tuple((ref.key, clean(ref.title)) for ref in view.topics),
        lang=lang,
        image=absolute(chrome, view.image.url) if view.image else "",
    )


def _change(change: Change, chrome: Chrome) -> Told:
    """A change is published on its day and does not change again."""
    identity = change_id(change, chrome)
    card = change.card
    assert card is not None, "change_id has refused it"
    day = moment(change.date.isoformat())
    return Told(
        id=identity,
        url=absolute(chrome, card.url),
        title=clean(language(chrome.lang).word(f"entry_{change.kind}", title=card.title)),
        summary=clean(change.text or card.summary),
        html=clean(f"<p>{escape(change.text or card.summary)}</p>"),
        published=day,
        updated=day,
        authors=tuple(
            Person(name=clean(ref.name), url=absolute(chrome, ref.url)) for ref in card.authors
        ),
        topics=((card.topic.key, clean(card.topic.title)),) if card.topic else (),
        lang=card.lang or chrome.lang,
        image="",
    )


def _correction(view: BriefingView, site_lang: str) -> str:
    """The newest change where it is a correction, as the page has it above the text."""
    newest = view.changes[0] if view.changes else None
    if newest is None or newest.kind != "correction":
        return ""
    label = _ours(view, site_lang, "strong", "correction_of", newest.date)
    return f"<p>{label} {escape(newest.text)}</p>"


def _ours(
    view: BriefingView, site_lang: str, element: str, key: str, day: date | None = None
) -> str:
    """Words of ours in an element, marked where they are not in the language of the text."""
    lang = view.lang or site_lang
    ours = within(lang, language(site_lang))
    abroad = "" if primary(ours.tag) == primary(lang) else f' lang="{escape(ours.tag)}"'
    words = ours.word(key, date=ours.day(day)) if day else ours.word(key)
    return f"<{element}{abroad}>{escape(words)}</{element}>"


def _figure(view: BriefingView, chrome: Chrome) -> str:
    if not view.image:
        return ""
    address = escape(absolute(chrome, view.image.url))
    credit = f"<figcaption>{escape(view.image.credit)}</figcaption>" if view.image.credit else ""
    return f'<figure><img src="{address}" alt="{escape(view.image.alt)}">{credit}</figure>'


def _sources(view: BriefingView, site_lang: str) -> str:
    """The numbered documents, to which the text refers by number."""
    rows = []
    for source in view.sources:
        lang = f' lang="{escape(source.lang)}"' if source.lang else ""
        title = f"<span{lang}>{escape(source.title)}</span>" if lang else escape(source.title)
        if source.url:
            title = f'<a href="{escape(uri(source.url))}">{title}</a>'
        about = ", ".join(escape(text) for text in (source.publisher, source.date) if text)
        rows.append(f"<li>{title}{'. ' if about else ''}{about}</li>")
    head = _ours(view, site_lang, "h2", "sources")
    return f"{head}<ol>{''.join(rows)}</ol>" if rows else ""


def _points(view: BriefingView, site_lang: str) -> str:
    """The "At a glance" box, which the page shows above the body."""
    points = "".join(f"<li>{escape(point.text)}</li>" for point in view.key_points)
    box = f"<ul>{points}</ul>" if points else ""
    if not view.why:
        return box
    label = _ours(view, site_lang, "strong", "why_is")
    return f"{box}<p>{label} {escape(view.why)}</p>"


def _turned(html: str, lang: str, direction: str) -> str:
    """Right-to-left HTML says so itself: readers do not take a direction from a language."""
    if direction != "rtl":
        return html
    return f'<div dir="rtl" lang="{escape(lang)}">{html}</div>'
