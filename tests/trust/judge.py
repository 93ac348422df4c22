"""The judge of a whole site: looks in every file for what could run, load, submit or lead away.

Pages are parsed as a browser does, with scripting and without; whatever is active must be the
site's own, which is told apart by what it is and not by where it stands.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

from ..conftest import ROOT
from ..rendering import judge as fragments
from ..sites import index
from .case import CANARY

_HEAD = frozenset("html head body title meta link script".split())
_OURS = frozenset(
    """a abbr article aside b bdi blockquote br button caption code dd del details div dl dt em
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark
    nav ol option p pre q s samp search section select small span strong sub summary sup table
    tbody td template tfoot th thead time tr u ul var data col colgroup output fieldset legend meter
    noscript""".split()
)
_ATTRIBUTES = frozenset(
    """abbr align alt as autocapitalize autocomplete charset checked class colspan content
    crossorigin datetime defer dir disabled download enterkeyhint for height hidden href hreflang
    http-equiv id inert lang loading max maxlength media method min name open property rel role
    rowspan scope spellcheck src start tabindex title type value width decoding fetchpriority
    sizes""".split()
)
_DATA = frozenset(
    name
    for path in (ROOT / "theme").rglob("*.html")
    for name in re.findall(r"\bdata-[a-z-]+", path.read_text(encoding="utf-8"))
)
"""Those that the theme's templates write."""
_RELATIONS = frozenset(
    "alternate apple-touch-icon canonical icon next prev preload stylesheet me license".split()
)
_LOADED = frozenset("apple-touch-icon icon preload stylesheet".split())
_SCRIPT = re.compile(r"(?:(?:\.\./)*|\./|/)assets/[a-z-]+\.js\?v=[0-9a-f]+")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*|[^\s<>\"'&]+-[a-z0-9-]+|_[a-z]+[a-z0-9-]*|fn(?:ref\d*)?:\S+")
_POLICY = re.compile(r"default-src 'none'; (?:script-src 'self'(?: 'wasm-unsafe-eval')?; )?[^<>]*")
_INPUTS = frozenset({"checkbox", "radio", "search", "text"})
_PROPERTIES = frozenset(
    """BEGIN END VERSION PRODID CALSCALE METHOD NAME DESCRIPTION SUMMARY UID DTSTAMP DTSTART DTEND
    URL CATEGORIES REFRESH-INTERVAL X-WR-CALNAME X-WR-CALDESC X-PUBLISHED-TTL TRANSP SOURCE COLOR
    SEQUENCE STATUS CREATED LAST-MODIFIED ORGANIZER CLASS X-WR-TIMEZONE""".split()
)


def site(files: Mapping[str, bytes], root: str) -> list[str]:
    """All that is wrong in a site, a line each.

    Args:
        files: By path.
        root: Absolute address of the site, with a `/` at its end.
    """
    found = []
    for path, data in files.items():
        judge = _judge(path)
        found += [f"{path}: {fault}" for fault in judge(data, root)]
    for url, page in index.pages(files).items():
        found += [f"search {url}: {fault}" for fault in _indexed(url, page)]
    return found


def _judge(path: str) -> Callable[[bytes, str], list[str]]:
    if path.endswith(".html"):
        return lambda data, root: document(data.decode("utf-8"), root)
    if path.endswith(".ics"):
        return lambda data, root: calendar(data.decode("utf-8"))
    if path.endswith(".xml.gz"):
        return lambda data, root: feed(gzip.decompress(data), root)
    if path.endswith(".xml"):
        return feed
    if path.endswith(".json") and not path.startswith(index.INDEX):
        return json_feed
    if path.startswith(("assets/", index.INDEX)) or path == "robots.txt":
        return lambda data, root: []
    return lambda data, root: ["a file that nobody foresaw"]


# Pages ----------------------------------------------------------------------------------------


