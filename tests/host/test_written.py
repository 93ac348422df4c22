"""What a file was read as is kept whole, and what is no such thing is nothing."""

from __future__ import annotations

import pytest
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.host.written import WrittenCodec
from mkdocs_briefings.reading.document import light, open_document
from mkdocs_briefings.reading.written import Written, read_written

BODY = """
Die Schiffe zahlten früher mehr, sagt der Hafen – “zu viel”, meint die Krone; 河口 liegt weit.

See [[boats]] and [the rest](../2025/rest.md#why), which is told in two words: \\“quoted\\”.
"""
FRONT = "title: Tolls\nauthor: ada-example\ntopics: [tolls]\nevents: []\n"


def written(front: str, body: str) -> Written:
    document, _, _ = open_document("2026/a.md", f"---\n{front}---\n{body}".encode(), light)
    assert document
    return read_written(document, Settings())


@pytest.mark.parametrize(
    ("front", "body"),
    [
        pytest.param(f"{FRONT}date: 2026-05-02\n", BODY, id="a briefing"),
        pytest.param(f"{FRONT}date: 2026-05-02T10:00:00+02:00\n", "", id="no text"),
        pytest.param(FRONT, BODY, id="no record, but a text whose links are checked"),
    ],
)
def test_what_was_read_is_what_is_read_again(front: str, body: str) -> None:
    made, codec = written(front, body), WrittenCodec()
    again = codec.decode(codec.encode(made))
    assert again == made
    assert (made.record is None) is ("date" not in front)
    texts = (again.body.markdown, again.body.text, again.body.prose)
    assert texts == (made.body.markdown, made.body.text, made.body.prose)
    assert all(texts) is bool(body)


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 32, b"\xff" * 40], ids=["none", "zeros", "ones"])
def test_other_bytes_are_nothing(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        WrittenCodec().decode(spoilt)


def test_a_part_of_it_is_nothing() -> None:
    data = WrittenCodec().encode(written(f"{FRONT}date: 2026-05-02\n", BODY))
    for end in (10, 40, len(data) - 1):
        with pytest.raises(ValueError, match=r"."):
            WrittenCodec().decode(data[:end])
    with pytest.raises(ValueError, match=r"."):
        WrittenCodec().decode(data + b"!")
