"""How to cite a briefing: in two styles for reading, in three formats for reference managers.

The formats are links that hold their file (`data:`). A researcher saves what a reference manager
takes, with a script or without; a site of ten thousand briefings has no thirty thousand files more
to write, to upload and to keep; and a page grows by less than a kilobyte, compressed. Of the few
pages that are long of themselves the files stand apart: see `viewing.briefing.LONG_READ`.

All name the version that is meant: the day of its last change and, where a forge is known, the
address of the file at its commit. A briefing is a page of the web; one with a number is a report
in a series of the site.

Chicago and APA are styles of English, so their words are English on every site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from urllib.parse import quote

import msgspec

from ..viewing.parts import Chrome
from ..viewing.records import BriefingView
from .names import Name, name_of
from .text import absolute, compact, line, uri

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_LATEX = {
    **{char: f"\\{char}" for char in "$&#_%"},
    "\\": r"\textbackslash{}",
    # Braces must be balanced even where they are escaped.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_LATEX_SIGN = re.compile(f"[{re.escape(''.join(_LATEX))}]")
PAPER = "Reference paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteFile:
    """A citation in a format of reference managers."""

    label: str
    name: str
    """Of the file that is saved."""
    url: str
    """Of the file, relative to the site's root; or `data:`: the address is the content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a page says of how to cite it. Plain text."""

    texts: tuple[tuple[str, str], ...]
    """Style and text."""
    files: tuple[CiteFile, ...]


def citation(view: BriefingView, chrome: Chrome) -> Citation | None:
    """How to cite a briefing; None for a draft, and where the site does not know its address."""
    if not _lasts(view, chrome):
        return None
    cited = Cited.of(view, chrome)
    return Citation(
        texts=(("Chicago", _chicago(cited)), ("APA", _apa(cited))),
        files=tuple(
            CiteFile(
                label=made.label,
                name=f"{view.slug}.{made.ending}",
                url=made.address(view) or made.held(cited),
            )
            for made in _FORMATS
        ),
    )


def citation_files(view: BriefingView, chrome: Chrome) -> Mapping[str, bytes]:
    """The files that links to citations lead to, by address; none where links hold them."""
    if not view.citations or not _lasts(view, chrome):
        return {}
    cited = Cited.of(view, chrome)
    return {made.address(view): made.write(cited).encode() for made in _FORMATS}


