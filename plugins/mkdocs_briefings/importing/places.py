"""Where an address of the old site leads now."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from ..catalog.markup import scheme
from ..catalog.slugs import fold, slugify
from . import dates
from .names import Names
from .records import Item, Site

PATTERNS = (
    "/:year/:month/:day/:slug/",
    "/:year/:month/:slug/",
    "/:year/:slug/",
    "/:section/:slug/",
    "/blog/:year/:month/:day/:slug/",
    "/blog/:slug/",
    "/:slug/",
)
"""Rules of addresses that are tried where a site's settings do not say theirs."""
_ADDRESS = re.compile(r"https?://[^\s()\"'<>\]\[\\]+|(?<=\]\()/[^\s()\"]+|(?<=[\"'])/[^\s\"'<>]*")
_LISTS: Mapping[str, str] = {
    **dict.fromkeys(("topics", "topic", "tags", "tag", "categories", "category"), "topic"),
    **dict.fromkeys(("authors", "author"), "author"),
}
ENOUGH = 2
"""Links that must agree before a host or a rule is guessed from them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a link leads to."""

    kind: str
    """`briefing`, `page`, `made`, `old` (on the old site), `file` (in the tree), or `none`."""
    path: str
    """In the content folder; of what is made its place; of `old` the whole address."""
    fragment: str = ""
    guessed: bool = False


