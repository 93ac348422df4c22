"""Previews of what a branch changes: one page that shows each changed page before and after.

The previews are pages as a build makes them, but without scripts, pictures of the content, and
what the site's own theme changes: nothing of a proposal is run. They stand in frames that may run,
load and open nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from mkdocs.utils import get_theme_dir

from ..comparing.marking import Run, marked
from ..comparing.records import Comparison, PageChange
from ..comparing.state import State
from ..composing.composer import NO_BODY, Composer
from ..composing.inputs import Frame
from ..rendering.assets import published_assets
from ..rendering.extensions import DEFAULTS
from ..viewing.make import Views
from ..viewing.records import View
from .assemble import THEME, Assembled
from .events import installed, templates
from .inputs import Inputs

MOST = 60
"""Pages that are shown; the rest are counted."""
BEFORE, AFTER = "before", "after"

_STYLE = """
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #0f1513);
  --ink: light-dark(#161b19, #e8eeeb);
  --quiet: light-dark(#55605c, #a3aeaa);
  --line: light-dark(#d5dbd8, #3a4441);
  --soft: light-dark(#f4f6f5, #1a211f);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: 1.5rem clamp(1rem, 3vw, 3rem);
  font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
}
h1 { font-size: 1.5rem; }
h2 { margin: 0; font-size: 1.2rem; overflow-wrap: anywhere; }
a { color: light-dark(#0b5d4e, #7fd1bd); }
nav ol { padding-inline-start: 1.8rem; }
p { margin: 0.4rem 0 1rem; color: var(--quiet); overflow-wrap: anywhere; }
section {
  border-block-start: 1px solid var(--line);
  margin-block-start: 2rem;
  padding-block-start: 1.5rem;
}
.text {
  max-inline-size: 75ch;
  max-block-size: 24rem;
  margin-block-end: 1.2rem;
  padding: 0.75rem 1rem;
  overflow: auto;
  overflow-wrap: anywhere;
  white-space: pre-line;
  background: var(--soft);
}
ins { background: light-dark(#d3f0dc, #17432a); }
del { background: light-dark(#fbdcd7, #5a231b); }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(2, minmax(0, 1fr)); }
@media (width < 56rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
figure { margin: 0; }
figcaption { margin-block-end: 0.4rem; font-weight: 600; }
iframe {
  inline-size: 100%;
  block-size: min(80vh, 44rem);
  border: 1px solid var(--line);
  background: var(--paper);
}
"""
_FRAMES = "frame-src 'self'; "
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_LOADED = re.compile(
    r'<script src=[^>]*></script>|<link rel="(?:preload|icon|apple-[a-z-]+)"[^>]*>'
)
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>')


@dataclass(frozen=True, slots=True)
class Side:
    """One of two states, with what makes its pages."""

    name: str
    views: Mapping[str, View]
    inputs: Inputs
    composer: Composer

    @classmethod
    def of(cls, name: str, state: State) -> Side:
        chrome = replace(state.chrome, search_url="", card="")
        site = Assembled(
            catalog=state.catalog,
            graph=state.graph,
            shelf=state.shelf,
            chrome=chrome,
            addresses=state.addresses,
            views=Views.made(state.shelf, state.views),
            assets={},
            held_back=frozenset(),
            until=datetime.max,
            redirects={},
            problems=(),
            engine=None,
        )
        frame = Frame(
            chrome=chrome,
            templates=templates([str(THEME)]),
            behind=(installed(get_theme_dir("material")),),
            extensions=DEFAULTS,
        )
        views = {view.url: view for view in state.views}
        return cls(name, views, Inputs.of(site), Composer(frame))

    def page(self, address: str) -> bytes | None:
        """The page at an address; None where there is none."""
        if address not in self.views:
            return None
        page = self.inputs.page(self.views[address])
        body = self.composer.body(page.body) if page.body else NO_BODY
        return _alone(self.composer.page(page.view, body, base="./").decode()).encode()

    def text(self, address: str) -> str:
        """The running text of the page at an address."""
        view = self.views.get(address)
        body = self.inputs.texts.get(view.source) if view and view.source else None
        return body.text if body else ""


def write_previews(folder: Path, found: Comparison, before: State, after: State) -> None:
    """Write the page and its previews.

    Args:
        folder: New or empty.
        found: What differs.
        before: The site without the branch.
        after: The site with it.
    """
    sides = Side.of(BEFORE, before), Side.of(AFTER, after)
    for side in sides:
        (folder / side.name).mkdir(parents=True)
    sections = []
    for number, page in enumerate(found.pages[:MOST], 1):
        frames = []
        for side, address in zip(sides, (page.former, page.address), strict=True):
            content = None if (side.name, page.change) in _ABSENT else side.page(address)
            if content is not None:
                (folder / side.name / f"{number}.html").write_bytes(content)
            frames.append(_frame(side.name, number, page, there=content is not None))
        runs = marked(sides[0].text(page.former), sides[1].text(page.address))
        if page.change in {"added", "removed", "follows"}:
            runs = ()  # All of it, or nothing.
        sections.append(_section(number, page, runs, frames))
    html = _page(found, sections)
    (folder / "index.html").write_text(html, encoding="utf-8")


_ABSENT = frozenset({(BEFORE, "added"), (AFTER, "removed")})


def _alone(html: str) -> str:
    """A page that loads nothing: opened from a folder, in a frame without an origin, it could not
    load its stylesheet. Its policy allows that one sheet and nothing else."""
    head, end, rest = html.partition("</head>")
    sheet = _sheet()
    head = _POLICY.sub(_policy(sheet), _LOADED.sub("", head), count=1)
    head = _SHEET.sub(lambda _: f"<style>{sheet}</style>", head, count=1)
    # No text has such an element in it: bodies are sanitised, and all else is escaped.
    return f"{head}{end}{_LOADED.sub('', rest)}"


@cache
def _sheet() -> str:
    # Without the typefaces, which are files: those of the reader's system stand in.
    css = published_assets(THEME)["assets/briefings.css"].decode()
    return re.sub(r"@font-face\{[^}]*\}", "", css)


def _policy(style: str, more: str = "") -> str:
    """A policy under which this style applies, and nothing else but `more` may be."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; {more}base-uri 'none'; form-action 'none'\">"
    )


def _frame(side: str, number: int, page: PageChange, *, there: bool) -> str:
    if not there:
        return f"<figure><figcaption>{side.title()}</figcaption><p>No such page.</p></figure>"
    title = escape(f"{side.title()}: {page.title}")
    return (
        f'<figure><figcaption>{side.title()}</figcaption><iframe src="{side}/{number}.html"'
        f' title="{title}" sandbox="" loading="lazy" referrerpolicy="no-referrer"></iframe>'
        "</figure>"
    )


def _section(number: int, page: PageChange, runs: Sequence[Run], frames: Sequence[str]) -> str:
    where = escape(page.address or "/")
    if page.former != page.address:
        where = f"{escape(page.former or '/')} → {where}"
    fields = f": {escape(', '.join(page.fields))}" if page.fields else ""
    text = f'<div class="text" tabindex="0">{"".join(_words(runs))}</div>' if runs else ""
    return (
        f'<section id="page-{number}"><h2>{escape(page.title)}</h2>'
        f"<p>{_change(page)}{fields} · {page.kind} · {where}</p>"
        f'{text}<div class="pair">{"".join(frames)}</div></section>'
    )


def _change(page: PageChange) -> str:
    return "shows something of what changed" if page.change == "follows" else str(page.change)


def _words(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        text = escape(run.text)
        if run.kind == "added":
            yield f"<ins>{text}</ins> "
        elif run.kind == "removed":
            yield f"<del>{text}</del> "
        else:
            yield "… " if run.kind == "left-out" else f"{text} "


def _page(found: Comparison, sections: Sequence[str]) -> str:
    more = len(found.pages) - len(sections)
    entries = [
        f'<li><a href="#page-{n}">{escape(page.title)}</a> ({_change(page)})</li>'
        for n, page in enumerate(found.pages[:MOST], 1)
    ]
    rest = f"<p>… and {more:,} more pages, which are not shown.</p>" if more > 0 else ""
    told = f'<nav aria-label="Pages"><ol>{"".join(entries)}</ol></nav>' if entries else ""
    nothing = "" if entries else "<p>Nothing that readers see changes.</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"{_policy(_STYLE, _FRAMES)}\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>Before and after</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Before and after</h1>\n{told}{nothing}{''.join(sections)}{rest}\n</body>\n</html>\n"
    )
