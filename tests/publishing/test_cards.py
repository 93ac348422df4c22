"""Social cards say what the page says, lose no letter, and are the same on every machine."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from mkdocs_briefings.publishing import drawing
from mkdocs_briefings.publishing.cards import (
    SHAPES,
    SHARED,
    Shape,
    SocialCard,
    briefing_card,
    shapes,
    site_card,
)
from mkdocs_briefings.publishing.drawing import draw, measures
from mkdocs_briefings.publishing.face import FACE, drawable, letters
from mkdocs_briefings.publishing.lettering import LEVELS, Pixels, glyph, kern, width
from mkdocs_briefings.publishing.setting import block
from mkdocs_briefings.viewing.parts import Chrome, EventItem, Rail, RailPart
from PIL import Image

from ..theme.test_assets import contrast
from .conftest import ADA, BO, DESK, REVIEW, TARIFFS, make_briefing, make_chrome

CARD = SocialCard(
    site="The Specimen",
    kicker="Tariffs & quotas",
    headline="What the quota review leaves open",
    day="17 March 2026",
    names="Ada Example",
    storyline="The quota review",
    before=4,
    after=1,
    awaited=True,
)


def pixels(data: bytes) -> Pixels:
    return np.asarray(Image.open(BytesIO(data)))


def part(day: int, *, current: bool = False) -> RailPart:
    return RailPart(title="P", url="p/", date=date(2026, 3, day), current=current)


# What a card says


def test_a_card_says_what_the_page_says(chrome: Chrome) -> None:
    rail = Rail(
        storyline=REVIEW,
        part=4,
        first=part(1),
        skipped=0,
        parts=(part(2), part(3), part(4, current=True), part(5), part(6)),
    )
    ahead = EventItem(date=date(2026, 6, 1), precision="day", text="E", kind="", key=False)
    assert briefing_card(make_briefing(rail=rail, coming=(ahead,)), chrome) == SocialCard(
        site="The Specimen & Daily",
        kicker="Tariffs & quotas",
        headline="Quota review opens",
        day="17 March 2026",
        names="Ada Example, The Trade Desk",
        storyline="The quota review",
        before=3,
        after=2,
        awaited=True,
        rtl=False,
    )


def test_a_bare_briefing_has_a_card(chrome: Chrome) -> None:
    bare = make_briefing(topics=(), authors=(), rail=None, storylines=())
    assert briefing_card(bare, chrome) == SocialCard(
        site="The Specimen & Daily", headline="Quota review opens", day="17 March 2026"
    )


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        pytest.param({"title": "関税の見直し"}, "headline", "", id="letters the face lacks"),
        pytest.param({"title": "Cafe\u0301"}, "headline", "Café", id="composed"),
        pytest.param(
            {"authors": (ADA, BO, DESK, ADA, BO)},
            "names",
            "Ada Example, Bo Specimen, The Trade Desk +2",
            id="three names and how many more",
        ),
        pytest.param(
            {"authors": (replace(ADA, name="عادة"),)},
            "names",
            "",
            id="a name that cannot be drawn",
        ),
        pytest.param({"dir": "rtl", "lang": "ar"}, "rtl", True, id="from right to left"),
        pytest.param({"topics": (replace(TARIFFS, title="関税"),)}, "kicker", "", id="topic"),
    ],
)
def test_fields(changes: dict[str, Any], field: str, expected: object, chrome: Chrome) -> None:
    assert getattr(briefing_card(make_briefing(**changes), chrome), field) == expected


def test_the_site_has_a_card() -> None:
    card = site_card(make_chrome(dir="rtl"))
    assert (card.headline, card.dek) == ("The Specimen & Daily", "Invented news, briefly.")
    assert card.rtl


# Letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ships 🚢 and flags 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "Ships and flags"),
        ("Heart ❤️ 1️⃣", "Heart 1"),
        ("a\u2028b\u00a0c\td", "a b c d"),
        ("soft\u00adhyphen \u200bx", "softhyphen x"),
        ("Zażółć gęślą jaźń, Đặng", "Zażółć gęślą jaźń, Đặng"),
        ("Ελλάδα", ""),
        ("Москва", ""),
        ("الحصص", ""),
        ("A → B", ""),
        ("x\u0332y", ""),
        ("🚢", ""),
        ("", ""),
    ],
)
def test_drawable(text: str, expected: str) -> None:
    assert drawable(text) == expected


def test_every_letter_is_in_the_face_and_looks_like_itself() -> None:
    missing = glyph("\ue000", 40, 0)[2]
    assert missing.size, "what a letter that is not there looks like"
    blank = {char for char in letters() if not glyph(char, 40, 0)[2].any()}
    assert all(char.isspace() or char == "\u00ad" for char in blank), blank
    for char in letters() - blank:
        assert not np.array_equal(glyph(char, 40, 0)[2], missing), f"U+{ord(char):04X}"


def test_pairs_are_set_closer() -> None:
    assert kern("T", "o") < -0.03
    assert kern("A", "V") < -0.03
    assert kern("a", " ") == kern(" ", "T") == 0, "a line is as wide as its words and spaces"
    assert 0.9 < width("Terms") / width("Tetms") < 1.1


def test_a_letter_moves_by_halves_of_a_pixel() -> None:
    drawn = [glyph("l", 40, half) for half in range(2)]
    assert len({levels.tobytes() for _, _, levels in drawn}) == 2
    totals = [int(levels.sum()) for _, _, levels in drawn]
    assert max(totals) - min(totals) < 0.05 * max(totals), "as dark wherever it stands"
    assert all(levels.max() == LEVELS for _, _, levels in drawn)


def test_the_licence_of_the_face_is_beside_it() -> None:
    text = FACE.with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in text


# Pictures

CARDS = {
    "usual": CARD,
    "from right to left": replace(CARD, rtl=True),
    "longest": replace(
        CARD,
        site="W" * 40,
        kicker="M" * 60,
        headline=("Wide MOMMY " * 20)[:200].strip(),
        day="17 September 2026",
        names=", ".join(["Wilhelmina Wagner-Whitworth of Wem"] * 3),
        storyline="An enquiry that went on for longer than anybody had thought it would",
        before=140,
        after=2,
    ),
    "one long word": replace(CARD, headline="W" * 200),
    "too long for any card": replace(CARD, headline="Wide MOMMY " * 300),
    "no headline": replace(CARD, headline=""),
    "nothing but a day": SocialCard(site="", day="2026-03-17"),
    "site": site_card(make_chrome()),
    "long name": site_card(make_chrome(name="The Specimen of Everything That Is New " * 5)),
    "long purpose": site_card(make_chrome(purpose="It is for many things. " * 30)),
}
every_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
every_shape = pytest.mark.parametrize(
    "shape", [SHARED, *SHAPES.values()], ids=["shared", *SHAPES.keys()]
)


MOST = dict(zip([SHARED, *SHAPES.values()], (12, 12, 9, 6), strict=True))
"""Parts before the one that is told for which each shape has room."""


def test_shapes_are_what_search_engines_ask_for() -> None:
    assert (SHARED.width, SHARED.height) == (1200, 630)
    for name, shape in SHAPES.items():
        across, down = map(int, name.split("x"))
        assert shape.width * down == shape.height * across, "exactly"
        assert shape.width * shape.height >= 50_000
    assert shapes("関税") == {
        "assets/cards/%E9%96%A2%E7%A8%8E.png": SHARED,
        "assets/cards/16x9/%E9%96%A2%E7%A8%8E.png": SHAPES["16x9"],
        "assets/cards/4x3/%E9%96%A2%E7%A8%8E.png": SHAPES["4x3"],
        "assets/cards/1x1/%E9%96%A2%E7%A8%8E.png": SHAPES["1x1"],
    }


@every_card
@every_shape
def test_a_card_is_a_small_picture_and_the_same_again(card: SocialCard, shape: Shape) -> None:
    data = draw(card, shape)
    picture = Image.open(BytesIO(data))
    picture.load()
    assert (picture.format, picture.mode) == ("PNG", "P")
    assert picture.size == (shape.width, shape.height)
    assert len(data) < (40_000 if shape == SHARED else 12_000)
    assert draw(replace(card), shape) == data
    kinds = []
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kinds.append(data[at + 4 : at + 8])
        at += length + 12
    assert kinds == [b"IHDR", b"PLTE", b"IDAT", b"IEND"], "no time, no program"


@every_card
@every_shape
def test_nothing_but_lines_is_in_the_margins(card: SocialCard, shape: Shape) -> None:
    canvas, at = pixels(draw(card, shape)).copy(), measures(shape)
    middle = shape.height - at.track_at
    canvas[middle - at.now - 4 : middle + at.now + 4] = 0
    canvas[at.name_rule_at : at.name_rule_at + at.rule] = 0
    edge = at.margin * 8 // 9
    assert not canvas[:, :edge].any()
    assert not canvas[:, -edge:].any()
    assert not canvas[: at.name_at - at.name].any()
    assert not canvas[-at.foot_at * 2 // 3 :].any()
    end = shape.height - at.headline_end
    between = canvas[end + at.margin // 9 : middle - at.now - 4]
    assert not between.any(), "a headline runs into the track"


@every_shape
@pytest.mark.parametrize(
    "text", ["Wide MOMMY " * 18 + "Mm", "W" * 200, "MMMMMMMMM " * 20, "ill " * 50]
)
def test_a_headline_of_two_hundred_letters_is_there_whole(text: str, shape: Shape) -> None:
    text, at = text.strip(), measures(shape)
    assert 190 <= len(text) <= 200
    found = block(
        text,
        at.headline,
        shape.width - 2 * at.margin,
        shape.height - at.headline_end - at.headline_top,
        drawing.LEADING,
        width,
    )
    assert "".join(found.lines).replace(" ", "") == text.replace(" ", "")


def test_small_shapes_say_the_day_and_no_name() -> None:
    """They have no room to say who signs without cutting it."""
    for shape in SHAPES.values():
        alone = draw(CARD, shape)
        assert draw(replace(CARD, names="", storyline="Another"), shape) == alone
        others = [replace(CARD, day="17 April 2026"), replace(CARD, headline="What it leaves")]
        others += [replace(CARD, kicker="Tariffs"), replace(CARD, site="The Spec")]
        assert len({alone, *(draw(other, shape) for other in others)}) == 5


def test_every_letter_of_a_line_is_drawn() -> None:
    """One letter more changes the picture, wherever it stands."""
    headline = "Ports wait for a ruling on the toll"
    drawn = {
        draw(SocialCard(site="", headline=f"{headline[:n]}x{headline[n:]}"))
        for n in range(len(headline))
    }
    assert len(drawn) == len(headline)


@every_shape
def test_a_card_from_right_to_left_is_mirrored(shape: Shape) -> None:
    at = measures(shape)
    ltr, rtl = pixels(draw(CARD, shape)), pixels(draw(replace(CARD, rtl=True), shape))
    middle = shape.height - at.track_at
    track = slice(middle - at.now - 2, middle + at.now + 2)
    assert np.array_equal(ltr[track], rtl[track, ::-1])
    name = slice(0, at.name_rule_at)
    left, right = np.nonzero(ltr[name])[1], np.nonzero(rtl[name])[1]
    assert left.min() < shape.width / 4 < shape.width * 3 / 4 < right.max()


@every_shape
@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 0), (4, 2), (12, 1), (40, 2)])
@pytest.mark.parametrize("awaited", [False, True])
def test_the_track_has_one_marker_and_a_dot_a_part(
    before: int, after: int, awaited: bool, shape: Shape
) -> None:
    at = measures(shape)
    card = replace(CARD, before=before, after=after, awaited=awaited)
    canvas = pixels(draw(card, shape))
    row = canvas[shape.height - at.track_at - at.dot + 1]
    runs = np.flatnonzero(np.diff(np.concatenate([[0], (row != 0).astype(int), [0]])) == 1)
    drawn = min(before, MOST[shape]) + 1 + after
    # A ring is open: its line is met twice.
    assert len(runs) in ({drawn + 1, drawn + 2} if awaited else {drawn})
    assert (canvas == drawing.MARKED).any()
    assert (row == drawing.MARKED).sum() > at.now * 0.9, "the marker"


@pytest.mark.parametrize(
    ("changes", "from_the_edge"),
    [
        pytest.param({"before": 0, "after": 2}, False, id="the first part begins the line"),
        pytest.param({"before": 0, "after": 0}, False, id="the only part so far"),
        pytest.param({"before": 12}, False, id="as many parts as are drawn"),
        pytest.param({"before": 13}, True, id="more came before than are drawn"),
        pytest.param({"before": 0, "after": 0, "storyline": ""}, True, id="no storyline"),
    ],
)
def test_the_line_begins_with_the_story(changes: dict[str, Any], from_the_edge: bool) -> None:
    canvas = pixels(draw(replace(CARD, **changes)))
    at = measures(SHARED)
    line = canvas[SHARED.height - at.track_at, : at.margin - 2]
    assert bool(line.all()) is from_the_edge


def test_text_on_a_card_has_contrast() -> None:
    def colour(place: int) -> str:
        return f"#{drawing.PALETTE[place].hex()}"

    assert len(drawing.PALETTE) == 16
    for place in (drawing.INK[-1], drawing.QUIET[-1], drawing.GREEN[-1]):
        assert contrast(colour(place), colour(0)) >= 4.5
    assert colour(drawing.MARKED) == "#f4b90a"
