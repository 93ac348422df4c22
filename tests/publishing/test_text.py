"""Addresses, moments and JSON shared by the machine outputs."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_briefings.publishing import text
from mkdocs_briefings.viewing.parts import Chrome

from .conftest import FOREIGN, URL, make_chrome


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("", URL, id="the front page is the site"),
        pytest.param("topics/tariffs/", f"{URL}topics/tariffs/", id="under the sub-path"),
        pytest.param("a/#part-2", f"{URL}a/#part-2", id="fragments stay"),
        pytest.param("https://other.example/x", "https://other.example/x", id="absolute stays"),
        pytest.param("関税/", f"{URL}%E9%96%A2%E7%A8%8E/", id="letters are encoded"),
        pytest.param("%E9%96%A2/", f"{URL}%E9%96%A2/", id="what is encoded stays"),
        pytest.param("a\"'<\\ b/", f"{URL}a%22%27%3C%5C%20b/", id="quotes and blanks are encoded"),
        pytest.param("javascript:alert(1)", f"{URL}javascript:alert(1)", id="no other scheme"),
    ],
)
def test_absolute(url: str, expected: str, chrome: Chrome) -> None:
    assert text.absolute(chrome, url) == expected
    assert text.uri(expected) == expected, "twice is once"


def test_a_site_without_address_has_no_absolute_ones(homeless: Chrome) -> None:
    assert text.absolute(homeless, "topics/tariffs/") == ""
    assert text.absolute(homeless, "https://other.example/") == "https://other.example/"


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        pytest.param("2026-03-17", "2026-03-17T00:00:00+00:00", id="a day is midnight UTC"),
        pytest.param("2026-03-17T09:30:00+02:00", "2026-03-17T09:30:00+02:00", id="zone stays"),
        pytest.param("2026-03-17T09:30:00Z", "2026-03-17T09:30:00+00:00", id="Z is UTC"),
        pytest.param("2026-03-17T09:30:00", "2026-03-17T09:30:00+00:00", id="no zone is UTC"),
    ],
)
def test_moment(iso: str, expected: str) -> None:
    assert text.moment(iso).isoformat() == expected


@FOREIGN
def test_json_script_reads_back_and_ends_no_script(text: str) -> None:
    from mkdocs_briefings.publishing.text import json_script

    written = json_script({"title": text, "list": [text]})
    assert json.loads(written) == {"title": text, "list": [text]}
    assert not set("<>&\u2028\u2029") & set(written)


def test_json_script_writes_no_number_that_json_lacks() -> None:
    assert text.json_script({"score": math.inf}) == '{"score":null}'


def test_clean_drops_only_what_xml_cannot_write() -> None:
    assert text.clean("a\x00b\x0bc\ud800d\uffffe") == "abcde"
    kept = "line\nnext\ttab é 関 🚢 \u2028 \u200d"
    assert text.clean(kept) == kept


@given(st.text(st.characters() | st.sampled_from("\x00\n\t\r\x0b\x1f\ud800\ufffe\uffff\uffeeab")))
def test_clean_looks_at_each_sign(found: str) -> None:
    kept = [c for c in found if not (c < " " and c not in "\t\n\r")]
    kept = [c for c in kept if not ("\ud800" <= c <= "\udfff" or c in "\ufffe\uffff")]
    assert text.clean(found) == "".join(kept)


def test_compact_keeps_zero_and_false() -> None:
    node: dict[str, object] = {
        "a": "",
        "b": None,
        "c": [],
        "d": {},
        "e": 0,
        "f": False,
        "g": "x",
        "h": (),
    }
    assert text.compact(node) == {"e": 0, "f": False, "g": "x"}


def test_root_names_what_needs_it() -> None:
    with pytest.raises(ValueError, match="a feed needs site_url"):
        text.root(make_chrome(url=""), "a feed")
