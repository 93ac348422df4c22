"""Records as Pagefind reads them: a small HTML document each, never published.

Pagefind counts a word in a title or a key point for more than one in the text, remembers under
which heading a word stands, and cuts its excerpts from the text as it is.
"""

from __future__ import annotations

from markupsafe import Markup

from ..text import compact, json_script
from .records import Record

LEFT_OUT = ("pre", ".cite-ref", "[aria-hidden]")
"""Parts of a body that nobody searches for: code, marks of citation."""

EVERY = "\ua66e"
"""A word of every page, which no text has: the engine knows no other way to ask for all pages that
would not load the whole index. It is the many-eyed O, a letter once written in one word of one
book. Pagefind leaves out what is no letter."""

# Everything that is stored with a page stands in a part that is not searched.
_PAGE = Markup(
    "<html><body><div data-pagefind-ignore>"
    '<i data-pagefind-meta="title">{title}</i>{subject}{names}'
    '<i data-pagefind-meta="every">{every}</i>'
    '<i data-pagefind-filter="about">{about}</i>{facets}'
    "</div>{lead}{lines}{body}</body></html>"
)
# A topic is what it is called; of a briefing the title is a sentence.
_SUBJECT = Markup('<i data-pagefind-meta="subject">{}</i>')
_NAMES = Markup('<i data-pagefind-meta="author">{}</i>')
_FACET = Markup('<i data-pagefind-filter="{}">{}</i>')
_LEAD = Markup('<p data-pagefind-weight="2">{}</p>')
_LINE = Markup("<p>{}</p>")

# Words by which Pagefind talks to itself; in a text they would set weights and anchors.
_PRIVATE = ("___PAGEFIND_", "___END_PAGEFIND_")


def document(record: Record) -> str:
    """A record as HTML: texts escaped, the body as it was sanitised."""
    nothing = Markup()
    # Pagefind leaves out a page without a text, and a title alone is none to it.
    lead, lines = ([text for text in texts if text] for texts in (record.lead, record.lines))
    if not (lead or lines or record.body):
        lead = [record.title]
    html = _PAGE.format(
        title=record.title,
        subject=_SUBJECT.format(record.title) if record.kind == "topic" else nothing,
        every=EVERY,
        names=_NAMES.format(", ".join(record.names)) if record.names else nothing,
        # Without `&`: Pagefind reads references in values of filters a second time.
        about=json_script(_about(record)),
        facets=nothing.join(
            _FACET.format(facet, key) for facet, keys in record.facets.items() for key in keys
        ),
        lead=nothing.join(_LEAD.format(text) for text in lead),
        lines=nothing.join(_LINE.format(text) for text in lines),
        body=Markup(record.body),
    )
    for word in _PRIVATE:
        html = html.replace(word, "")
    return str(html)


def _about(record: Record) -> dict[str, str]:
    """What a result shows beside title and excerpt.

    It travels as a filter of which nobody asks the values: what Pagefind calls metadata is
    searched, and a search for "2026" would find every page of that year.
    """
    return compact(
        {
            "kind": record.kind,
            "date": record.date,
            "topic": record.topic.title if record.topic else "",
            "topic_url": record.topic.url if record.topic else "",
            "lang": record.lang,
            "dir": record.dir,
            "mark": record.mark,
        }
    )
