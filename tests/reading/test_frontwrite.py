"""Front matter that is written reads back as the same text, in plain YAML and with our reader."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs_briefings.reading.frontwrite import KEY_ORDER, front_matter
from mkdocs_briefings.reading.handler import HANDLER

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
LOOKALIKES = st.text(string.digits + ":.-+_eExonyNOtrufalsl~#'\"&*!|>%@`[]{},? ", min_size=1)


@given(WORDS | LOOKALIKES)
@example("no")
@example("NaN")
@example("1.10")
@example("12:30")
@example("0x1F")
@example("2026-13-45")
@example("Rates: held")
@example("C# is sharp")
@example("ends with colon:")
@example("a #b")
@example('say "it\'s"\\')
@example("\u0085\u2028\ufeff")
@example("=")
@example("<<")
def test_text_is_read_back_as_typed(text: str) -> None:
    written = front_matter({"title": text, "topics": [text, "b"], "sources": [{"title": text}]})
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        # Plain YAML in Python and in C, which the reader builds on: both must agree.
        read = yaml.load(written, Loader=loader)
        assert read == {"title": text, "topics": [text, "b"], "sources": [{"title": text}]}
    front, body = HANDLER.split(f"---\n{written}---\n\nText.\n")
    assert HANDLER.load(front) == {
        "title": text,
        "topics": [text, "b"],
        "sources": [{"title": text}],
    }
    assert body == "\nText.\n"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(
            {"topics": ["trade"], "author": "ada-example", "title": "Rates held"},
            "title: Rates held\nauthor: ada-example\ntopics: [trade]\n",
            id="keys come in the canonical order",
        ),
        pytest.param(
            {"title": "Rates: held", "why": "It's due"},
            "title: 'Rates: held'\nwhy: It's due\n",
            id="quotes stand only where they are needed",
        ),
        pytest.param(
            {"title": "2026 in review", "why": "2026", "place": "“Harbour”, (north)"},
            "title: 2026 in review\nwhy: '2026'\nplace: “Harbour”, (north)\n",
            id="a number is quoted, words after a number are not",
        ),
        pytest.param(
            {"date": date(2026, 3, 1), "updated": datetime(2026, 3, 2, 9, 30, tzinfo=UTC)},
            "date: 2026-03-01\nupdated: 2026-03-02T09:30:00+00:00\n",
            id="dates are ISO 8601",
        ),
        pytest.param(
            {"title": "A", "summary": None, "aliases": [], "image": {}, "draft": True},
            "title: A\ndraft: true\n",
            id="what is empty is left out",
        ),
        pytest.param(
            {"events": [{"date": date(2026, 3, 1), "text": "Talks, again", "key": True}]},
            "events:\n  - date: 2026-03-01\n    text: Talks, again\n    key: true\n",
            id="records in a list stand under their dash",
        ),
        pytest.param(
            {"authors": ["Example, Ada", "Ben Sample"]},
            "authors:\n  - Example, Ada\n  - Ben Sample\n",
            id="an item with a comma gets a line of its own",
        ),
    ],
)
def test_layout(record: dict[str, Any], expected: str) -> None:
    assert front_matter(record) == expected


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="U\\+D800"):
        front_matter({"title": "a\ud800"})
    with pytest.raises(TypeError, match="object"):
        front_matter({"title": object()})
    with pytest.raises(TypeError, match="list in a list"):
        front_matter({"topics": [["a"]]})


def test_every_key_of_the_record_is_ordered_once() -> None:
    assert len(set(KEY_ORDER)) == len(KEY_ORDER)
    assert KEY_ORDER[:5] == ("title", "author", "authors", "date", "topics")
