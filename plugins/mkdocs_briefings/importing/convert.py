"""An old site → the files of a content folder, and what the report says of each source file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from ..catalog.settings import Settings
from ..reading.frontwrite import front_matter
from ..reading.registries import Registries
from . import keys, markup, names
from .entries import old_entries, topic_aliases
from .fronts import front
from .images import Images
from .keys import Taken
from .links import Links
from .meanings import Marks
from .names import Names
from .naming import Naming, give_aliases
from .places import Places, guess, host_in
from .recording import record, signed
from .records import Finding, Item, Site
from .sheet import Sheet
from .tree import Tree

_HOST = re.compile(r"\A(?:https?:)?//([^/]+)")
_MORE = re.compile(r"<!--\s*more\s*-->|\{\{% ?more ?%\}\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user said for the whole run."""

    day: date | None = None
    """For what has no date of its own."""
    authors: Sequence[str] = ()
    """For what nobody signs."""
    topics: Sequence[str] = ()
    """For what is filed under nothing."""
    url: Sequence[str] = ()
    """Where the old site stood."""
    permalink: str = ""
    """The rule of its addresses, `/:year/:month/:slug/`."""
    now: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Target:
    """The content folder that the files go to."""

    settings: Settings
    registries: Registries
    taken: Mapping[str, str] = field(default_factory=dict)
    """Slug → the file that has it."""
    pages: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Result:
    """What an import would write, and all that is to be said of it."""

    site: Site
    files: dict[str, Item] = field(default_factory=dict)
    """Path in the content folder → the item whose text is written there."""
    images: Images
    authors: Names
    topics: Names
    left: list[tuple[str, Finding]] = field(default_factory=list)
    """Findings about source files that are no items."""
    general: list[Finding] = field(default_factory=list)
    """Findings about the whole site."""


def convert(site: Site, tree: Tree, target: Target, choices: Choices) -> Result:
    """Translate a whole site. Pure: the same tree, folder and choices give the same result."""
    return _Conversion(site, tree, target, choices).run()