@dataclass(slots=True)
class Places:
    """All old addresses of a site."""

    site: Site
    topics: Names
    authors: Names
    by_address: dict[str, Item] = field(default_factory=dict)
    by_source: dict[str, Item] = field(default_factory=dict)
    by_name: dict[str, list[Item]] = field(default_factory=dict)
    by_file: dict[str, list[Item]] = field(default_factory=dict)
    """By name of the file without its ending."""
    hosts: dict[str, str] = field(default_factory=dict)
    """Host without `www.` → path below which the site stood, without `/` at its end."""
    files: frozenset[str] = frozenset()

    @classmethod
    def of(cls, site: Site, topics: Names, authors: Names, files: Iterable[str] = ()) -> Places:
        places = cls(site, topics, authors, files=frozenset(files))
        for base in site.bases:
            parts = urlsplit(base)
            places.hosts.setdefault(host_in(parts.netloc), parts.path.rstrip("/"))
        for item in site.items:
            places.by_source[item.source] = item
            folder, _, name = item.source.casefold().rpartition("/")
            file = name.rpartition(".")[0]
            if file in {"index", "_index"}:
                file = folder.rpartition("/")[2]
            places.by_file.setdefault(file, []).append(item)
            for old in item.old:
                places.by_address.setdefault(norm(old), item)
            if item.kind == "briefing":
                names = {item.slug, slugify(item.slug), *(_last(old) for old in item.old)}
                for name in filter(None, names):
                    known = places.by_name.setdefault(fold(name), [])
                    if item not in known:
                        known.append(item)
        return places

    def of_address(self, address: str, item: Item) -> Place | None:
        """What an address in a text leads to; None for what was never part of the site."""
        address = address.strip().replace("&amp;", "&")
        if address.startswith("#") or not address:
            return None
        if address.startswith("ref:"):
            return self.of_ref(address[4:], item)
        kind = scheme(address)
        if kind in {"http", "https"} or address.startswith("//"):
            try:
                parts = urlsplit(address)
            except ValueError:
                return None
            below = self.hosts.get(host_in(parts.netloc))
            if below is None or not (parts.path + "/").startswith(below + "/"):
                return None
            path = parts.path[len(below) :] or "/"
            return self._at(path, parts.fragment, item, address)
        if kind:
            return None
        path, _, fragment = address.partition("#")
        path = path.partition("?")[0]
        if path.startswith("/"):
            base = urlsplit(self.site.bases[0]).path.rstrip("/") if self.site.bases else ""
            inner = path[len(base) :] if base and (path + "/").startswith(base + "/") else path
            return self._at(inner or "/", fragment, item, "")
        return self._relative(path, fragment, item)

    def _relative(self, path: str, fragment: str, item: Item) -> Place:
        decoded = unquote(path)
        source = posixpath.normpath(posixpath.join(posixpath.dirname(item.source), decoded))
        for name in (source, f"{source}.md", f"{source}/index.md", f"{source}/_index.md"):
            if name in self.by_source:
                return self._item(self.by_source[name], fragment)
        if source in self.files:
            return Place("file", source, fragment)
        own = item.old[0] if item.old else "/"
        return self._at(posixpath.normpath(urljoin(own, decoded)), fragment, item, "")

    def of_ref(self, typed: str, item: Item) -> Place:
        """What a reference by source names: Hugo's `ref`, Jekyll's `post_url`, `{filename}`."""
        path, _, fragment = typed.strip().partition("#")
        bare = unquote(path.strip("/ "))
        if not bare:
            return self._item(item, fragment)
        folder = posixpath.dirname(item.source)
        beside = posixpath.normpath(posixpath.join(folder, bare))
        for start in (f"{self.site.content}{bare}", beside, bare):
            for name in (start, f"{start}.md", f"{start}/index.md", f"{start}/_index.md"):
                found = self.by_source.get(name)
                if found:
                    return self._item(found, fragment)
            if start in self.files:
                return Place("file", start, fragment)
        # A reference by the name of a file alone, as long as one file has that name.
        name = re.sub(r"\.(?:md|markdown|html)\Z", "", bare.rpartition("/")[2].casefold())
        alike = self.by_file.get(name, [])
        if len(alike) == 1:
            return self._item(alike[0], fragment, guessed="/" in bare)
        return self._at("/" + re.sub(r"\.(md|markdown)\Z", "", bare), fragment, item, "")

    def _at(self, path: str, fragment: str, item: Item, whole: str) -> Place:
        """What stood at a root-relative path."""
        found = self.by_address.get(norm(path))
        if found:
            return self._item(found, fragment)
        parts = [part for part in norm(path).split("/") if part]
        if len(parts) >= 2 and parts[-2] in _LISTS and len(parts) <= 3:
            names = self.topics if _LISTS[parts[-2]] == "topic" else self.authors
            key = names.find(parts[-1])
            if key:
                return Place("made", f"{names.kind}s/{key}")
        if parts in (["authors"], ["topics"]):
            return Place("made", parts[0])
        if not parts and self.site.bases:
            return Place("front", "index.md", fragment)
        decoded = unquote(path).lstrip("/")
        for static in ["", *self.site.statics, self.site.content]:
            if static + decoded in self.files and decoded:
                return Place("file", static + decoded, fragment)
        if parts and any(re.fullmatch(r"(19|20)\d\d", part) for part in parts[:-1]):
            like = self.by_name.get(fold(_last(path)), [])
            if len(like) == 1:
                return self._item(like[0], fragment, guessed=True)
        if whole:
            return Place("old", whole)
        if self.site.bases:
            base = self.site.bases[0].rstrip("/")
            mark = f"#{fragment}" if fragment else ""
            return Place("old", f"{base}{path}{mark}")
        return Place("none", path + (f"#{fragment}" if fragment else ""))

    def _item(self, item: Item, fragment: str, *, guessed: bool = False) -> Place:
        if item.kind in {"topic", "author"}:
            return Place("made", f"{item.kind}s/{item.key}")
        if item.target:
            return Place(item.kind, item.target, fragment, guessed)
        last = next((part for part in reversed(item.old[:1])), "/")
        if last.strip("/") in {"authors", "topics"}:
            return Place("made", last.strip("/"))
        if self.site.bases:
            return Place("old", self.site.bases[0].rstrip("/") + last)
        return Place("none", last)


