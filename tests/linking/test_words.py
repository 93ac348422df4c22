from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.linking.words import APART, _words_of_any_script, plain, plain_words, words


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


@pytest.mark.parametrize(
    "text",
    [
        "The café’s “rates”: ½ of ™ and ®, co\u00adoperate — Ñandú\u200b",
        "a\u0301 e\u0345 \u0301x ﬁ ß İ ŉ ″ ⁄ 1⁄4 ⅓ \u200e ʼn",
        "Ставка, ø, æ and 金利",
        "🙂 and a\ufe0f, ✓ done",
    ],
)
def test_texts_in_ascii_have_the_words_that_any_script_has(text: str) -> None:
    assert words(text) == _words_of_any_script(text)


SIGNS = "aB1é’½™\u0301\u0345\u200b\u00ad\ufe0fßøŉ″\u2044 金🙂ǅΩ\u0327=\u0338İ"


@given(st.text(st.sampled_from(SIGNS)))
def test_texts_of_few_signs_have_the_words_that_any_script_has(text: str) -> None:
    assert words(text) == _words_of_any_script(text)


def test_each_sign_is_in_ascii_what_it_is_in_any_word() -> None:
    for code in range(0x110000):
        text = f"ab{chr(code)}cd {chr(code)}"
        if (told := plain(text)) is not None:
            assert told.isascii(), hex(code)
            assert words(told) == _words_of_any_script(text), hex(code)


@given(st.lists(st.text()))
def test_plain_words_are_those_of_each_text(texts: list[str]) -> None:
    told = [one for one in map(plain, texts) if one is not None]
    found: list[list[bytes]] = [[]]
    for word in plain_words(told):
        if word == APART:
            found.append([])
        elif len(word) > 1:
            found[-1].append(word)
    assert found.pop() == []
    assert [[word.decode() for word in own] for own in found] == list(map(words, told))
