"""One template mark of a body, and what can be put in its place."""

from __future__ import annotations

from dataclasses import dataclass

from .sheet import Sheet
from .tags import Tag


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag on its sheet, with its partner if it has one."""

    sheet: Sheet
    tag: Tag

    @property
    def end(self) -> int:
        """Where the mark ends, its partner included."""
        return self.tag.partner.end if self.tag.partner else self.tag.end

    @property
    def inner(self) -> str:
        """What stands between it and its partner; nothing without one."""
        return self.sheet.text[self.tag.end : self.tag.partner.start] if self.tag.partner else ""

    @property
    def starts_line(self) -> bool:
        source, at = self.sheet.text, self.tag.start
        return not source[source.rfind("\n", 0, at) + 1 : at].strip()

    @property
    def gap(self) -> str:
        """What sets a block apart from what stands before it."""
        before = self.sheet.text[: self.tag.start]
        if not before.strip() or before.endswith("\n\n"):
            return ""
        return "\n" if before.endswith("\n") else "\n\n"

    def note(self, code: str, what: str, why: str) -> None:
        """Report something at the place of the mark."""
        self.sheet.note(code, self.tag.start, what, why)

    def taken(self, why: str) -> None:
        """Report that the mark was understood."""
        self.note("shortcode-taken", self.tag.raw, why)

    def put(self, new: str, code: str, why: str = "", *, alone: bool = False) -> None:
        """Replace the mark; its partner goes without a word unless `alone`."""
        tag = self.tag
        self.sheet.edit(tag.start, tag.end, new)
        if not alone:
            self.end_with("")
        self.note(code, tag.raw, why or new)

    def end_with(self, new: str) -> None:
        """Replace the partner, if there is one."""
        if self.tag.partner:
            self.sheet.edit(self.tag.partner.start, self.tag.partner.end, new)

    def whole(self, new: str, code: str, what: str, why: str) -> None:
        """Replace the mark with its partner and all between them."""
        self.sheet.edit(self.tag.start, self.end, new)
        self.note(code, what, why)

    def unknown(self) -> None:
        """No meaning: the source stands in the text as code, or round it nothing at all."""
        if self.tag.partner:
            self.put("", "shortcode", "the text inside was kept, the tags were not")
            return
        shown = " ".join(self.tag.raw.split())
        new = f"`` {shown} ``" if "`" in shown else f"`{shown}`"
        self.put(new, "shortcode", "it stands in the text as code: write it anew")


def label(written: str) -> str:
    """The text of a link, without brackets, in one line."""
    return " ".join(written.replace("[", "(").replace("]", ")").split())
