"""Lines that are no prose: what web pages leave behind, dates of publication, datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LEFTOVER_LIMIT = 160
"""Most code points of a leftover line: a longer one is prose, whatever it begins with."""


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_HEADINGS = _one_of(
    r"you (?:may|might|could|will)(?: also)? (?:like|enjoy|be interested in)",
    r"related (?:articles?|stories|story|posts?|news|coverage|topics?|content|links?|reading)",
    r"(?:more|further|recommended|suggested) (?:stories|reading|articles|coverage|news)",
    r"(?:recommended|suggested|more) for you",
    r"more (?:from|on|in|about) [^.!?]{1,60}",
    r"read (?:more|next|also|on)",
    r"what to read next|keep reading|up next|don[’']t miss",
    r"(?:most|trending|popular) (?:read|viewed|popular|shared|now|stories|posts)",
    r"(?:latest|top|breaking) (?:news|stories|headlines)",
    r"editor[’']?s[’']? (?:picks?|choice)",
    r"(?:next|previous) (?:article|story|post)",
    r"también te pueden? (?:interesar|gustar)|te puede interesar|te recomendamos",
    r"(?:noticias|artículos|notas) relacionad[oa]s|leer? (?:más|también)",
    r"(?:à )?lire aussi|sur le même sujet",
    r"lesen sie auch|mehr zum thema|das könnte sie auch interessieren",
    r"leia (?:também|mais)|veja também|leggi anche|potrebbe interessarti|lees ook",
)
_LINES = _one_of(
    r"(?:please )?share (?:this|on|via|it|with)(?: [^.!?]{1,50})?",
    r"(?:follow|like|find|join) us(?: (?:on|at|here)[^!?]{0,80})?",
    r"subscribe (?:now|today|here|free)",
    r"subscribe (?:to|for) (?:our|the|my|full|unlimited|more)\b.{0,120}",
    r"sign up (?:now|today|here)",
    r"sign up (?:for|to) (?:our|the|my)\b.{0,120}",
    r"get (?:our|the) (?:[\w-]+ ){0,3}newsletter.{0,80}",
    r"enter your e-?mail.{0,60}",
    r"advertisements?|sponsored content",
    r"(?:story|article) continues (?:below|after).{0,40}|continue reading.{0,60}",
    r"(?:read (?:more|next|also)|related|see also)\s*[:»>→].{1,140}",
    r"click here.{0,100}",
    r"load(?:ing)?(?: more)?\s?(?:\.\.\.|…)|load more|show (?:more|less)|view (?:all|more)",
    r"leave a (?:comment|reply)|\d+ comments?|comments? \(\d+\)|post a comment",
    r"join the conversation",
    r"(?:print|e-?mail|save) this(?: (?:article|page|story))?|save article",
    r"copy link|link copied|back to top|skip to (?:main )?content|log ?in",
    r"accept (?:all )?cookies",
    r"\d+ min(?:ute)?s?(?: read)?",
    r"listen to (?:this|the) (?:article|story)",
    r"(?:tags?|filed under|categories)\s*:.{1,140}",
    r"publicidad|publicité|anzeige|werbung|publicidade|pubblicità|advertentie",
    r"compart(?:ir|e)(?: (?:en|esta)[^.!?]{1,40})?|suscríbete.{0,100}|partager|teilen",
)
_WORDS = _one_of(
    r"share|related|recommended|suggested|trending|popular|latest|see also|more",
    r"subscribe|sign up|newsletter|comments?|advertising|sponsored|print|e-?mail|tweet",
    r"facebook|twitter|linkedin|whatsapp|pinterest|reddit|telegram|instagram|home|menu|search",
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,140}|.{0,60}\ball rights reserved\b.{0,60}", re.IGNORECASE
)
_TRIM = re.compile(r"^[\s#*_>»→•·|=~-]+|[\s*_:>»→…•·|=~-]+$")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero janvier januar janeiro gennaio",
            "february feb febrero février februar fevereiro febbraio",
            "march mar marzo mars märz março",
            "april apr abril avril aprile",
            "may mayo mai maio maggio",
            "june jun junio juin juni junho giugno",
            "july jul julio juillet juli julho luglio",
            "august aug agosto août",
            "september sep sept septiembre septembre setembro settembre",
            "october oct octubre octobre oktober outubro ottobre",
            "november nov noviembre novembre novembro",
            "december dec diciembre décembre dezember dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_DAY = re.compile(
    r"(?P<iso>\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d))"
    r"|\b(?P<d1>\d{1,2})(?:st|nd|rd|th|er|\.)?(?: de| of)? "
    rf"(?P<m1>{_MONTH})\.?,?(?: de| del)? (?P<y1>\d{{4}})\b"
    rf"|\b(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})\b",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)"
_LABEL = r"(?:first )?(?:published|posted|date|dated|publicado|publié|veröffentlicht)"
_DATED = re.compile(
    rf"(?:(?:{_LABEL}|(?:last )?(?:updated|modified))(?: on| at| el| le| am)?\s*:?\s*)?"
    rf"(?:{_WEEKDAY}\.?,?\s+)?(?P<day>.+?)"
    r"(?:\s*(?:,|at|@|\||-|–|·|T)?\s*\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:[A-Z]{1,5}|[+-]\d\d:?\d\d)?)?\.?",
    re.IGNORECASE,
)
_LABELLED = re.compile(_LABEL, re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][^\n(—–]{1,60}?)"
    r"(?:,\s+(?P<day>[^\n()—–]{3,30}?))?\s*(?P<agency>\([^)\n]{2,40}\))?\s*(?:—|–|--|-(?=\s))\s*"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the text names as its own."""

    day: date
    words: str
    """The part of the text that says so."""