def _lasts(view: BriefingView, chrome: Chrome) -> bool:
    """Whether a page has an address that can be cited."""
    return bool(chrome.url and not view.mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What every style and format says, each text on one line and without what XML cannot hold."""

    slug: str
    names: tuple[Name, ...]
    title: str
    number: str
    """Of a reference paper, else empty."""
    site: str
    published: date
    updated: date | None
    url: str
    version_url: str
    lang: str

    @classmethod
    def of(cls, view: BriefingView, chrome: Chrome) -> Cited:
        return cls(
            slug=view.slug,
            names=tuple(name_of(author) for author in view.authors),
            title=line(view.title),
            number=line(view.number),
            site=line(chrome.name),
            published=view.published,
            updated=view.updated,
            url=absolute(chrome, view.url),
            version_url=uri(view.version_url),
            lang=view.lang or chrome.lang,
        )

    @property
    def note(self) -> str:
        """Which version is meant."""
        told = f"Updated {_day(self.updated)}." if self.updated else ""
        return f"{told} {self.version}".strip()

    @property
    def version(self) -> str:
        """Where the text stands as it is now; empty where no forge is known."""
        return f"This version: {self.version_url}" if self.version_url else ""

    @property
    def places(self) -> str:
        """The address of the page, and that of this version."""
        return f"{self.url}. {self.version}" if self.version_url else self.url


def bibtex(cited: Cited) -> str:
    """A BibTeX entry, UTF-8, as biblatex and reference managers read it.

    Of the type `online`, or `report` for a reference paper.
    """
    note = _latex(cited.note.partition("This version:")[0].strip())
    if cited.version_url:
        address = cited.version_url.replace("%", r"\%").replace("#", r"\#")
        note = f"{note} This version: \\url{{{address}}}".strip()
    publisher = {"organization": _latex(cited.site)}
    if cited.number:
        publisher = {
            "type": PAPER,
            "number": _latex(cited.number),
            "institution": _latex(cited.site),
        }
    fields = {
        "author": " and ".join(
            _latex(name.turned) if name.given else f"{{{_latex(name.family)}}}"
            for name in cited.names
        ),
        # In braces of its own: styles would write "us-china" for "US-China".
        "title": f"{{{_latex(cited.title)}}}",
        **publisher,
        "date": cited.published.isoformat(),
        "url": cited.url,
        "note": note,
    }
    lines = (f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    kind = "report" if cited.number else "online"
    return f"@{kind}{{{_key(cited.slug)},\n{''.join(lines)}}}\n"


def ris(cited: Cited) -> str:
    """A RIS record; its lines end as the format asks, with CR and LF."""
    publisher = [("T2", cited.site)]
    if cited.number:
        publisher = [("M3", PAPER), ("SN", cited.number), ("PB", cited.site)]
    rows = [
        ("TY", "RPRT" if cited.number else "ELEC"),
        *(("AU", name.turned) for name in cited.names),
        ("TI", cited.title),
        *publisher,
        ("PY", str(cited.published.year)),
        ("DA", f"{cited.published.isoformat().replace('-', '/')}"),
        ("LA", cited.lang),
        ("UR", cited.url),
        ("N1", cited.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value or tag == "ER")


def csl_json(cited: Cited) -> str:
    """An array with one item of CSL JSON."""
    day = cited.published
    item = compact(
        {
            "id": cited.slug,
            "type": "report" if cited.number else "webpage",
            "title": cited.title,
            "author": [
                {"family": name.family, "given": name.given}
                if name.given
                else {"literal": name.family}
                for name in cited.names
            ],
            "container-title": "" if cited.number else cited.site,
            "genre": cited.number and PAPER,
            "number": cited.number,
            "publisher": cited.number and cited.site,
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "URL": cited.url,
            "language": cited.lang,
            "note": cited.note,
        }
    )
    return msgspec.json.encode([item]).decode()


@dataclass(frozen=True, slots=True)
class _Format:
    """A format of reference managers."""

    label: str
    ending: str
    kind: str
    """Its media type."""
    write: Callable[[Cited], str]

    def address(self, view: BriefingView) -> str:
        """Of the file; empty where the link holds it."""
        return view.citations and f"{view.citations}.{self.ending}"

    def held(self, cited: Cited) -> str:
        """The address that is the file, byte for byte: it need not name their encoding."""
        return f"data:{self.kind},{_quoted(self.write(cited))}"


_FORMATS = (
    _Format("BibTeX", "bib", "application/x-bibtex", bibtex),
    _Format("RIS", "ris", "application/x-research-info-systems", ris),
    _Format("CSL JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)


# As `quote` has it, in a tenth of its time: it looks at each sign.
_SAFE = "!$()*+,;:@/?=-._~"
_COMMON = [(sign, quote(sign)) for sign in "% \n\r\"#&'<>[\\]^`{|}"]
"""All others that can be printed are safe. The sign that all are written with comes first."""
_RARE = re.compile(r"[^\n\r -~]+")


def _quoted(text: str) -> str:
    """A text as the content of an address."""
    for sign, encoded in _COMMON:
        text = text.replace(sign, encoded)
    return text if text.isascii() and text.isprintable() else _RARE.sub(_encoded, text)


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0], safe=_SAFE)


def _chicago(cited: Cited) -> str:
    names = cited.names
    first = [name.heading for name in names[:1]]
    others = [name.plain for name in names[1:]]
    if len(names) > 10:
        who = ", ".join([*first, *others[:6], "et al."])
    elif len(names) > 2:
        who = ", ".join([*first, *others[:-1], f"and {others[-1]}"])
    else:
        who = ", and ".join([*first, *others])
    # Quotes within quotes are single.
    title = cited.title.replace("“", "‘").replace("”", "’").replace('"', "'")
    updated = f", as updated {_day(cited.updated)}" if cited.updated else ""
    paper = f"{PAPER} {cited.number}, " if cited.number else ""
    said = (
        f"“{_stopped(title)}” {paper}{cited.site}, {_day(cited.published)}{updated}. {cited.places}"
    )
    return f"{_stopped(who)} {said}" if who else said


def _apa(cited: Cited) -> str:
    names = [name.initials for name in cited.names]
    if len(names) > 20:
        names = [*names[:19], f"… {names[-1]}"]
    elif len(names) > 1:
        names[-1] = f"& {names[-1]}"
    updated = f"; updated {_apa_day(cited.updated)}" if cited.updated else ""
    when = f"({_apa_day(cited.published)}{updated})."
    paper = f" ({PAPER} {cited.number})" if cited.number else ""
    who, title = ", ".join(names), _stopped(f"{cited.title}{paper}")
    begin = f"{_stopped(who)} {when} {title}" if who else f"{title} {when}"
    return f"{begin} {_stopped(cited.site)} {cited.places}"


def _stopped(text: str) -> str:
    """A text that ends with a stop of some kind."""
    return text if text.endswith((".", "?", "!", "…", "。")) else f"{text}."


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def _apa_day(day: date) -> str:
    return f"{day.year}, {_MONTHS[day.month - 1]} {day.day}"


def _latex(text: str) -> str:
    if not _LATEX_SIGN.search(text):
        return text
    return "".join(_LATEX.get(char, char) for char in text)


def _key(slug: str) -> str:
    """A citation key in ASCII: not every program takes others."""
    key = re.sub(r"[^a-z0-9-]+", "", slug)
    if key == slug:
        return key
    digest = blake2b(slug.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{key.strip('-') or 'briefing'}-{digest}"
