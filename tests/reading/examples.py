"""The examples of the problem codes, as CONTRIBUTING.md has them, and the files they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

STANDARD: Mapping[str, str] = {
    "title": "Rates held",
    "author": "ada-example",
    "date": "2026-03-17",
    "topics": "[banks]",
    "summary": "The bank kept its rate.",
}
"""Front matter of a briefing of which an example shows some lines."""

TEXT = "The bank kept its rate at 3 percent.\n"
NAME = "example.md"

_HEADING = re.compile(r"^### `([a-z0-9-]+)`$")
_FENCE = re.compile(r"^(?P<fence>`{3,})text (?P<kind>bad|good)(?P<words>[^\n]*)$")
_REPEATED = re.compile(r"⟨(.*?) × (\d+)⟩", re.DOTALL)
_MARKER = re.compile(r"^-- (.+) --$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A fenced block under the heading of a code."""

    code: str
    bad: bool
    place: str
    """`path:line:column` of the one problem; empty for a good example."""
    files: Mapping[str, bytes]
    line: int
    """Of the fence, in the document."""

    @property
    def id(self) -> str:
        return f"{self.code} {'bad' if self.bad else 'good'} line {self.line}"


def document() -> Path:
    """The file with the examples."""
    return ROOT / "CONTRIBUTING.md"


def headings() -> list[str]:
    """The codes that have a heading, in order."""
    found = map(_HEADING.match, document().read_text(encoding="utf-8").splitlines())
    return [heading[1] for heading in found if heading]


def examples() -> Iterator[Example]:
    """Every example of the document, in order."""
    code = ""
    rows = document().read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(rows, start=1):
        if heading := _HEADING.match(row):
            code = heading[1]
        if fence := _FENCE.match(row):
            block = "\n".join(rows[number : rows.index(fence["fence"], number)]) + "\n"
            words = _repeat(fence["words"]).split()
            flags = {word for word in words if word in {"whole", "escaped", "bytes"}}
            places = [word for word in words if word not in flags]
            place = places[0] if places else ""
            if re.fullmatch(r"\d+:\d+", place):
                place = f"{NAME}:{place}"
            yield Example(code, fence["kind"] == "bad", place, dict(_files(block, flags)), number)


def _files(block: str, flags: set[str]) -> Iterator[tuple[str, bytes]]:
    parts = _MARKER.split(_repeat(block))
    named = zip(parts[1::2], parts[2::2], strict=True) if len(parts) > 1 else [(NAME, parts[0])]
    for name, text in named:
        text = text.removeprefix("\n") if len(parts) > 1 else text
        if name.endswith(".md") and "whole" not in flags:
            text = _completed(text, page=name.startswith("pages/"))
        if "escaped" in flags:
            text = re.sub(r"\\u(20[0-9a-f]{2})", lambda found: chr(int(found[1], 16)), text)
        data = text.encode()
        if "bytes" in flags:
            data = re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), data)
        yield name, data


def _completed(text: str, *, page: bool) -> str:
    """A whole file from the lines that an example shows: those first, then the others."""
    shown, dashes, body = ("\n" + text).partition("\n---\n")
    shown = shown.removeprefix("\n").rstrip("\n")
    keys = {row.split(":")[0] for row in shown.splitlines()}
    keys |= {"author"} if "authors" in keys else set()
    rest = [f"{key}: {value}" for key, value in STANDARD.items() if key not in keys]
    rest = [row for row in rest if not page or row.startswith("title")]
    front = "\n".join([*([shown] if shown else []), *rest])
    return f"---\n{front}\n---\n{body if dashes else TEXT}"


def _repeat(text: str) -> str:
    return _REPEATED.sub(lambda found: found[1].replace("\\n", "\n") * int(found[2]), text)