def leftover(line: str) -> str:
    """What a line is that is no part of the text; empty for a line that may be.

    `heading`: a list of other texts may follow it. `line`: an invitation or a button. `rights`: a
    notice of copyright. `word`: one of those, or an honest heading, as its place shows.
    """
    if len(line) > LEFTOVER_LIMIT:
        return ""
    bare = _TRIM.sub("", _TRIM.sub("", line.strip()))
    if not bare:
        return ""
    for kind, pattern in (("heading", _HEADINGS), ("line", _LINES), ("word", _WORDS)):
        if pattern.fullmatch(bare.rstrip(".!")):
            return kind
    return "rights" if _RIGHTS.fullmatch(bare) else ""


def day_in(text: str) -> Day | None:
    """The first calendar day written out in a text, or None. `3/4/2025` is not one: nobody can
    say which number is the month."""
    for match in _DAY.finditer(text):
        if match["iso"]:
            year, month, day = match["y"], int(match["m"]), match["d"]
        else:
            year = match["y1"] or match["y2"]
            month = _MONTHS[(match["m1"] or match["m2"]).casefold()]
            day = match["d1"] or match["d2"]
        try:
            found = date(int(year), month, int(day))
        except ValueError:
            continue
        if 1900 <= found.year <= 2100:
            return Day(found, match[0])
    return None


def dated(line: str) -> tuple[Day, bool] | None:
    """The day a line consists of, such as `Published 12 May 2025, 10:30`, and whether it says
    that it is the day of publication. None for any other line."""
    line = line.strip()
    match = _DATED.fullmatch(line) if len(line) <= 120 else None
    if not match:
        return None
    found = _DAY.fullmatch(match["day"].strip())
    day = day_in(match["day"]) if found else None
    return (day, bool(_LABELLED.match(line))) if day else None


def dateline(paragraph: str) -> Day | None:
    """The day of a paragraph that begins `WASHINGTON, 12 May 2025 —`, or None."""
    match = _DATELINE.match(paragraph[:200])
    if not match or match["place"].split(",")[0].upper() != match["place"].split(",")[0]:
        return None
    return day_in(match[0])
