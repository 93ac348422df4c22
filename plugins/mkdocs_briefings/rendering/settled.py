"""HTML that the sanitiser would give back as it is: of what `plain` makes of most texts it takes
nothing away, and to see that is a quarter of its work.

Only for what `plain` has made, whose elements begin and end in order: what stands in a wrong place
the sanitiser puts in a right one. Whatever its tags say, nothing comes through here but elements
without attributes, and links to addresses that can be nothing but http, https, mailto, or relative.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

_LABEL: Final = r"[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+\."
"""Of the name of a host: none that a browser may take for another one."""
_OUTWARD: Final = (
    rf"https?://(?:{_LABEL})++[A-Za-z]{{2,24}}+"
    r"(?:[/?#](?:[^\s\x00-\x1f\x7f-\x9f\"&<>\\^`{|}]++|&amp;)*+)?"
)
_INWARD: Final = r"[\w./#%?=+,~!$*;@()\[\]^-]*+"
_MAIL: Final = r"mailto:[\w.%+-]++@[\w.-]++(?:\?[\w./%?=+,~!$*;@()-]++)?"
_TITLE: Final = r" title=\"(?:[^\x00-\x1f\x7f-\x9f\"&<>]++|&(?:amp|nbsp);)*+\""
_SETTLED: Final = re.compile(
    r"(?:[^<>&]++|&(?:amp|lt|gt|nbsp);"
    r"|</?(?:p|em|strong|h[1-6]|li|ul|ol|code|blockquote|sup|table|thead|tbody|tr|th|td)>"
    rf"|</a>|<a href=\"(?:{_OUTWARD}|{_INWARD}|{_MAIL})\"(?:{_TITLE})?+>|<[bh]r>)*+"
)
_ENTITY: Final = re.compile(r"&(?:#([0-9]{3,5})|([a-zA-Z]+));")
_FIRST: Final = 0xA1
_LAST: Final = 0xD7FF
"""Characters that a number means as it stands, and that are written as they are."""


def settled(html: str) -> str | None:
    """What the sanitiser makes of HTML that `plain` has made of a text without `<`; None where
    only the sanitiser can tell."""
    if "&" in html:
        html = _ENTITY.sub(_decoded, html)
    if "\xa0" in html:
        html = html.replace("\xa0", "&nbsp;")
    return html if _SETTLED.fullmatch(html) else None


def _decoded(entity: re.Match[str]) -> str:
    number, name = entity.groups()
    if not number:
        meant = html5.get(f"{name};", "")
        # Others need not be written as they are, and of some it is several that are meant.
        return meant if len(meant) == 1 and _FIRST <= ord(meant) <= _LAST else entity[0]
    return chr(int(number)) if _FIRST <= int(number) <= _LAST else entity[0]
