"""Small rules of wording."""

from __future__ import annotations

import sys

import pytest
from mkdocs_briefings.viewing.addresses import Addresses
from mkdocs_briefings.viewing.words import alphabetical, clip, letter


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        pytest.param("short", 10, "short", id="what fits stays"),
        pytest.param("one  two\nthree", 50, "one two three", id="white space is one space"),
        pytest.param("one two, three", 10, "one two…", id="cut between words, no comma left"),
        pytest.param("x" * 30, 10, "x" * 9 + "…", id="one long word is cut where it must be"),
    ],
)
def test_clip(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected


def test_clip_leaves_no_white_space_but_single_spaces() -> None:
    spaces = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    assert len(spaces) > 20
    for space in spaces:
        texts = (f"one{space}two", f"{space}one two", f"one two{space}", f"one {space}two")
        assert {clip(text) for text in texts} == {"one two"}, hex(ord(space))


def test_titles_sort_without_accents_and_those_without_a_letter_come_last() -> None:
    assert sorted(
        ["zeta", "5G", "“Zest”", "Éclair", "eagle"], key=lambda t: alphabetical(t, "en")
    ) == [
        "eagle",
        "Éclair",
        "“Zest”",
        "zeta",
        "5G",
    ]
    assert [letter(title, "en") for title in ("Éclair", "5G", "“Quoted”", "…")] == [
        "E",
        "#",
        "Q",
        "#",
    ]


@pytest.mark.parametrize(
    ("lang", "titles", "letters"),
    [
        pytest.param("es", ["ozono", "Ñu", "nube"], "NÑO", id="ñ follows n in Spanish"),
        pytest.param("es", ["zoo", "aire", "Águila"], "AAZ", id="accents do not"),
        pytest.param("en", ["Ñu", "nube"], "NN", id="elsewhere ñ is an n with an accent"),
        pytest.param("ar", ["تجارة", "البنوك", "الأرض"], "ابت", id="no Arabic article"),
        pytest.param("ar", ["إعلام", "آلة", "ألمانيا"], "ااا", id="hamza and madda are accents"),
        pytest.param("ar", ["ال"], "ا", id="an article alone is a word"),
    ],
)
def test_order_by_language(lang: str, titles: list[str], letters: str) -> None:
    found = sorted(titles, key=lambda title: alphabetical(title, lang))
    assert "".join(letter(title, lang) for title in found) == letters


@pytest.mark.parametrize(
    ("place", "with_folders", "without"),
    [
        ("", "", "index.html"),
        ("topics/", "topics/", "topics.html"),
        ("briefings/2026/café/", "briefings/2026/caf%C3%A9/", "briefings/2026/caf%C3%A9.html"),
    ],
)
def test_addresses(place: str, with_folders: str, without: str) -> None:
    assert Addresses().url(place) == with_folders
    assert Addresses(directory_urls=False).url(place) == without
