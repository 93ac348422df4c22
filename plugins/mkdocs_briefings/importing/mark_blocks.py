"""Template marks that are blocks of Markdown: code, quotations and boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .mark import Mark

BOXES: Mapping[str, str] = {
    **dict.fromkeys(("note", "info", "notice", "box", "ring", "alert", "callout", "admonition",
                     "aside", "panel", "card", "message"), "note"),
    **dict.fromkeys(("tip", "hint", "success"), "tip"),
    **dict.fromkeys(("warning", "caution", "attention", "important"), "warning"),
    **dict.fromkeys(("danger", "error"), "danger"),
    **dict.fromkeys(("details", "accordion", "expand", "collapse", "spoiler"), "details"),
}  # fmt: skip
"""Kind of box by the name of a mark."""


def code(mark: Mark) -> None:
    """A mark round code: a block where it has a language or lines, else marked words."""
    sheet, tag, inner = mark.sheet, mark.tag, mark.inner
    language = tag.positional[0] if tag.positional else tag.get("lang", "language")
    language = re.sub(r"[^\w+#-]", "", language)
    block = "\n" in inner.strip() or (language and sheet.place(tag.start)[1] == 1)
    if block:
        fence = "```" if "```" not in inner else "~~~~"
        body = inner.strip("\n")
        new = f"{fence}{language}\n{body}\n{fence}"
        mark.whole(new, "shortcode-taken", tag.raw, "a block of code")
    elif language:
        mark.whole(f"`{inner.strip()}`", "shortcode-taken", tag.raw, "code")
    else:
        # Without a language and inside a line it marks words, as digital journals do.
        mark.put("<mark>", "shortcode-guessed", "marked words", alone=True)
        mark.end_with("</mark>")


def quotation(mark: Mark) -> None:
    """A mark round, or with, the words of somebody."""
    sheet, tag = mark.sheet, mark.tag
    said = tag.get("text", "quote") or (mark.inner if tag.partner else " ".join(tag.positional))
    by = tag.get("cite", "author", "source", "by")
    if not said.strip():
        mark.unknown()
    elif tag.partner and not tag.get("text", "quote"):
        # Links inside are still to be rewritten: only the lines get their mark.
        _wrap(mark, "> ", mark.gap, f"\n>\n> — {by}" if by else "")
        mark.taken("a quotation")
    else:
        lines = [f"> {line}".rstrip() for line in said.strip().split("\n")]
        if by:
            lines += [">", f"> — {by}"]
        after = "" if sheet.text[mark.end : mark.end + 1] in {"", "\n"} else "\n\n"
        mark.put(mark.gap + "\n".join(lines) + after, "shortcode-taken", "a quotation")


def box(mark: Mark) -> None:
    """A mark round a note, a warning or what can be opened."""
    tag = mark.tag
    kind = BOXES[tag.name.lower()]
    title = tag.get("title", "heading", "kicker", "summary", "intro")
    if not title and tag.positional:
        title = next((p for p in tag.positional if p.lower() not in BOXES), "")
    named = (tag.get("type", "variant") or next(iter(tag.positional), "")).lower()
    kind = BOXES.get(named, kind) if kind == "note" else kind
    if not mark.starts_line or not mark.inner.strip():
        if title:
            mark.put(f"**{title}** ", "shortcode-guessed", "its text was kept")
        else:
            why = "inside a line: its text was kept, without the box"
            mark.put("", "shortcode-guessed", why)
        return
    said = " ".join(title.replace('"', "”").split())
    if kind == "details":
        opening = f'??? note "{said if title else "More"}"'
    else:
        opening = f'!!! {kind} "{said}"' if title else f"!!! {kind}"
    _wrap(mark, "    ", f"{mark.gap}{opening}\n", "")
    mark.taken(f"a box: {opening}")


def _wrap(mark: Mark, indent: str, opening: str, closing: str) -> None:
    """Put `indent` before each line between a tag and its partner."""
    sheet, tag = mark.sheet, mark.tag
    assert tag.partner is not None
    source = sheet.text
    start = tag.end
    while start < tag.partner.start and source[start] in " \t\n":
        start += 1
    last = tag.partner.start
    while last > start and source[last - 1] in " \t\n":
        last -= 1
    sheet.edit(tag.start, start, f"{opening}{indent}")
    for found in re.finditer(r"\n(?=[^\n])", source[start:last]):
        at = start + found.end()
        sheet.edit(at, at, indent)
    end = tag.partner.end
    after = "" if source[end : end + 2] in {"", "\n", "\n\n"} else "\n"
    if source[end : end + 1] not in {"", "\n"}:
        after = "\n\n"
    sheet.edit(last, end, closing + after)
