"""A file with another body is read as if its front matter were read again, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.reading.alone import Written
from mkdocs_briefings.reading.document import Document, open_document
from mkdocs_briefings.reading.rewritten import rewritten
from mkdocs_briefings.reading.written import read_written
from mkdocs_briefings.weighing import weighed

SETTINGS = (Settings(), Settings(lang="de", terms=True))
FRONT = """\
---
title: Reeds
author: ada-example
date: 2026-05-01
topics: [nature]
summary: Reeds are cut.
key_points:
  - text: One.
    section: cut
  - Two.
sources:
  - title: A report
  - title: Another
events:
  - {date: 2026-05-02, text: The cut ends., source: 2}
---
"""
UNTITLED = FRONT.replace("title: Reeds", "title:")
BODY = "Reeds are cut.[^1]\n\n## Cut\n\nBy hand.\n"


def opened(text: str) -> Document:
    document, _, _ = open_document("a.md", text.encode(), weighed)
    assert document
    return document


def both(
    before: str, after: str, settings: Settings = SETTINGS[0]
) -> tuple[Written | None, Written]:
    was = read_written(opened(before), settings)
    return rewritten(was, opened(after), settings), read_written(opened(after), settings)


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        f"{BODY}\nMore.[^2]\n",
        f"{BODY}\n[[there]] and <b>bold</b> and {chr(0x200B)}\n",
        f"{BODY}\n![](x.png)\n\n### Deep\n\n# High\n",
        f"\n\n{BODY}",
    ],
)
def test_another_body(body: str) -> None:
    now, whole = both(FRONT + BODY, FRONT + body)
    assert now == whole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FRONT + BODY, FRONT.replace("Two", "Three") + BODY),
        (FRONT + BODY, f"{FRONT}# Reeds\n\n{BODY}"),
        (FRONT + BODY, FRONT + BODY.replace("## Cut", "## Mown")),
        (FRONT + BODY, FRONT + BODY.replace("[^1]", "")),
        (FRONT + BODY, FRONT + BODY.replace("[^1]", "[^1][^3]")),
        (FRONT + BODY, FRONT),
        (FRONT, FRONT + BODY),
        (f"{UNTITLED}# Reeds\n\n{BODY}",) * 2,
        (f"{UNTITLED}# Reeds\n{BODY}", UNTITLED + BODY),
        (FRONT.replace("date: 2026-05-01\n", "") + BODY,) * 2,
        (FRONT + BODY.replace("## Cut", "## Mown"), FRONT + BODY),
    ],
    ids=[
        "another front matter",
        "a title in the text",
        "a section that is named is gone",
        "a source is cited no more",
        "a source that is not there is cited",
        "no text any more",
        "no text before",
        "the title is in the text",
        "the title was in the text",
        "no date",
        "a section was missing",
    ],
)
def test_what_may_be_more_is_left_to_a_whole_reading(before: str, after: str) -> None:
    now, _ = both(before, after)
    assert now is None


def test_problems_of_the_front_matter_stay() -> None:
    front = FRONT.replace("summary: Reeds are cut.\n", f"wrong: x\nplace: H{chr(0x200B)}\n")
    now, whole = both(front + BODY, f"{front}{BODY}\n<font>x</font>\n")
    assert now == whole
    assert len({problem.line for problem in whole.problems}) > 2


@pytest.mark.parametrize("settings", SETTINGS, ids=["en", "de, with terms"])
def test_real_articles_with_bodies_of_others(corpus: Path, settings: Settings) -> None:
    """Each has the body of the one before it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.rglob("*.md"))[::3]]
    lines = [opened(text).line - 1 for text in texts]
    taken = 0
    for n, text in enumerate(texts):
        front, body = text.split("\n")[: lines[n]], texts[n - 1].split("\n")[lines[n - 1] :]
        now, whole = both(text, "\n".join([*front, *body]), settings)
        assert now is None or now == whole, text
        taken += now is not None
    assert taken > len(texts) * 0.85, "nearly all are read so"