def norm(address: str) -> str:
    """Addresses that one page answered to, as one: no case, no `index.html`, no end slash."""
    path = unquote(address.partition("#")[0].partition("?")[0]).casefold()
    path = re.sub(r"/index\.html?\Z", "/", path)
    path = re.sub(r"\.html?\Z", "", path)
    return "/" + re.sub(r"/{2,}", "/", path).strip("/")


def _last(address: str) -> str:
    return norm(address).rpartition("/")[2]


def host_in(netloc: str) -> str:
    """The host that an address names, as all spellings of it are compared."""
    return netloc.casefold().rpartition("@")[2].removeprefix("www.")


def by_rule(rule: str, item: Item) -> str:
    """The address that a rule gives an item, or empty where it lacks what the rule asks for."""
    day = dates.only_day(item.day) if item.day else None
    if day is None and re.search(r":(year|month|day|i_|y_)", rule):
        return ""
    words: dict[str, str] = {
        "slug": item.slug,
        "title": slugify(item.title) or item.slug,
        "slugorfilename": item.slug,
        "slugorcontentbasename": item.slug,
        "contentbasename": item.slug,
        "filename": item.slug,
        "section": _section(item),
        "sections": _section(item),
    }
    if day:
        words |= {
            "year": f"{day.year:04}",
            "short_year": f"{day.year % 100:02}",
            "month": f"{day.month:02}",
            "i_month": str(day.month),
            "monthname": day.strftime("%B").lower(),
            "day": f"{day.day:02}",
            "i_day": str(day.day),
            "yearday": str(day.timetuple().tm_yday),
        }
    missing = False

    def word(found: re.Match[str]) -> str:
        nonlocal missing
        name = found[1].casefold()
        if name == "categories":
            return _section(item)
        missing = missing or name not in words
        return words.get(name, "")

    made = re.sub(r":(\w+?)(?=[^\w]|_day|\Z)", word, rule)
    return "" if missing else re.sub(r"/{2,}", "/", f"/{made}")


def _section(item: Item) -> str:
    parts = [part for part in item.url.split("/") if part]
    return parts[0] if parts else ""


def guess(site: Site) -> None:
    """Find out from the links of the texts where the site stood and by which rule, as far as its
    settings do not say it. Site and items are changed; notes tell of it."""
    addresses = _addresses(site.items)
    rules = _rules(site)
    configured = {host_in(urlsplit(base).netloc) for base in site.bases}
    best, best_hosts, told = "", Counter[str](), []
    for rule in rules:
        known = {norm(by_rule(rule, item) if rule else item.url) for item in _movable(site)}
        hits = Counter(host for host, path in addresses if path in known)
        total = sum(n for host, n in hits.items() if not configured or host in configured | {""})
        told.append(total)
        if total > sum(best_hosts.values()) or not best_hosts:
            best, best_hosts = rule, hits
    hits = best_hosts
    if site.permalink_open and best and sum(hits.values()) >= ENOUGH:
        site.permalink = best
    for item in _movable(site):
        made = by_rule(site.permalink, item) if site.permalink else item.url
        if made and made not in item.old:
            item.old.insert(0, made)
    if not site.bases:
        for host, n in hits.most_common():
            # A host that shares a few articles is another site.
            if host and n >= max(ENOUGH, sum(hits.values()) / 10):
                site.bases.append(f"https://{host}/")


def _rules(site: Site) -> Sequence[str]:
    if not site.permalink_open:
        return [site.permalink]
    return [site.permalink, *(rule for rule in PATTERNS if rule != site.permalink)]


def _movable(site: Site) -> list[Item]:
    """Items whose address comes from a rule and not from themselves."""
    return [
        item for item in site.items if item.kind == "briefing" and not item.matter.values.get("url")
    ]


def _addresses(items: Iterable[Item]) -> list[tuple[str, str]]:
    found = []
    for item in items:
        for match in _ADDRESS.finditer(item.body):
            try:
                parts = urlsplit(match[0].rstrip(".,;:"))
            except ValueError:
                continue
            if parts.path.strip("/"):
                found.append((host_in(parts.netloc), norm(parts.path)))
    return found