def document(html: str, root: str) -> list[str]:
    """What in a page could do something that the site does not want."""
    return sorted({f for scripting in (True, False) for f in _document(html, root, scripting)})


def _document(html: str, root: str, scripting: bool) -> Iterator[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html, scripting=scripting)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    moved = any(e.get("http-equiv") == "refresh" for e in elements)
    policies = [e for e in elements if e.get("http-equiv") == "Content-Security-Policy"]
    if len(policies) != 1 or "unsafe-inline" in str(policies[0].attrib):
        yield "no policy, or a weak one"
    elif not _POLICY.fullmatch(policies[0].get("content", "")):
        yield f"the policy {policies[0].attrib}"
    ids = Counter(e.attrib["id"] for e in elements if "id" in e.attrib)
    yield from (f"the id {name!r} {times} times" for name, times in ids.items() if times > 1)
    for element in elements:
        yield from _element(element, root, moved)


def _element(element: Element, root: str, moved: bool) -> Iterator[str]:
    tag = str(element.tag)
    shown = f"<{tag} {dict(element.attrib)}>"[:200]
    if tag not in _OURS | _HEAD:
        yield f"the element {shown}"
    for key, value in element.attrib.items():
        yield from _attribute(tag, str(key), value, root)
    match tag:
        case "script":
            yield from _script(element, shown)
        case "link":
            relation = element.get("rel", "")
            if relation not in _RELATIONS:
                yield f"the link {shown}"
            if relation in _LOADED and not _own(element.get("href", ""), root):
                yield f"loads from elsewhere: {shown}"
        case "meta":
            given = element.get("http-equiv", "")
            if given not in {"", "Content-Security-Policy", "refresh"}:
                yield f"the meta element {shown}"
            if given == "refresh":
                to = element.get("content", "").partition("url=")[2]
                if not moved or not _own(to, root):
                    yield f"leads away: {shown}"
        case "form":
            if element.get("class") != "search" or element.get("method") != "get":
                yield f"the form {shown}"
        case "input":
            if element.get("type") not in _INPUTS:
                yield f"the input {shown}"
        case "button":
            if element.get("type") not in {"button", "submit"}:
                yield f"the button {shown}"
        case "img":
            if not _own(element.get("src", ""), root):
                yield f"loads from elsewhere: {shown}"


def _script(element: Element, shown: str) -> Iterator[str]:
    text = element.text or ""
    if element.get("type") == "application/ld+json":
        yield from _data(text)
    elif text.strip() or not _SCRIPT.fullmatch(element.get("src", "")):
        yield f"the script {shown} {text[:40]!r}"


def _data(text: str) -> Iterator[str]:
    if "<" in text or "\u2028" in text or "\u2029" in text:
        yield "structured data that a page could be left from"
    try:
        data = json.loads(text, parse_constant=_no_number)
    except ValueError as error:
        yield f"structured data: {error}"
        return
    for key, value in _values(data):
        if key in {"url", "@id", "sameAs", "contentUrl", "license"} and isinstance(value, str):
            yield from _address("structured data", key, value)
        if CANARY in key:
            yield f"structured data with the key {key!r}"


def _attribute(tag: str, name: str, value: str, root: str) -> Iterator[str]:
    shown = f"{tag}[{name}={value[:80]!r}]"
    if name not in _ATTRIBUTES and name not in _DATA and not name.startswith("aria-"):
        yield f"the attribute {shown}"
    if name == "name" and tag not in {"meta", "input", "select"}:
        yield f"the name {shown}"
    if name == "id" and not _ID.fullmatch(value):
        yield f"the id {shown}"
    if name == "class" and CANARY in value:
        yield f"the class {shown}"
    # A file to keep, made from the page's own facts; browsers open no such address.
    kept = tag == "a" and re.match(r"data:application/[a-z.+-]+[;,]", value)
    if name in {"href", "src"} and not kept:
        yield from _address(tag, name, value)


