from __future__ import annotations

import pytest
from mkdocs_briefings.linking.names import names, spelling


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("when the Federal Reserve met", ["Federal Reserve"], id="two capitals"),
        pytest.param("The Federal Reserve met the press", ["Federal Reserve"],
                     id="the first word of a sentence is small elsewhere"),
        pytest.param("Ada Example wrote.", ["Ada Example"], id="a name may begin a sentence"),
        pytest.param("Done. Then NASA flew, then landed.", ["NASA"], id="a word of capitals"),
        pytest.param("on GitHub’s pages", ["GitHub"], id="a capital inside; no possessive"),
        pytest.param("under Section 232 of it", ["Section 232"], id="a number of three digits"),
        pytest.param("on March 12 and in May 2026", [], id="days and years are no names"),
        pytest.param("He met Ada twice", [], id="a lone capital tells too little"),
        pytest.param("la Česká Banka rostla", ["Česká Banka"], id="capitals beyond ASCII"),
        pytest.param("über états-unis et öl", [], id="small letters beyond ASCII"),
        pytest.param("金利 を Federal", [], id="scripts without capitals"),
        pytest.param("Gas. The Polar Fund: the end", ["Polar Fund"], id="two are left of three"),
        pytest.param("her Bank’s Rate Desk’s list", ["Bank Rate Desk"], id="possessives inside"),
        pytest.param("on x-Ray Bank, y’All Day", [], id="no name begins inside a word"),
        pytest.param("the EU. The IMF", ["IMF"], id="two letters are no name"),
    ],
)  # fmt: skip
def test_names(text: str, expected: list[str]) -> None:
    assert list(names(text).values()) == expected


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        pytest.param("fedramp", "The FedRAMP list", "FedRAMP", id="as written"),
        pytest.param("rates", "Rates rose. All rates.", "rates", id="small where it has both"),
        pytest.param("gas", "Gasse, gas2, MEGA-GAS", "GAS", id="no part of a word"),
        pytest.param("gas", "Straße, GAS", "GAS", id="where folding makes a text longer"),
        pytest.param("cafe", "The café", "cafe", id="folded where it is spelt otherwise"),
    ],
)
def test_spelling(word: str, text: str, expected: str) -> None:
    assert spelling(word, text) == expected
