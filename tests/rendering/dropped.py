"""What the sanitiser takes out of HTML, found in another way than it does."""

from __future__ import annotations

import re

from mkdocs_briefings.rendering import allowed

_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]*))?")


def dropped(raw: str) -> tuple[str, ...]:
    """Elements (`<script>`) and attributes (`onclick`) of the parser's HTML that are not published,
    sorted."""
    found = set()
    highlighted = 'class="highlight"' in raw
    for name, given in set(_TAG.findall(raw)):
        tag = name.lower()
        if tag not in allowed.TAGS:
            found.add(f"<{tag}>")
            continue
        for attribute, quoted in _ATTRIBUTE.findall(given):
            value = quoted.strip("\"'")
            key = attribute.lower()
            published = allowed.value(tag, key, value)
            lost = key == "class" and (published != value or (tag == "span" and not highlighted))
            if published is None or lost:
                found.add(key)
    return tuple(sorted(found))
