"""Faults that are planted in a sound folder are all told, each at its line, in one run."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_briefings.checking import problems
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.weighing import weighed

FRONT = {
    "title": "A title",
    "author": "ada",
    "date": "2026-05-01",
    "topics": "[money]",
    "summary": "Short.",
}
REGISTRIES = {
    "topics.yml": ["money:", "  title: Money"],
    "authors.yml": ["ada:", "  name: Ada Example"],
    "storylines.yml": ["review:", "  title: The review"],
}


@dataclass(frozen=True)
class Fault:
    """A line that is wrong, and what is told of it."""

    code: str
    line: str
    """As planted; empty where the line of the key is taken out, which is told in line 1."""
    key: str = ""
    """Key of the front matter whose line it takes the place of; else it is added."""


ADDED = (
    Fault("unknown-key", "sumary: x"),
    Fault("unknown-key", "template: x"),
    Fault("duplicate-key", "title: Another"),
    Fault("bad-value", "status: nowhere"),
    Fault("bad-type", "draft: maybe"),
    Fault("bad-lang", "lang: English"),
    Fault("unknown-storyline", "storyline: nothing"),
)
INSTEAD = (
    Fault("hidden-characters", "title: 'A\u200btitle'", "title"),
    Fault("bidi-characters", "title: 'A\u202etitle'", "title"),
    Fault("missing-title", "", "title"),
    Fault("unknown-author", "author: Nobody", "author"),
    Fault("missing-author", "", "author"),
    Fault("bad-date", "date: 2026-13-45", "date"),
    Fault("missing-date", "", "date"),
    Fault("unknown-topic", "topics: [nothing]", "topics"),
    Fault("missing-topics", "", "topics"),
    Fault("control-characters", 'summary: "a\\u0007b"', "summary"),
)
WRITTEN = (
    Fault("bad-link", "A [dead](nothing.md) link."),
    Fault("bad-link", "A [[nothing]] link."),
    Fault("bad-anchor", "An [anchor](#nothing) that is not there."),
    Fault("bad-anchor", "An [anchor](sound.md#nothing) elsewhere."),
    Fault("unknown-source", "A number without a source.[^{number}]"),
    Fault("unsafe-html", 'A <b onclick="x()">handler</b>.'),
    Fault("unsafe-html", "A [program](javascript:x)."),
    Fault("remote-image", "A ![picture](https://a.example/x.png)."),
)
REGISTERED = (
    Fault("unknown-key", "  colour: red"),
    Fault("duplicate-key", "  {key}: Again"),
)
Planted = tuple[list[Fault], list[Fault], list[Fault]]
FILES: st.SearchStrategy[Planted] = st.tuples(
    st.lists(st.sampled_from(INSTEAD), unique_by=lambda fault: fault.key),
    st.lists(st.sampled_from(ADDED), unique=True),
    st.lists(st.sampled_from(WRITTEN)),
)


def written(planted: Planted) -> tuple[list[str], set[tuple[str, int]]]:
    """The lines of a briefing with faults, and code and line of each."""
    instead, added, body = planted
    lines, told = ["---"], set()
    by_key = {fault.key: fault for fault in instead}
    for key, value in FRONT.items():
        fault = by_key.get(key)
        if fault is None:
            lines.append(f"{key}: {value}")
        elif fault.line:
            lines.append(fault.line)
            told.add((fault.code, len(lines)))
        else:
            told.add((fault.code, 1))
    for fault in added:
        if fault.code == "duplicate-key" and not any(line.startswith("title:") for line in lines):
            continue
        lines.append(fault.line)
        told.add((fault.code, len(lines)))
    lines += ["---", "Sound text."]
    for fault in body:
        # A source that is missing is told where it is cited first: each is another one.
        lines += ["", fault.line.format(number=len(lines))]
        told.add((fault.code, len(lines)))
    return lines, told


def registered(name: str, faults: Sequence[Fault]) -> tuple[list[str], set[tuple[str, int]]]:
    """The lines of a registry with faults, and code and line of each."""
    lines, told = list(REGISTRIES[name]), set()
    key = lines[-1].strip().partition(":")[0]
    for fault in faults:
        lines.append(fault.line.format(key=key))
        told.add((fault.code, len(lines)))
    return lines, told


@settings(max_examples=120, deadline=None)
@given(
    st.lists(FILES, min_size=1, max_size=4),
    st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(REGISTERED), unique=True) for name in REGISTRIES}
    ),
)
def test_p10_planted_faults_are_all_told_where_they_are(
    briefings: list[Planted], registries: Mapping[str, list[Fault]]
) -> None:
    made = {f"b{number}.md": written(planted) for number, planted in enumerate(briefings)}
    made |= {name: registered(name, faults) for name, faults in registries.items()}
    made["sound.md"] = written(([], [], []))
    with tempfile.TemporaryDirectory() as folder:
        for name, (lines, _) in made.items():
            (Path(folder) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = problems(read(Path(folder), weigh=weighed))
    planted = {(name, *fault) for name, (_, told) in made.items() for fault in told}
    assert planted - {(p.path, p.code, p.line) for p in found} == set()
    assert len(found) >= len(planted)
    assert [p for p in found if p.path == "sound.md"] == []
    assert all(p.hint and p.column >= 1 for p in found)
