"""The judge of what is published: a browser-true parser that is not the sanitiser's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_ACTIVE = frozenset(
    """script style iframe frame frameset object embed applet form button textarea select option
    meta base link svg math template portal audio video source track marquee noscript plaintext
    title xmp noembed noframes isindex keygen canvas dialog""".split()
)
_FORBIDDEN = frozenset("style name form target srcdoc is srcset ping".split())
_ADDRESSES = frozenset("href src action formaction data poster background cite".split())
_REMOVED = re.compile(r"[\t\n\r]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def parse(html: str) -> Element:
    """The tree that a browser with scripting makes of a fragment."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parseFragment(html, container="div", scripting=True)
    return tree


def elements(html: str) -> Iterator[Element]:
    """Every element of a fragment."""
    for element in parse(html).iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            yield element


def text(html: str) -> str:
    """What a reader can read."""
    return "".join(parse(html).itertext())


def active(html: str) -> list[str]:
    """What in a fragment could run, load, submit, restyle or shadow something."""
    found = []
    for element in elements(html):
        tag = _local(element.tag)
        if tag in _ACTIVE:
            found.append(f"<{tag}>")
        if tag == "input" and not inert(element):
            found.append("<input>")
        for name, value in element.attrib.items():
            key = _local(name)
            if key.startswith("on") or key in _FORBIDDEN:
                found.append(f"{tag}[{key}]")
            if key == "id" and not re.fullmatch(
                r"[a-z0-9-]+|fn(?:ref\d*)?:\S+|_(?:cite|noteref)-\d+-\d+|_note-\d+", value
            ):
                found.append(f"{tag}[id={value}]")
            if key in _ADDRESSES:
                # As a browser reads an address: line ends and tabs vanish, ends are trimmed.
                trimmed = _REMOVED.sub("", value).strip("".join(map(chr, range(33))))
                scheme = _SCHEME.match(trimmed)
                if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
                    found.append(f"{tag}[{key}={value}]")
    return found


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2].lower()


def inert(box: Element) -> bool:
    """Whether an input is a box of a task list, which nobody can change."""
    return box.get("type") == "checkbox" and "disabled" in box.attrib and "name" not in box.attrib
