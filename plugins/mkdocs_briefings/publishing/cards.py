"""Social cards: what the picture says that goes with a link to a page, when it is shared.

A card says less than its page and nothing else: the record is made from the view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..viewing import addresses as places
from ..viewing.parts import Chrome
from ..viewing.records import BriefingView
from ..wording.language import language
from .face import drawable

VERSION = 2
"""Goes up with every change of how cards look: those kept from before are drawn anew."""
NAMES = 3
"""Most authors that a card names."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A size in which cards are drawn, in pixels."""

    width: int
    height: int


SHARED = Shape(1200, 630)
"""What goes with a shared link: every reader of such pictures shows it whole."""
SHAPES: Mapping[str, Shape] = {
    "16x9": Shape(400, 225),
    "4x3": Shape(320, 240),
    "1x1": Shape(256, 256),
}
"""By the name of their folder, what search engines ask of the picture of an article: three shapes
of at least 50,000 pixels. They show them as small as a stamp, and `SHARED` where they want more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCard:
    """A card before it is drawn. Texts hold only what the face of cards can draw."""

    site: str
    kicker: str = ""
    """The topic."""
    headline: str = ""
    """Whole; empty when it has letters that the face lacks."""
    dek: str = ""
    """What stands under the headline."""
    day: str = ""
    names: str = ""
    """Authors, beside the day where there is room."""
    storyline: str = ""
    before: int = 0
    """Earlier parts of the storyline."""
    after: int = 0
    """Later ones that the page shows."""
    awaited: bool = False
    """Whether the page tells of a date ahead."""
    rtl: bool = False
    """Begins at the right."""


def briefing_card(view: BriefingView, chrome: Chrome) -> SocialCard:
    """The card of a briefing."""
    rail = view.rail
    later = [part.current for part in rail.parts] if rail else []
    after = len(later) - 1 - later.index(True) if True in later else 0
    return SocialCard(
        site=drawable(chrome.name),
        kicker=drawable(view.topics[0].title) if view.topics else "",
        headline=drawable(view.title),
        day=drawable(language(chrome.lang).day(view.published)) or view.published.isoformat(),
        names=_names(view),
        storyline=drawable(rail.storyline.title) if rail else "",
        before=rail.part - 1 if rail else 0,
        after=after,
        awaited=bool(view.coming),
        rtl=(view.dir or chrome.dir) == "rtl",
    )


def shapes(slug: str) -> dict[str, Shape]:
    """In which shapes the card of a briefing is drawn, by address: `SHARED` first."""
    others = {places.card(slug, name): shape for name, shape in SHAPES.items()}
    return {places.card(slug): SHARED} | others


def site_card(chrome: Chrome) -> SocialCard:
    """The card of every page that has none of its own: whose site it is, and what for."""
    return SocialCard(
        site="",
        headline=drawable(chrome.name),
        dek=drawable(chrome.purpose),
        before=3,
        awaited=True,
        rtl=chrome.dir == "rtl",
    )


def _names(view: BriefingView) -> str:
    names = [drawable(ref.name) for ref in view.authors]
    if not all(names):
        return ""
    rest = f" +{len(names) - NAMES}" if len(names) > NAMES else ""
    return f"{', '.join(names[:NAMES])}{rest}"
