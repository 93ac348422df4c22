"""A real archive under the keys of another program comes back byte for byte."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.fixing.folder import Recent, mend_folder
from mkdocs_briefings.reading.folder import REGISTRIES
from mkdocs_briefings.reading.read import read

pytestmark = pytest.mark.archive

EVERY = 4
"""Of so many articles one is taken."""
FOREIGN = {"topics": "tags", "author": "byline", "summary": "description",
           "date": "publishDate", "sources": "references", "aliases": "redirect_from"}  # fmt: skip


def foreign(text: str, number: int) -> str:
    """An article as another program has it; the same thing done in another way for each number."""
    front, dashes, body = text.removeprefix("---\n").partition("\n---\n")
    for ours, theirs in FOREIGN.items():
        front = re.sub(rf"^{ours}:", f"{theirs}:", front, flags=re.MULTILINE)

    def written(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[2])
        forms = f"{day.day} {day:%B %Y}", f"{day:%a, %b} {day.day}, {day.year}", f"{day:%Y/%m/%d}"
        return f"{found[1]}{forms[number % 3]}"

    front = re.sub(r"^(publishDate: )(\d{4}-\d\d-\d\d)$", written, front, flags=re.MULTILINE)
    return f"---\n{front}{dashes}{body}".rstrip("\n")


def test_an_archive_comes_back(corpus: Path, tmp_path: Path) -> None:
    for name in REGISTRIES:
        if (corpus / name).exists():
            (tmp_path / name).write_bytes((corpus / name).read_bytes())
    whole: dict[str, bytes] = {}
    for number, path in enumerate(sorted(corpus.rglob("*.md"))[::EVERY]):
        name = path.relative_to(corpus).as_posix()
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
        theirs = foreign(text, number)
        if number % 2:
            text, theirs = (t.replace("\n", "\r\n") for t in (text, theirs))
        if number % 5 == 0:
            text, theirs = f"\ufeff{text}", f"\ufeff{theirs}"
        whole[name] = text.encode()
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(theirs.encode())
        assert theirs != text
    assert len(whole) > 500
    recent = Recent()
    reading = read(tmp_path, Settings(), None, recent)
    changed, after = mend_folder(tmp_path, Settings(), {}, reading, recent)
    wrong = [name for name, data in whole.items() if changed[name].after != data]
    assert not wrong, (wrong[:3], changed[wrong[0]].after[:800].decode())
    again, _ = mend_folder(tmp_path, Settings(), {}, after, recent)
    assert not [name for name in again if again[name].after != changed[name].after]
    assert len(after.catalog.briefings) == len(whole)
    assert not reading.catalog.briefings, "without a date there was none"