def _address(tag: str, name: str, value: str) -> Iterator[str]:
    scheme = _scheme(value)
    if scheme and scheme not in {"http", "https", "mailto"}:
        yield f"the address {tag}[{name}={value[:80]!r}]"


def _scheme(address: str) -> str:
    """As a browser reads it: line ends and tabs vanish, ends are trimmed."""
    trimmed = re.sub(r"[\t\n\r]+", "", address).strip("".join(map(chr, range(33))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", trimmed)
    return found[1].lower() if found else ""


def _own(address: str, root: str) -> bool:
    """Whether a browser finds an address on this very site."""
    whole = urlsplit(urljoin(f"{root}a/b/c/", address.replace("\\", "/")))
    return (whole.scheme, whole.netloc) == urlsplit(root)[:2]


# Feeds and data -------------------------------------------------------------------------------


def feed(data: bytes, root: str) -> list[str]:
    """What is wrong in an Atom feed or a sitemap."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return ["a document type"]
    try:
        tree = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        return [f"not XML: {error}"]
    found = []
    for element in tree.iter():
        tag = element.tag.rpartition("}")[2]
        if element.get("type") == "html" or tag == "description":
            found += [f"feed: {a}" for a in body(element.text or "")]
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] in {"href", "src", "url"}:
                found += _address(tag, key, value)
        if tag == "loc" and not (element.text or "").startswith(root):
            found.append(f"leads away: {element.text}")
        if CANARY in element.tag:
            found.append(f"the element {element.tag}")
    return found


def body(html: str) -> list[str]:
    """What is wrong in the HTML of a feed: beside what is active, whatever leads to nowhere."""
    found = fragments.active(html)
    for element in fragments.elements(html):
        for name in ("href", "src"):
            address = element.get(name, "https://x.example")
            if not address.startswith(("http://", "https://", "mailto:")):
                found.append(f"an address that is not absolute: {address[:80]}")
    return found


def json_feed(data: bytes, root: str) -> list[str]:
    """What is wrong in a JSON feed, or any other JSON of ours."""
    try:
        told = json.loads(data, parse_constant=_no_number)
    except ValueError as error:
        return [f"not JSON: {error}"]
    found = []
    for key, value in _values(told):
        if key == "content_html" and isinstance(value, str):
            found += [f"feed: {a}" for a in body(value)]
        if key.endswith("url") and isinstance(value, str):
            found += _address("json", key, value)
        if CANARY in key:
            found.append(f"the key {key!r}")
    return found


def calendar(text: str) -> list[str]:
    """What is wrong in an iCalendar file."""
    found = []
    if "\n" in text.replace("\r\n", ""):
        found.append("a bare line end")
    open_parts: list[str] = []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        name, colon, value = line.partition(":")
        if not colon or name.partition(";")[0] not in _PROPERTIES:
            found.append(f"the line {line[:60]!r}")
        if name == "BEGIN":
            if value not in {"VCALENDAR", "VEVENT"}:
                found.append(f"the part {value}")
            open_parts.append(value)
        if name == "END" and (not open_parts or open_parts.pop() != value):
            found.append(f"an end of {value}")
        if name == "URL":
            found += _address("calendar", "URL", value)
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value):
            found.append(f"a control character: {line[:60]!r}")
    return found + [f"no end of {part}" for part in open_parts]


def _indexed(url: str, page: Mapping[str, object]) -> Iterator[str]:
    if _scheme(url) or url.startswith("//"):
        yield "leads away"
    for key, value in _values(page):
        if CANARY in key:
            yield f"the key {key!r}"
        if key in {"url", "image"} and isinstance(value, str) and _scheme(value):
            yield f"the address {value}"


def _values(data: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Every value in JSON with the key that it stands at."""
    yield key, data
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _values(value, str(name))
    elif isinstance(data, list):
        for value in data:
            yield from _values(value, key)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
