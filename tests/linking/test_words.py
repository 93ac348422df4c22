from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.linking.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Rates HELD, again.", ["rates", "held", "again"], id="case and punctuation"),
        pytest.param("the bank's plan", ["the", "bank", "plan"], id="a possessive is no letter"),
        pytest.param("Añejo café", ["anejo", "cafe"], id="accents"),
        pytest.param("ﬁnance ２０２６", ["finance", "2026"], id="ligatures and wide digits"),
        pytest.param("co\u00adoperate", ["cooperate"], id="a soft hyphen is inside its word"),
        pytest.param("snake_case", ["snake", "case"], id="an underscore parts words"),
        pytest.param("Ставка ЁЛКА", ["ставка", "елка"], id="Cyrillic"),
        pytest.param("بَنك البنكـــ", ["بنك", "البنك"], id="Arabic without points and stretching"),
        pytest.param("नीति बैंक", ["नीति", "बैंक"], id="vowel signs belong to their letters"),
        pytest.param("金利を維持", ["金利", "利を", "を維", "維持"], id="Japanese in twos"),
        pytest.param("が", ["が"], id="one sign alone, its voicing kept"),
        pytest.param("한국은행", ["한국", "국은", "은행"], id="Korean in twos"),
        pytest.param("EU向け15%関税", ["eu", "向け", "15", "関税"], id="scripts part words"),
        pytest.param("", [], id="nothing"),
        pytest.param("a — b", [], id="single letters tell nothing"),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_words_of_any_text_stay_the_same_when_taken_again(text: str) -> None:
    found = words(text)
    assert all(found), "no word is empty"
    assert words(text.upper().lower()) == words(text.upper().lower().upper().lower())
    assert words(f"{text} ") == found
