"""Raw text as Markdown that shows it as typed.

Backslashes and character references stand only before what Markdown would take for markup; every
other byte is as it was. What has no backslash escape in every dialect, such as `~` or `|`, is
written as a reference: `&#126;`.
"""

from __future__ import annotations

import re

# Inside a line.
_BACKSLASH = re.compile(r"\\(?![^\W_])")
_EDITED = re.compile(r"\{(?=[-+~=>])")
_STAR = re.compile(r"\*(?!(?<=\s\*)\s)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_REFERENCE = re.compile(r"&(?=\#?\w{1,32};)")
_ANGLE = re.compile(r"<(?=\S)")
_EMOJI = re.compile(r":(?=[A-Za-z+-][\w+-]{0,64}:)")
_LINKS = re.compile(r"\]\s*[(\[:]|\[\[|\[[\^=]|\[TOC\]", re.IGNORECASE)
_TABLE_RULE = re.compile(r"^[ \t|:-]*-[ \t|:-]*$", re.MULTILINE)

# At the beginning of a line; the sign that makes it markup is group 2.
_LINE_BACKSLASH = re.compile(
    r"^([ \t]*)(?=\#|>|[-+*](?:[ \t]|$)|-{2}|[-](?:[ \t]*-)+[ \t]*$|!!!)", re.M
)
_LINE_NUMBER = re.compile(r"^([ \t]*\d{1,9})([.)])(?=[ \t]|$)", re.MULTILINE)
_LINE_REFERENCE = re.compile(r"^([ \t]*)([=:?/%@;$]|\|)(?=[=:?/%@;$| \t]|$)", re.MULTILINE)


def as_typed(text: str) -> str:
    """Escape one paragraph: no blank lines in it, the first line without indentation.

    >>> as_typed("1. Rates_held *again* in snake_case")
    '1\\\\. Rates_held \\\\*again\\\\* in snake_case'
    """
    text = _REFERENCE.sub("&amp;", text)
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _EDITED.sub("&#123;", text.replace("`", "\\`")).replace("{", "\\{")
    text = _STAR.sub(r"\\*", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    if _LINKS.search(text):
        text = text.replace("[", "\\[")
    text = _ANGLE.sub("&lt;", text)
    text = _EMOJI.sub("&#58;", text)
    for sign in "~^":
        if text.count(sign) > 1:
            text = text.replace(sign, f"&#{ord(sign)};")
    text = text.replace("==", "&#61;&#61;").replace("++", "\\+\\+")
    if "|" in text and _TABLE_RULE.search(text):
        text = text.replace("|", "&#124;")
    return _lines(text)


def _lines(text: str) -> str:
    text = _LINE_BACKSLASH.sub(r"\1\\", text)
    text = _LINE_NUMBER.sub(r"\1\\\2", text)
    return _LINE_REFERENCE.sub(lambda m: f"{m[1]}&#{ord(m[2])};", text)
