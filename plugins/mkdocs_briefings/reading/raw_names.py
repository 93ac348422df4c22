"""Bylines: a line that says who wrote a text, and the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME_LIMIT = 100
"""Most code points of a name, as in the registry of authors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who signed, as a line of the text says."""

    authors: tuple[str, ...]
    """Names as typed, in their order."""
    editors: tuple[str, ...] = ()
    desk: str = ""
    """What follows the names after a bar or comma: a desk, a role, an agency; empty for none."""
    contact: str = ""
    """An address or handle beside the name: not for a briefing, so the report names it."""


_BY = re.compile(
    r"(?:(?:written |story |words |text |reported )?by|por|par|von|di|door|af|av)\b"
    r"\s*:?\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:authors?|autore?s?|autora|auteurs?|byline)\s*:\s*(?P<rest>\S.*)", re.I)
_REPORTING = re.compile(
    r"\(?\s*(?:additional\s+)?(?:reporting|writing|reported|written)\s+by\s+(?P<authors>[^;()]+?)"
    r"(?:\s*[;.,]\s*(?:editing|edited)\s+by\s+(?P<editors>[^;()]+?))?\s*\.?\s*\)?",
    re.IGNORECASE,
)
_EDITING = re.compile(
    r"\(?\s*(?:editing|edited|editor)\s*(?:by|:)\s+(?P<editors>[^;()]+?)\s*\.?\s*\)?", re.I
)
_DASH = re.compile(r"(?:[—–―]|--)\s*(?P<rest>[^\s—–-].*)")
_CONTACT = re.compile(r"\s*[(<\[]?\s*(?P<found>[\w.+-]{1,64}@[\w.-]{1,100}|@\w{1,30})\s*[)>\]]?")
_DESK = re.compile(r"\s*(?:[|/•·]|\s[-–—]\s|\sfor\s)\s*")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:and|y|e|et|und)\s+|\s*[,;&]\s*|\s+(?:and|with)\s+", re.I)
_ALSO_BETWEEN = re.compile(r"\s+(?:y|e|et|und)\s+", re.IGNORECASE)
_PLACE = re.compile(r"\s+in\s+[^,;&]{1,60}?(?=\s*(?:,|;|&|\band\b|$))")
_ROLE = re.compile(
    r"\b(?:writer|correspondent|editor|reporter|staff|columnist|analyst|desk|news|press|agency"
    r"|bureau|chief|contributor|freelance|special|reuters|afp|ap|bloomberg|xinhua|efe|dpa|ansa"
    r"|fellow|professor|economist|director|ph\.?d|times|post|journal|service|wire)\b",
    re.IGNORECASE,
)
_SMALL = """
de da do dos das del della di du des la le las los el al bin bint ibn ben van von der den ter zu zur
af av y e of the and
"""
_PARTICLES = frozenset(_SMALL.split())
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[.'’-]+[^\W\d_]*)*\.?")


def byline(line: str, *, last: bool = False) -> Byline | None:
    """The byline that a line is, or None.

    Args:
        line: One line of text, whole.
        last: It stands at the end of the text, where a dash before a name signs too.
    """
    line = line.strip().strip("*_").strip()
    if not line or len(line) > 300:
        return None
    reporting = _REPORTING.fullmatch(line)
    if reporting:
        return _signed(reporting["authors"], reporting["editors"] or "")
    editing = _EDITING.fullmatch(line)
    if editing:
        editors = _names(_PLACE.sub("", editing["editors"]))
        return Byline(authors=(), editors=editors) if editors else None
    for pattern in (_LABEL, _BY, *([_DASH] if last else [])):
        match = pattern.fullmatch(line)
        if match:
            return _named(match["rest"], several=pattern is not _DASH)
    return None


def _signed(authors: str, editors: str) -> Byline | None:
    names = _names(_PLACE.sub("", authors))
    edited = _names(_PLACE.sub("", editors)) if editors else ()
    return Byline(authors=names, editors=edited) if names else None


def _named(rest: str, *, several: bool) -> Byline | None:
    found = _CONTACT.search(rest)
    contact = found["found"] if found else ""
    rest = _CONTACT.sub(" ", rest).strip().rstrip(".,") if found else rest.strip()
    names, *after = _DESK.split(rest, maxsplit=1)
    desk = after[0].strip() if after else ""
    parts = _parts(names)
    # "By Ada Example, Staff Writer": what says a role ends the names.
    for place, part in enumerate(parts[1:], 1):
        if _ROLE.search(part):
            desk = ", ".join([*parts[place:], *([desk] if desk else [])])
            parts = parts[:place]
            break
    # A full stop ends the line, unless it ends an initial or a Jr.
    parts = [_unstopped(part) for part in parts]
    if not parts or not all(map(is_name, parts)) or (len(parts) > 1 and not several):
        return None
    return Byline(authors=tuple(dict.fromkeys(parts)), desk=desk, contact=contact)


def _parts(text: str) -> list[str]:
    parts = []
    for part in _BETWEEN.split(text):
        # "José Ejemplo y Prueba" is one name; "José Ejemplo y Ana Prueba" are two.
        pieces = _ALSO_BETWEEN.split(part)
        parts += pieces if all(" " in piece.strip() for piece in pieces) else [part]
    return [part.strip() for part in parts if part.strip()]


def _unstopped(name: str) -> str:
    word = name.rsplit(None, 1)[-1] if name.split() else ""
    return name[:-1] if word.endswith(".") and len(word) > 4 else name


def _names(text: str) -> tuple[str, ...]:
    parts = [_unstopped(part) for part in _parts(text)]
    return tuple(dict.fromkeys(parts)) if parts and all(map(is_name, parts)) else ()


def is_name(text: str) -> bool:
    """Whether a text can be the name of a person or a desk: one to six words, none in small
    letters but such as `de` and `van`, no figures.

    >>> is_name("Ada de la Example Jr."), is_name("the end of the week")
    (True, False)
    """
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > NAME_LIMIT:
        return False
    if words[0].casefold() == "the" and len(words) > 1:
        words = words[1:]
    capital = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(capital) and all(
        _NAME_WORD.fullmatch(word) is not None and not word[0].islower() for word in capital
    )
