"""The whole way of a file from its bytes to a page and a feed, in this process: for fuzzing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mkdocs_briefings.catalog.problem import Problem
from mkdocs_briefings.checking import problems
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href
from mkdocs_briefings.rendering.sanitise import absolute, sanitise
from mkdocs_briefings.weighing import weighed

from ..rendering import judge

RENDERER = BodyRenderer()
NAMES = ("x.md", "index.md", "pages/x.md", "editions/x.md", "topics.yml", "authors.yml",
         "storylines.yml", "glossary.yml")  # fmt: skip
"""Every kind of file that is read."""


def send(data: bytes, name: str = "x.md") -> tuple[tuple[Problem, ...], list[str]]:
    """Read, link and render a file; gives its problems, and what is wrong with what was made.

    Whatever the bytes are, nothing is raised.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        reading = read(Path(folder), weigh=weighed)
        found = problems(reading)
        connect(reading.catalog)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    faults = [f"outside of the file: {p}" for p in found if not 1 <= p.line <= lines + 1]
    for briefing in reading.catalog.briefings.values():
        text = briefing.body.markdown
        html = RENDERER.render(text, lambda *_: Href(url="../x/", title="x"), lang="en").html
        faults += judge.active(html)
        again = sanitise(sanitise(html))
        if again != sanitise(html):
            faults.append("sanitising it again changes it")
        faults += judge.active(absolute(html, "https://briefings.example/x/"))
    return found, faults