class _Conversion:
    def __init__(self, site: Site, tree: Tree, target: Target, choices: Choices) -> None:
        self.site, self.tree, self.target, self.choices = site, tree, target, choices
        registries = target.registries
        self.authors = Names("author", registries.author_names)
        self.topics = Names("topic", registries.topic_names)
        self.sources = {item.source: item for item in site.items}
        self.taken: dict[str, Taken] = {}
        """By source."""
        self.images = Images(tree, site)
        self.result = Result(
            site=site, images=self.images, authors=self.authors, topics=self.topics
        )
        self.result.left = list(site.findings)

    def run(self) -> Result:
        site = self.site
        if self.choices.url:
            site.bases = [_base(url) for url in self.choices.url] + site.bases
        if self.choices.permalink:
            site.permalink, site.permalink_open = self.choices.permalink, False
        self.result.general += old_entries(site, self.authors, self.topics)
        texts = [item for item in site.items if item.kind in {"briefing", "page", "section"}]
        for item in texts:
            self.taken[item.source] = front(item, self.choices.day)
        self._old_addresses()
        topic_aliases(site, self.topics)
        naming = Naming(self.target.taken, self.target.pages)
        written = [item for item in texts if naming.named(item)]
        self._old_of_all(written)
        by = {item.source: self._signed(item) for item in written if item.kind == "briefing"}
        places = Places.of(site, self.topics, self.authors, self.tree.files)
        marks = Marks(site, self.images)
        links = Links(places, self.images, marks.evaluate)
        for item in written:
            self._body(item, links, marks)
            item.record = record(
                item,
                self.taken[item.source],
                by.get(item.source, {}),
                self._original(item),
                images=self.images,
                lang=self.target.settings.lang,
                now=self.choices.now,
            )
            self.result.files[item.target] = item
        give_aliases(written, self.target.settings.permalink)
        for item in written:
            item.text = f"---\n{front_matter(item.record)}---\n\n{item.text}"
        self._near()
        self._rest()
        return self.result

    def _old_addresses(self) -> None:
        site = self.site
        before, rule = list(site.bases), site.permalink
        guess(site)
        if site.bases != before:
            what = ", ".join(site.bases)
            why = "absolute links with the old addresses of these texts; --url says it"
            self.result.general.append(Finding("site-guessed", 0, 1, what, why))
        if site.permalink != rule:
            why = f"more links agree than with {rule or 'the default'}; --permalink says it"
            self.result.general.append(Finding("permalink-guessed", 0, 1, site.permalink, why))

    def _signed(self, item: Item) -> dict[str, object]:
        said, taken = self.choices, self.taken[item.source]
        instead = (said.authors, said.topics)
        return signed(item, taken, self.authors, self.topics, instead=instead)

    def _original(self, item: Item) -> str:
        """The slug of the briefing in another language that an item translates."""
        found = self.sources.get(item.original)
        if not found or not found.target or found.kind != "briefing":
            return ""
        own, its = (self.taken[one.source].lang.casefold() for one in (item, found))
        site = self.target.settings.lang.casefold()
        return found.slug_new if (own or site) != (its or site) else ""

    def _old_of_all(self, written: Sequence[Item]) -> None:
        for item in self.site.items:
            taken = self.taken.get(item.source)
            old = [
                *([item.url] if item.matter.values.get("url") or not item.old else []),
                *item.old,
            ]
            old += taken.aliases if taken else []
            here = []
            for address in filter(None, old):
                if _is_elsewhere(address, self.site):
                    item.note("address-left", address, "it is on another site")
                else:
                    here.append(_rooted(address))
            item.old = list(dict.fromkeys(here))

    def _body(self, item: Item, links: Links, marks: Marks) -> None:
        sheet = Sheet.of(item)
        for found in _MORE.finditer(item.body):
            sheet.edit(found.start(), found.end(), "")
            sheet.note("layout-key", found.start(), found[0], "where the old site cut its excerpts")
        markup.clean(sheet)
        done = links.rewrite(sheet)
        marks.translate(sheet, done)
        body = sheet.result().strip("\n")
        taken = self.taken[item.source]
        if not body.strip() and taken.out:
            host = re.sub(r"\Ahttps?://(?:www\.)?([^/]+).*", r"\1", taken.out, flags=re.DOTALL)
            body = f"[Read it at {host}]({taken.out})"
            item.note("link-out", taken.out, "the text was empty: it is a link now")
        elif taken.out:
            key = next(k for k in item.matter.values if keys.ours(k) == "out")
            why = "where it stood first or stands too; we have no key for that"
            item.note_key("unknown-key", key, f"{key}: {taken.out}", why)
        item.note("body", f"{len(item.body.split())} words", item.target)
        item.text = f"{body}\n" if body else ""

    def _near(self) -> None:
        for kind, label in ((self.authors, "name"), (self.topics, "title")):
            known = [(key, str(entry.get(label, key))) for key, entry in kind.entries.items()]
            known += list(kind.known.keys.items())
            for one, other in names.near(sorted(known)):
                why = (
                    f"if they are one, write one key everywhere, drop the other ({kind.kind}s.yml)"
                )
                self.result.general.append(Finding("near-duplicate", 0, 1, f"{one}, {other}", why))

    def _rest(self) -> None:
        """Source files that nothing took."""
        seen = {item.source for item in self.site.items} | self.site.read
        seen |= set(self.images.taken) | {path for path, _ in self.result.left}
        for path in self.tree.files:
            if path not in seen:
                self.result.left.append((path, Finding("not-content", 0, 1, path, "not read")))
        for path, why in self.tree.refused:
            self.result.left.append((path, Finding("not-content", 0, 1, path, why)))


def _base(url: str) -> str:
    url = url if "://" in url else f"https://{url}"
    return url.rstrip("/") + "/"


def _is_elsewhere(address: str, site: Site) -> bool:
    """Whether an address has a host at which the old site did not stand, as far as one is known."""
    own = {host_in(urlsplit(base).netloc) for base in site.bases}
    found = _HOST.match(address.strip())
    return bool(found and own and host_in(found[1]) not in own)


def _rooted(address: str) -> str:
    """An old address from the root of the old site on."""
    bare = _HOST.sub("", address.strip()) or "/"
    return "/" + bare.lstrip("/")
