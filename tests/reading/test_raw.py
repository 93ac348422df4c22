"""Raw texts are taken apart as their writers meant them, and nothing in them is lost."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.reading import raw_blocks
from mkdocs_briefings.reading.nodes import Fault
from mkdocs_briefings.reading.raw import Raw, take_apart, text_of
from mkdocs_briefings.reading.raw_lines import dated, dateline, leftover
from mkdocs_briefings.reading.raw_names import byline
from mkdocs_briefings.rendering.extensions import DEFAULTS
from mkdocs_briefings.rendering.parser import parser

from .test_raw_escape import Shown, spaced

PARSER = parser(DEFAULTS, {})
ADA = ["Ada Example"]
ONE = (
    "The harbour office of Testhaven said on Monday that it would keep the old timetable, as "
    "nobody had asked for a new one and the boats were already painted."
)
TWO = (
    "That leaves the night ferry without a berth. Its captain, who was not asked, said that she "
    "would look for another harbour and did not expect to find one."
)
SPANISH = (
    "La oficina del puerto dijo el lunes que mantendría el horario de los transbordadores, porque "
    "nadie había pedido otro y los barcos ya estaban pintados."
)
FRENCH = (
    "Le bureau du port a dit lundi qu’il garderait l’ancien horaire des bateaux, parce que "
    "personne n’avait demandé un nouvel horaire et que les bateaux étaient déjà peints."
)
TITLE = "Harbour keeps the old timetable"


def apart(*blocks: str) -> Raw:
    return take_apart("\n\n".join(blocks) + "\n", "en")


def kinds(raw: Raw) -> list[tuple[int, str]]:
    return [(note.line, note.kind) for note in raw.notes]


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        pytest.param(f"{TITLE}\n\n{ONE}\n\nBy Ada Example", TITLE, ADA, id="at the end"),
        pytest.param(f"{TITLE}\nBy Ada Example\n\n{ONE}", TITLE, ADA, id="under the title"),
        pytest.param(f"\n\n \n{TITLE}\n\n{ONE}", TITLE, [], id="blank lines first"),
        pytest.param(f"# {TITLE}\n\n{ONE}", TITLE, [], id="a Markdown heading"),
        pytest.param(f"{TITLE}\n=====\n\n{ONE}", TITLE, [], id="an underlined heading"),
        pytest.param(f"Title: {TITLE}\nAuthor: Ada Example\n\n{ONE}", TITLE, ADA, id="labels"),
        pytest.param(f"{TITLE.upper()}\n\n{ONE}", TITLE.upper(), [], id="capitals are kept"),
        pytest.param(
            "Harbour keeps the old timetable as nobody asks\nfor another one this year\n\n" + ONE,
            "Harbour keeps the old timetable as nobody asks for another one this year",
            [],
            id="a title on two lines",
        ),
        pytest.param(f"{TITLE}\n{ONE}\n{TWO}", TITLE, [], id="no blank lines at all"),
        pytest.param(f"Home\n\n{TITLE}\n\n{ONE}", TITLE, [], id="a menu first"),
        pytest.param(f"{ONE}\n\n{TWO} {TWO}", "", [], id="a paragraph is no title"),
        pytest.param(
            f"{TITLE}\n\nBy Ada Example and Ben Sample\n\n{ONE}\n\nBy Ada Example",
            TITLE,
            ["Ada Example", "Ben Sample"],
            id="signed twice",
        ),
        pytest.param(
            f"{TITLE}\n\n{ONE}\n\n(Reporting by Ada Example in Testhaven; editing by Eve Muster)",
            TITLE,
            ADA,
            id="an agency's way",
        ),
        pytest.param(f"{TITLE}\n\n{ONE}\nBy Ada Example", TITLE, ADA, id="no line between"),
    ],
)
def test_title_and_byline(text: str, title: str, authors: list[str]) -> None:
    raw = take_apart(text, "en")
    assert raw.title == title
    assert raw.authors == authors
    assert ONE in [block.text for block in raw.blocks]


@pytest.mark.parametrize(
    ("line", "authors", "desk"),
    [
        ("By Ada Example", ADA, ""),
        ("BY ADA EXAMPLE", ["ADA EXAMPLE"], ""),
        ("By Ada Example, Ben Sample and Carla de la Prueba", 3, ""),
        ("By Ada Example | Trade Desk", ADA, "Trade Desk"),
        ("By Ada Example, Senior Correspondent", ADA, "Senior Correspondent"),
        ("By Ada E. Example Jr.", ["Ada E. Example Jr."], ""),
        ("By Ada Example.", ADA, ""),
        ("— Ada Example", ADA, ""),
        ("Por José Ejemplo y Ana Prueba", ["José Ejemplo", "Ana Prueba"], ""),
        ("Por José Ejemplo y Prueba", ["José Ejemplo y Prueba"], ""),
        ("By The Example Press", ["The Example Press"], ""),
        ("By the end of the week, all was over.", None, ""),
        ("By 2026 the harbour will be empty", None, ""),
        ("— and so it went", None, ""),
        ("Bypass Road", None, ""),
    ],
)
def test_byline(line: str, authors: list[str] | int | None, desk: str) -> None:
    found = byline(line, last=True)
    if authors is None:
        assert found is None
        return
    assert found is not None
    assert (len(found.authors) if isinstance(authors, int) else list(found.authors)) == authors
    assert found.desk == desk


def test_an_address_in_a_byline_is_kept_out_and_reported() -> None:
    raw = apart(TITLE, ONE, "By Ada Example (ada@example.org)")
    assert raw.authors == ADA
    assert "ada@example.org" not in raw_blocks.markdown(raw.blocks)
    assert "'ada@example.org' is not in the briefing" in raw.notes[-1].why


def test_leftovers_are_cut_and_named() -> None:
    raw = apart(
        TITLE, "3 min read", ONE, "Advertisement", TWO, "By Ada Example", "You May Also Like",
        "Another harbour opens", "A third one closes", "Share this article", "© 2026 The Example",
    )  # fmt: skip
    assert [block.text for block in raw.blocks] == [ONE, TWO]
    assert [(n.line, n.text) for n in raw.notes if n.kind == "cut"] == [
        (3, "3 min read"),
        (7, "Advertisement"),
        (13, "You May Also Like"),
        (15, "Another harbour opens"),
        (17, "A third one closes"),
        (19, "Share this article"),
        (21, "© 2026 The Example"),
    ]
    assert "rights" in raw.notes[-1].why


@pytest.mark.parametrize(
    "line",
    [
        "You may also like", "YOU MIGHT ALSO LIKE:", "## Related Articles", "Read more »",
        "Read more: Another harbour opens", "Subscribe to our newsletter!", "**Advertisement**",
        "Follow us on Example", "Más", "También te puede interesar", "Lire aussi", "5 min read",
    ],
)  # fmt: skip
def test_leftover(line: str) -> None:
    assert bool(leftover(line)) is (line != "Más")


@pytest.mark.parametrize(
    "line",
    [
        "Related to this is the price of paint, which has doubled since the spring.",
        "Share prices fell",
        "Subscribe to this view and you lose the harbour",
        "More boats will follow in the summer.",
        "Read the timetable before you come",
        ONE,
    ],
)
def test_prose_is_no_leftover(line: str) -> None:
    assert leftover(line) == ""


def test_a_word_that_may_be_a_heading_stays_and_is_reported() -> None:
    raw = apart(TITLE, ONE, "Advertising", TWO, "By Ada Example")
    assert "Advertising" in [block.text for block in raw.blocks]
    assert (5, "kept") in kinds(raw)


def test_prose_after_a_leftover_heading_is_kept() -> None:
    raw = apart(TITLE, ONE, "Related Articles", TWO)
    assert [block.text for block in raw.blocks] == [ONE, TWO]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 12 May 2025", "2025-05-12"),
        ("Monday, May 12, 2025 10:30 AM EST", "2025-05-12"),
        ("Published on May 12th, 2025 at 10:30 am", "2025-05-12"),
        ("Date: 2025-05-12", "2025-05-12"),
        ("12 de mayo de 2025", "2025-05-12"),
        ("31 February 2025", None),
        ("3/4/2025", None),
        ("The talks of 12 May 2025 failed", None),
    ],
)
def test_dated(line: str, day: str | None) -> None:
    found = dated(line)
    assert (found[0].day.isoformat() if found else None) == day


def test_days_are_proposed_the_surest_first_and_a_dateline_stays() -> None:
    start = "TESTHAVEN, 11 May 2025 (Example Press) — " + ONE
    raw = apart(TITLE, start, TWO, "By Ada Example", "Published 12 May 2025")
    assert raw.days == [(9, "2025-05-12", True), (3, "2025-05-11", False)]
    assert raw.blocks[0].text == start
    assert dateline("TESTHAVEN (Example Press) — " + ONE) is None


def test_a_dek_between_title_and_byline_is_the_summary() -> None:
    dek = "Nobody had asked for another one, the harbour office says"
    raw = apart(TITLE, dek, "By Ada Example", ONE)
    assert raw.summary == dek
    assert (3, "summary") in kinds(raw)
    assert apart(TITLE, dek, ONE, "By Ada Example").summary == "", "without a byline it is prose"


def test_foreign_paragraphs_are_marked() -> None:
    raw = apart(TITLE, ONE, SPANISH, TWO, FRENCH, ONE)
    assert [block.lang for block in raw.blocks] == ["", "es", "", "fr", ""]
    assert [(n.line, n.why) for n in raw.notes if n.kind == "lang"] == [(5, "es"), (9, "fr")]
    html = PARSER.reset().convert(raw_blocks.markdown(raw.blocks))
    assert f'<p lang="es">{SPANISH}</p>' in html
    assert f'<p lang="fr">{FRENCH}</p>' in html


def test_a_text_in_another_language_is_that_of_the_briefing() -> None:
    raw = apart("El puerto mantiene el horario", SPANISH, SPANISH, ONE)
    assert raw.lang == "es"
    assert [block.lang for block in raw.blocks] == ["", "", "en"]


def test_a_paragraph_written_from_right_to_left_says_so() -> None:
    arabic = (
        "قال مكتب الميناء يوم الاثنين إنه سيحتفظ بالجدول القديم للعبارات لأن أحدا لم يطلب جدولا "
        "جديدا ولأن القوارب قد طليت بالفعل قبل أسابيع"
    )
    raw = apart(TITLE, ONE, arabic, TWO, ONE)
    assert '{: lang="ar" dir="rtl" }' in raw_blocks.markdown(raw.blocks)


def test_headings_only_where_that_is_sure() -> None:
    raw = apart(TITLE, ONE, "What it costs", TWO, "Who pays for it?", ONE)
    assert [b.markdown() for b in raw.blocks if b.kind == "heading"] == [
        "## What it costs",
        "## Who pays for it?",
    ]
    alone = apart(TITLE, ONE, "What it costs", TWO)
    assert "heading" not in [block.kind for block in alone.blocks]
    assert (5, "kept") in kinds(alone)
    typed = apart(TITLE, ONE, "### What_it costs", TWO)
    assert typed.blocks[1].markdown() == "### What\\_it costs" or (
        typed.blocks[1].markdown() == "### What_it costs"
    )


@pytest.mark.parametrize(
    ("block", "written"),
    [
        ("- one\n- two *2*", "- one\n- two \\*2\\*"),
        ("• one\n• two", "- one\n- two"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("- one\n  goes on\n- two", "- one\n    goes on\n- two"),
        ("- one\n\n- two", "- one\n- two"),
        ("3. three\n4. four", "3\\. three\n4\\. four"),
        ("- one alone", "\\- one alone"),
        ("- one\n2. two", "\\- one\n2\\. two"),
    ],
)
def test_lists_only_where_that_is_sure(block: str, written: str) -> None:
    raw = apart(TITLE, ONE, block, TWO)
    assert raw_blocks.markdown(raw.blocks) == f"{ONE}\n\n{written}\n\n{TWO}\n"


def test_a_list_right_under_its_paragraph_stands_apart() -> None:
    raw = apart(TITLE, ONE[:80] + ":\n- one\n- two", TWO)
    assert [block.kind for block in raw.blocks] == ["text", "list", "text"]


def test_wrapped_paragraphs_stay_as_typed() -> None:
    wrapped = "\n".join(re.findall(r".{1,60}(?:\s|$)", TWO)).replace(" \n", "\n").strip()
    raw = apart(TITLE, wrapped)
    assert [block.text for block in raw.blocks] == [wrapped]


LINES = st.sampled_from(
    [
        TITLE, ONE, TWO, SPANISH, "By Ada Example", "— Ada Example", "You May Also Like", "Share",
        "Advertisement", "What it costs", "## What it costs", "- one", "- two", "1. one", "2. two",
        "* * *", "---", "    indented text", "Published 12 May 2025", "a short line", "# Title",
        "Key: value", "<script>alert(1)</script>", "[[a-slug]]", "| a | b |", "***", "", "", "",
        "Related Articles", "TESTHAVEN, 12 May 2025 — the boats", "> quoted", "term\u200b", "\x0c",
        "{: .danger }", "© 2026 The Example",
    ]
)  # fmt: skip


@settings(deadline=None)  # The first example loads the classifier.
@given(st.lists(LINES, max_size=16).map("\n".join))
def test_no_line_is_lost(text: str) -> None:
    raw = take_apart(text, "en")
    typed = {n: line for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    kept = {line.number for block in raw.blocks for line in block.lines}
    named = {n.line for n in raw.notes if n.kind not in {"lang", "heading", "list", "kept"}}
    in_title = {n for n, line in typed.items() if line.strip() in raw.title}
    assert set(typed) <= kept | named | in_title
    numbers = [line.number for block in raw.blocks for line in block.lines]
    assert numbers == sorted(set(numbers)), "once each, in their order"


@settings(deadline=None)  # The first example loads the classifier.
@given(st.lists(LINES, max_size=16).map("\n".join))
def test_every_block_is_shown_as_typed(text: str) -> None:
    raw = take_apart(text, "en")
    html = PARSER.reset().convert(raw_blocks.markdown(raw.blocks))
    expected = []
    for block in raw.blocks:
        for line in block.lines:
            marks = {"heading": r"\s*#{2,6}\s+", "list": r"\s*(?:[-*+•]|\d+\.)\s+"}
            expected.append(
                re.sub(f"^{marks[block.kind]}", "", line.text) if block.kind in marks else line.text
            )
    page = re.sub(r' (?:lang|dir)="[a-z]+"', "", html)
    page = re.sub(r'<h(\d) id="[^"]*">', r"<h\1>", page)
    assert spaced(Shown(page).words) == spaced("\n".join(expected))


@settings(deadline=None)  # The first example loads the classifier.
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_text_or_a_fault(data: bytes) -> None:
    try:
        text = text_of(data)
    except Fault:
        return  # Refused, with a place: see below.
    raw = take_apart(text, "en")
    written = raw.title + raw_blocks.markdown(raw.blocks)
    bad = {"\ufffe", "\uffff"} | {c for c in written if unicodedata.category(c) == "Cc"}
    assert not (set(written) & bad) - {"\n", "\t"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Café\r\nÜber\r".encode(), "Café\nÜber\n", id="line ends"),
        pytest.param("\ufeffCafé".encode(), "Café", id="a byte order mark"),
        pytest.param("Café\r\n".encode("utf-16"), "Café\n", id="UTF-16 with its mark"),
    ],
)
def test_text_of(data: bytes, text: str) -> None:
    assert text_of(data) == text


@pytest.mark.parametrize(
    ("data", "code", "place", "hint"),
    [
        pytest.param("Title\n\na café".encode("cp1252"), "not-utf8", (3, 6), "iconv", id="cp1252"),
        pytest.param("Title".encode("utf-16-le"), "not-utf8", (1, 1), "UTF-8", id="no mark"),
        pytest.param(b"\xff\xfeT", "not-utf8", (1, 1), "UTF-8", id="half a UTF-16"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "not-utf8", (1, 1), "UTF-8", id="a picture"),
        pytest.param(b"a" * (1 << 20) + b"b", "too-large", (1, 1), "", id="over a mebibyte"),
        pytest.param(b"---\ntitle: A\n---\n", "bad-file", (1, 1), "check", id="front matter"),
    ],
)
def test_what_is_refused(data: bytes, code: str, place: tuple[int, int], hint: str) -> None:
    with pytest.raises(Fault) as caught:
        text_of(data)
    assert caught.value.code == code
    assert (caught.value.line, caught.value.column) == place
    assert hint in caught.value.hint


def test_what_nobody_sees_leaves_the_title() -> None:
    raw = apart("Harbour\u202e keeps\u200b the timetable", ONE)
    assert raw.title == "Harbour keeps the timetable"
    assert {note.kind for note in raw.notes} >= {"removed", "title"}


@pytest.mark.parametrize(
    "unit",
    [
        "a\n\n",
        "- a\n",
        "By Ada Example\n\n",
        "Related\n\n",
        ONE + "\n\n",
        "word ",
        "A b\n\n",
        "1. a\n",
    ],
)
def test_long_texts_take_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        take_apart(f"{TITLE}\n\n" + unit * times, "en")
        return time.process_time() - start

    seconds(1)
    assert seconds(200_000 // len(unit)) < 4
