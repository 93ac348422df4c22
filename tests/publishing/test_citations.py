"""Citations: what other programs read in them is what the page says, whatever the texts hold."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from mkdocs_briefings.publishing.citations import (
    _SAFE,
    Citation,
    Cited,
    _quoted,
    bibtex,
    citation,
    citation_files,
    csl_json,
    ris,
)
from mkdocs_briefings.publishing.names import Name, name_of
from mkdocs_briefings.viewing.parts import AuthorRef, Chrome
from mkdocs_briefings.viewing.records import BriefingView

from .conftest import ADA, BO, DESK, FOREIGN, URL, make_briefing, make_chrome

VERSION = f"https://git.example/daily/blob/{'0a1b2c3d' * 5}/briefings/b%20c_d.md"
CSL_FIELDS = {
    *("id", "type", "title", "author", "container-title", "issued", "URL", "language", "note"),
}
"""Of the names that the schema of CSL JSON knows, those that we use."""


def made(**changes: Any) -> tuple[BriefingView, Chrome, Citation]:
    view, chrome = make_briefing(**changes), make_chrome()
    found = citation(view, chrome)
    assert found is not None
    return view, chrome, found


def as_bibtex(text: str) -> dict[str, str]:
    library = parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: " ".join(field.value.split()) for field in entry.fields}
    return {"ENTRYTYPE": entry.entry_type, "ID": entry.key, **fields}


def from_latex(text: str) -> str:
    """What LaTeX would print."""
    words = {"textbackslash": "\\", "textbraceleft": "\ue000", "textbraceright": "\ue001",
             "textasciitilde": "~", "textasciicircum": "^"}  # fmt: skip
    text = re.sub(r"\\([$&#_%])", r"\1", text)
    text = re.sub(r"\\(text[a-z]+)\{\}", lambda found: words[found[1]], text)
    return re.sub(r"[{}]", "", text).replace("\ue000", "{").replace("\ue001", "}")


def author(name: str, **changes: Any) -> AuthorRef:
    return AuthorRef(key="x", name=name, url="authors/x/", **changes)


@pytest.mark.parametrize(
    ("who", "parts"),
    [
        pytest.param(author("Ada Example"), ("Example", "Ada"), id="the last word is the family"),
        pytest.param(author("Ada  B.  Example"), ("Example", "Ada B."), id="spaces are one"),
        pytest.param(author("Lu de la Muestra"), ("de la Muestra", "Lu"), id="small words stay"),
        pytest.param(author("Ben Example Jr."), ("Example Jr.", "Ben"), id="a suffix stays"),
        pytest.param(author("Иван Пример"), ("Пример", "Иван"), id="in other letters"),
        pytest.param(author("Ada"), ("Ada", ""), id="one word is one name"),
        pytest.param(author("样本 小明"), ("样本 小明", ""), id="an order that is not known"),
        pytest.param(DESK, ("The Trade Desk", ""), id="a desk is not divided"),
        pytest.param(author("Muster Anna", family="Muster"), ("Muster", "Anna"), id="told: first"),
        pytest.param(author("Ana Ruiz Ejemplo", family="Ruiz Ejemplo"), ("Ruiz Ejemplo", "Ana"),
                     id="told: two words"),
        pytest.param(author("Ada Example", family="Other"), ("Ada Example", ""),
                     id="told what is not there"),
    ],
)  # fmt: skip
def test_names(who: AuthorRef, parts: tuple[str, str]) -> None:
    found = name_of(who)
    assert (found.family, found.given) == parts


def test_names_in_their_forms() -> None:
    ada, anna = Name("Example", "Ada-Marie B."), Name("Muster", "Anna", first=True)
    assert (ada.turned, ada.plain, ada.initials) == (
        "Example, Ada-Marie B.",
        "Ada-Marie B. Example",
        "Example, A.-M. B.",
    )
    assert (anna.heading, anna.plain, anna.turned) == ("Muster Anna", "Muster Anna", "Muster, Anna")


CHICAGO = [
    pytest.param(
        {},
        "Example, Ada, and The Trade Desk. “Quota review opens.” The Specimen & Daily, "
        f"17 March 2026, as updated 2 April 2026. {URL}briefings/2026/quota-review/",
        "Example, A., & The Trade Desk. (2026, March 17; updated 2026, April 2). Quota review "
        f"opens. The Specimen & Daily. {URL}briefings/2026/quota-review/",
        id="updated, by two",
    ),
    pytest.param(
        {"authors": (DESK,), "updated": None},
        f"The Trade Desk. “Quota review opens.” The Specimen & Daily, 17 March 2026. {URL}"
        "briefings/2026/quota-review/",
        f"The Trade Desk. (2026, March 17). Quota review opens. The Specimen & Daily. {URL}"
        "briefings/2026/quota-review/",
        id="a desk's first version",
    ),
    pytest.param(
        {"authors": (ADA, BO, DESK), "updated": None, "title": "Is “it” open?"},
        "Example, Ada, Bo Specimen, and The Trade Desk. “Is ‘it’ open?” The Specimen & Daily, "
        f"17 March 2026. {URL}briefings/2026/quota-review/",
        "Example, A., Specimen, B., & The Trade Desk. (2026, March 17). Is “it” open? "
        f"The Specimen & Daily. {URL}briefings/2026/quota-review/",
        id="three, and a question with quotes",
    ),
    pytest.param(
        {"authors": (), "updated": None},
        f"“Quota review opens.” The Specimen & Daily, 17 March 2026. {URL}"
        "briefings/2026/quota-review/",
        f"Quota review opens. (2026, March 17). The Specimen & Daily. {URL}"
        "briefings/2026/quota-review/",
        id="unsigned",
    ),
    pytest.param(
        {"authors": (DESK,), "number": "RP-2026-1"},
        "The Trade Desk. “Quota review opens.” Reference paper RP-2026-1, The Specimen & Daily, "
        f"17 March 2026, as updated 2 April 2026. {URL}briefings/2026/quota-review/",
        "The Trade Desk. (2026, March 17; updated 2026, April 2). Quota review opens (Reference "
        f"paper RP-2026-1). The Specimen & Daily. {URL}briefings/2026/quota-review/",
        id="a reference paper",
    ),
]


@pytest.mark.parametrize(("changes", "chicago", "apa"), CHICAGO)
def test_styles(changes: dict[str, Any], chicago: str, apa: str) -> None:
    _, _, found = made(**changes)
    assert found.texts == (("Chicago", chicago), ("APA", apa))


def test_a_crowd_is_cut_as_the_styles_ask() -> None:
    crowd = tuple(author(f"N{n} Example{n}") for n in range(1, 23))
    _, _, found = made(authors=crowd)
    chicago, apa = (text for _, text in found.texts)
    assert "N7 Example7, et al. “" in chicago
    assert "Example19, N., … Example22, N. (2026" in apa


def test_a_style_names_the_version_where_it_has_an_address() -> None:
    _, _, found = made(version_url=VERSION)
    page = f"{URL}briefings/2026/quota-review/"
    for _, text in found.texts:
        assert text.endswith(f" {page}. This version: {VERSION}")


def test_what_has_no_lasting_address_is_not_cited() -> None:
    assert citation(make_briefing(), make_chrome(url="")) is None
    assert citation(make_briefing(mark="draft"), make_chrome()) is None


def test_bibtex_says_what_the_page_says() -> None:
    view, chrome, _ = made(version_url=VERSION)
    entry = as_bibtex(bibtex(Cited.of(view, chrome)))
    assert entry == {
        "ENTRYTYPE": "online",
        "ID": "quota-review",
        "author": "Example, Ada and {The Trade Desk}",
        "title": "{Quota review opens}",
        "organization": r"The Specimen \& Daily",
        "date": "2026-03-17",
        "url": f"{URL}briefings/2026/quota-review/",
        "note": "Updated 2 April 2026. This version: \\url{" + VERSION.replace("%", r"\%") + "}",
    }


def test_ris_says_what_the_page_says() -> None:
    view, chrome, _ = made(version_url=VERSION)
    text = ris(Cited.of(view, chrome))
    assert text.endswith("ER  - \r\n")
    assert re.fullmatch(r"(?:[A-Z][A-Z0-9]  - [^\r\n]*\r\n)+", text)
    (entry,) = rispy.loads(text)
    assert entry["type_of_reference"] == "ELEC"
    assert entry["authors"] == ["Example, Ada", "The Trade Desk"]
    assert entry["title"] == view.title
    assert entry["secondary_title"] == chrome.name
    assert (entry["year"], entry["date"]) == ("2026", "2026/03/17")
    assert entry["language"] == "en"
    assert entry["urls"] == [f"{URL}briefings/2026/quota-review/"]
    assert entry["notes"] == [f"Updated 2 April 2026. This version: {VERSION}"]


def test_csl_json_says_what_the_page_says() -> None:
    view, chrome, _ = made(version_url=VERSION, lang="es")
    (item,) = json.loads(csl_json(Cited.of(view, chrome)))
    assert set(item) == CSL_FIELDS
    assert item["author"] == [{"family": "Example", "given": "Ada"}, {"literal": "The Trade Desk"}]
    assert item["issued"] == {"date-parts": [[2026, 3, 17]]}
    assert (item["title"], item["container-title"]) == (view.title, chrome.name)
    assert (item["URL"], item["language"]) == (f"{URL}briefings/2026/quota-review/", "es")
    assert item["note"] == f"Updated 2 April 2026. This version: {VERSION}"


def test_a_reference_paper_is_a_report_with_its_number() -> None:
    """In the fields in which reference managers keep number and kind of a report."""
    view, chrome, _ = made(number="RP & 1")
    entry = as_bibtex(bibtex(Cited.of(view, chrome)))
    assert (entry["ENTRYTYPE"], entry["type"]) == ("report", "Reference paper")
    assert (entry["number"], entry["institution"]) == (r"RP \& 1", r"The Specimen \& Daily")
    assert "organization" not in entry
    (record,) = rispy.loads(ris(Cited.of(view, chrome)))
    assert (record["type_of_reference"], record["type_of_work"]) == ("RPRT", "Reference paper")
    # The tag that is an ISSN of a journal is the number of a report.
    assert (record["issn"], record["publisher"]) == ("RP & 1", chrome.name)
    (item,) = json.loads(csl_json(Cited.of(view, chrome)))
    assert set(item) == CSL_FIELDS - {"container-title"} | {"genre", "number", "publisher"}
    assert (item["type"], item["genre"], item["number"]) == ("report", "Reference paper", "RP & 1")
    assert item["publisher"] == chrome.name


LATEX = r"50% of $5 & #1_{x}^~ \input{/etc/passwd} }{ } @online{y,"
TRICKS = pytest.mark.parametrize("text", [LATEX, "A\r\nER  - \r\nTY  - NEWS", "a\n},\n@x{y,"])


def one_line(text: str) -> str:
    return " ".join(text.split())


@TRICKS
def test_no_title_breaks_out_of_its_field(text: str) -> None:
    check_texts(text)


@FOREIGN
def test_texts_come_out_as_they_went_in(text: str) -> None:
    check_texts(text)


def check_texts(text: str) -> None:
    wanted = unicodedata.normalize("NFC", one_line(text))
    who = author(f"Ada {text}", desk=True)
    view, chrome = make_briefing(title=text, authors=(who,)), make_chrome(name=text)
    entry = as_bibtex(bibtex(Cited.of(view, chrome)))
    assert one_line(from_latex(entry["title"])) == wanted
    assert one_line(from_latex(entry["author"])) == f"Ada {wanted}"
    assert one_line(from_latex(entry["organization"])) == wanted
    (record,) = rispy.loads(ris(Cited.of(view, chrome)))
    assert (record["title"], record["secondary_title"]) == (wanted, wanted)
    (item,) = json.loads(csl_json(Cited.of(view, chrome)))
    assert (item["title"], item["author"]) == (wanted, [{"literal": f"Ada {wanted}"}])


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        pytest.param("quota-review", r"quota-review", id="a plain slug"),
        pytest.param("関税", r"briefing-[0-9a-f]{8}", id="one without a letter of ASCII"),
        pytest.param("café-zölle", r"caf-zlle-[0-9a-f]{8}", id="one with some"),
    ],
)
def test_keys_are_ascii_and_keep_slugs_apart(slug: str, key: str) -> None:
    found = as_bibtex(bibtex(Cited.of(make_briefing(slug), make_chrome())))["ID"]
    assert re.fullmatch(key, found)


@pytest.mark.parametrize(
    ("at", "label", "write"),
    [(0, "BibTeX", bibtex), (1, "RIS", ris), (2, "CSL JSON", csl_json)],
)
def test_a_link_holds_its_file(at: int, label: str, write: Callable[[Cited], str]) -> None:
    view, chrome, found = made(title="Zölle & “Häfen” 関税 'x'")
    file = found.files[at]
    kind, _, content = file.url.partition(",")
    assert file.label == label
    assert re.fullmatch(r"data:application/[a-z.+-]+", kind)
    assert unquote(content) == write(Cited.of(view, chrome))
    assert re.fullmatch(r"[!-~]*", content)
    assert not set(content) & set("#<>\"'&{}")


def test_a_link_leads_to_its_file_where_the_view_says_so() -> None:
    place = "assets/citations/z%C3%B6lle"
    view, chrome, found = made(slug="zölle", title="Zölle & “Häfen”", citations=place)
    assert citation_files(view, chrome) == {
        f"{place}.bib": bibtex(Cited.of(view, chrome)).encode(),
        f"{place}.ris": ris(Cited.of(view, chrome)).encode(),
        f"{place}.json": csl_json(Cited.of(view, chrome)).encode(),
    }
    assert [(file.url, file.name) for file in found.files] == [
        (f"{place}.{ending}", f"zölle.{ending}") for ending in ("bib", "ris", "json")
    ]


def test_no_file_holds_what_no_page_links_to() -> None:
    assert citation_files(make_briefing(), make_chrome()) == {}
    kept = make_briefing(citations="assets/citations/quota-review")
    assert citation_files(kept, make_chrome(url="")) == {}
    draft = make_briefing(citations="assets/citations/quota-review", mark="draft")
    assert citation_files(draft, make_chrome()) == {}


@pytest.mark.parametrize(
    "text", ["".join(map(chr, range(128))), "100 % of \r\n\t{a}", "%25 %", "é %", "稲\x00"]
)
def test_an_address_that_is_a_file_holds_it_byte_for_byte(text: str) -> None:
    assert _quoted(text) == quote(text, safe=_SAFE)
    assert unquote(_quoted(text)) == text
