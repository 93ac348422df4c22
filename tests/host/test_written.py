"""What a file was read as is kept whole, and what is no such thing is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.catalog.briefing import Texts, held
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.host.written import WrittenCodec, texts_of
from mkdocs_briefings.reading.alone import Written
from mkdocs_briefings.reading.document import light, open_document
from mkdocs_briefings.reading.written import read_written

BODY = """
Die Schiffe zahlten früher mehr, sagt der Hafen – “zu viel”, meint die Krone; 河口 liegt weit.

See [[boats]] and [the rest](../2025/rest.md#why), which is told in two words: \\“quoted\\”.
"""
FRONT = "title: Tolls\nauthor: ada-example\ntopics: [tolls]\nevents: []\n"


def written(front: str, body: str) -> Written:
    document, _, _ = open_document("2026/a.md", f"---\n{front}---\n{body}".encode(), light)
    assert document
    return read_written(document, Settings())


def never(path: str) -> Texts:
    raise AssertionError(path)


def codec(store: Store, *, at_once: bool = False) -> WrittenCodec:
    return WrittenCodec(store, "texts", never, at_once=at_once)


@pytest.mark.parametrize("at_once", [False, True], ids=["asked for", "at once"])
@pytest.mark.parametrize(
    ("front", "body"),
    [
        pytest.param(f"{FRONT}date: 2026-05-02\n", BODY, id="a briefing"),
        pytest.param(f"{FRONT}date: 2026-05-02T10:00:00+02:00\n", "", id="no text"),
        pytest.param(FRONT, BODY, id="no record, but a text whose links are checked"),
    ],
)
def test_what_was_read_is_what_is_read_again(front: str, body: str, *, at_once: bool) -> None:
    made, store = written(front, body), Store(None, "")
    kept = codec(store).encode(made)
    again = codec(store, at_once=at_once).decode(kept)
    if at_once:
        store.close()
    assert again == made
    assert held(again.body) == held(made.body)
    assert (made.record is None) is ("date" not in front)
    texts = (again.body.markdown, again.body.text, again.body.prose)
    assert texts == (made.body.markdown, made.body.text, made.body.prose)
    assert all(texts) is bool(body)


def test_long_texts_are_read_when_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made, store = written(f"{FRONT}date: 2026-05-02\n", BODY), Store(None, "")
    kept = codec(store).encode(made)
    asked: list[str] = []
    get = store.get

    def noted(kind: str, key: str) -> bytes | None:
        asked.append(key)
        return get(kind, key)

    monkeypatch.setattr(store, "get", noted)
    again = codec(store).decode(kept)
    assert (again.slug, again.body.words) == ("a", made.body.words)
    assert asked == []
    assert (again.body.prose, again.body.markdown) == (made.body.prose, made.body.markdown)
    assert asked == ["2026/a.md"]


def test_long_texts_that_are_lost_are_those_of_the_file_if_it_has_them(tmp_path: Path) -> None:
    file = tmp_path / "2026" / "a.md"
    file.parent.mkdir()
    front = f"---\n{FRONT}date: 2026-05-02\n---\n"
    file.write_text(front + BODY, encoding="utf-8")
    made, store = written(f"{FRONT}date: 2026-05-02\n", BODY), Store(None, "")
    kept = codec(store).encode(made)

    def again() -> str:
        read = WrittenCodec(
            store, "texts", lambda path: texts_of(tmp_path, Settings(), path), at_once=False
        )
        return read.decode(kept).body.text

    for row in (b"", b"\0" * 24, b"\xff" * 60):
        store.put("texts", "2026/a.md", row)
        assert again() == made.body.text
        assert again() == made.body.text, "they are kept again"
    file.write_text(f"{front}Another text.", encoding="utf-8")
    assert again() == made.body.text
    store.put("texts", "2026/a.md", b"")
    with pytest.raises(OSError, match=r"2026/a\.md has changed since"):
        again()
    file.unlink()
    with pytest.raises(OSError, match=r"2026/a\.md"):
        again()


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 32, b"\xff" * 40], ids=["none", "zeros", "ones"])
def test_other_bytes_are_nothing(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        codec(Store(None, "")).decode(spoilt)


def test_a_part_of_it_is_nothing() -> None:
    store = Store(None, "")
    data = codec(store).encode(written(f"{FRONT}date: 2026-05-02\n", BODY))
    for end in (10, 40, len(data) - 1):
        with pytest.raises(ValueError, match=r"."):
            codec(store).decode(data[:end])
    with pytest.raises(ValueError, match=r"."):
        codec(store).decode(data + b"!")
