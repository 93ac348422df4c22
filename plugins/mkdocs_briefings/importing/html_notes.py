"""Footnotes of an HTML page, told by links that lead to and fro."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag

from .html_markdown import markdown
from .html_page import attribute

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Round the number of a note until the text is Markdown."""


def take_notes(main: Tag) -> list[Tag]:
    """Notes at the end of the text, in order of their marks, taken out; the marks stay."""
    targets = {attribute(tag, "id"): tag for tag in main.find_all(id=True)}
    notes: list[Tag] = []
    numbers: dict[str, int] = {}
    for anchor in list(main.find_all("a", href=re.compile(r"\A#."))):
        name = attribute(anchor, "href")[1:]
        note = targets.get(name)
        if note is None or note.name not in {"li", "div", "p"} or _is_inside(anchor, note):
            continue
        own = {attribute(anchor, "id")} | {attribute(parent, "id") for parent in anchor.parents}
        back = [a for a in note.find_all("a", href=True) if attribute(a, "href")[1:] in own - {""}]
        if not back:
            continue
        if name not in numbers:
            notes.append(note)
            numbers[name] = len(notes)
        mark = anchor
        parent = anchor.parent
        if isinstance(parent, Tag) and parent.name == "sup":
            mark = parent
        mark.replace_with(f"{_OPEN}{numbers[name]}{_CLOSE}")
        for link in back:
            link.extract()
    for note in notes:
        around = note.parent
        note.extract()
        note.name = "div"
        while isinstance(around, Tag) and around is not main and not around.get_text(strip=True):
            empty, around = around, around.parent
            rule = empty.find_previous_sibling()
            empty.extract()
            if isinstance(rule, Tag) and rule.name == "hr" and not rule.find_next_sibling():
                rule.extract()
    return notes


def _is_inside(tag: Tag, other: Tag) -> bool:
    # By identity: to bs4, elements of one content are equal.
    return any(parent is other for parent in tag.parents)


def with_notes(body: str, notes: Sequence[Tag]) -> str:
    """Markdown whose marks are ours, with the notes under it."""
    for number, note in enumerate(notes, 1):
        told = re.sub(r"\s*\n\s*", " ", markdown(note)).strip()
        body += ("\n\n" if number == 1 else "\n") + f"[^{number}]: {told}"
    return re.sub(f"{_OPEN}(\\d+){_CLOSE}", r"[^\1]", body)
