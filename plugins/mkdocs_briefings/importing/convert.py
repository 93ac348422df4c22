"""An old site → the files of a content folder, and what the report says of each source file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ..catalog.settings import Settings
from ..catalog.slugs import fold, slugify
from ..reading.addresses import RESERVED
from ..reading.frontwrite import front_matter
from ..reading.registries import Registries
from . import dates, keys, markup, names
from .images import Images
from .keys import Taken
from .links import Links
from .meanings import Marks
from .names import Names
from .places import Places, guess
from .records import Finding, Item, Site, Value, text
from .sheet import Sheet
from .tree import Tree

_HEADING = re.compile(
    r"\A\s*(?:#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)|([^\n]+)\n=+[ \t]*(?:\n|\Z))"
)
_MORE = re.compile(r"<!--\s*more\s*-->|\{\{% ?more ?%\}\}", re.IGNORECASE)
_SEGMENT = re.compile(r"[\w~-][\w.~-]*")
SLUG_BYTES = 110
DESCRIPTION, TITLE = 1000, 200


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
        self.taken: dict[str, Taken] = {}
        """By source."""
        self.signed: dict[str, dict[str, object]] = {}
        """Authors and topics, by source."""
        self._slugs: dict[str, dict[str, str]] = {}
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
        self._entries()
        texts = [item for item in site.items if item.kind in {"briefing", "page", "section"}]
        for item in texts:
            self._front(item)
        self._old_addresses()
        self._topic_aliases()
        written = [item for item in texts if self._named(item)]
        self._old_of_all(written)
        for item in written:
            if item.kind == "briefing":
                self.signed[item.source] = self._signed(item, self.taken[item.source])
        places = Places.of(site, self.topics, self.authors, self.tree.files)
        marks = Marks(site, self.images)
        links = Links(places, self.images, marks.evaluate)
        for item in written:
            self._body(item, links, marks)
            self._record(item)
            self.result.files[item.target] = item
        self._aliases(written)
        for item in written:
            item.text = f"---\n{front_matter(item.record)}---\n\n{item.text}"
        self._near()
        self._rest()
        return self.result

    # The registries of the old site.

    def _entries(self) -> None:
        for key, fields in self.site.topics.items():
            entry, _ = names.topic_entry(key, fields)
            self.topics.add(key, entry or {"title": key}, [key, str(entry.get("title", ""))])
        for key, fields in self.site.authors.items():
            entry, left = names.author_entry(key, fields)
            added = self.authors.add(key, entry, [str(entry["name"]), key])
            for name, value in left.items():
                if text(value):
                    what = f"authors: {key}: {name}: {text(value)}"
                    self.result.general.append(Finding("unknown-key", 0, 1, what, added))
        for item in self.site.items:
            if item.kind in {"topic", "author"}:
                self._entry(item)

    def _entry(self, item: Item) -> None:
        author = item.kind == "author"
        kind = self.authors if author else self.topics
        make = names.author_entry if author else names.topic_entry
        fields = item.matter.values
        entry, left = make(item.key, fields)
        label = str(entry.get("name" if author else "title", item.key))
        known = kind.known.closed and item.key in kind.known.keys
        if not author and not entry.get("title"):
            entry["title"] = item.key.replace("-", " ").capitalize()
        for name in ("description", "bio"):
            if len(str(entry.get(name, ""))) > DESCRIPTION:
                item.note("text-left", str(entry.pop(name)), f"over {DESCRIPTION} characters")
        body = item.body.strip()
        place = "bio" if author else "description"
        if body:
            if place in entry or len(body) > DESCRIPTION or "\n" in body:
                item.note(
                    "text-left", body, f"{item.kind}s.yml has no place for it", item.body_line
                )
            else:
                entry[place] = body
        order = ("title", "name", "family", "role", "bio", "contact", "affiliation", "description")
        ordered: dict[str, object] = {k: entry[k] for k in order if k in entry}
        item.key = slugify(item.key)
        if not known:
            kind.add(item.key, ordered, [label])
            item.note(f"{item.kind}-entry", label, item.key)
        else:
            item.note("already-there", label, item.key)
        aliases = left.pop("aliases", "") if not author else ""
        for name, value in fields.items():
            if name not in left and name != "aliases" and text(value):
                item.note_key("key-taken", name, f"{name}: {text(value)}", f"{item.kind}s.yml")
        for name, value in left.items():
            if not text(value):
                item.note_key("empty-key", name, f"{name}:")
            elif name in {"first_name", "last_name"} and text(value) in label:
                item.note_key("key-taken", name, f"{name}: {text(value)}", "part of the name")
            elif name in {"aliases", "alias"}:
                for old in _list(value):
                    item.old.append(old)
                    item.note_key("address-left", name, old, "an author's page has one address")
            else:
                lay = keys.is_layout(name)
                code = "layout-key" if lay else "unknown-key"
                item.note_key(
                    code, name, f"{name}: {text(value)}", f"{item.kind}s.yml has no such key"
                )
        item.old = [item.url, *item.old] if item.url else item.old
        item.old += _list(aliases)

    def _topic_aliases(self) -> None:
        """The last parts of a topic's old addresses become other names of it."""
        for item in self.site.items:
            if item.kind != "topic":
                continue
            entry, more = self.topics.entries.get(item.key), []
            for old in item.old[1:] if item.url else item.old:
                name = fold(old.strip("/").rpartition("/")[2])
                if name and not self.topics.find(name):
                    self.topics.by_name[name] = item.key
                    more.append(name)
                if old.strip("/") != item.url.strip("/"):
                    why = "no redirect can stand there, as the site's own pages do"
                    item.note_key("address-left", "aliases", old, why)
            if more and entry is not None:
                entry["aliases"] = more
                item.note_key("topic-alias", "aliases", ", ".join(more), item.key)

    # Front matter.

    def _front(self, item: Item) -> None:
        if item.kind == "section" and not item.body.strip():
            self._list_page(item)
            return
        taken = self.taken[item.source] = keys.take(item)
        item.title = taken.title or item.title
        if not item.title:
            self._title(item)
        item.day = taken.moment or item.day
        if item.day is None and item.kind == "briefing":
            day, _ = dates.in_path(item.source)
            item.day = day or self.choices.day
            if item.day:
                item.note("date-guessed", str(item.day), "of the path" if day else "as given")
        elif taken.moment is None and item.day is not None:
            item.note("date-guessed", str(item.day), "of the file's name")
        item.slug = taken.slug.strip("/").rpartition("/")[2] or item.slug
        if taken.url:
            item.url = taken.url if taken.url.startswith("/") else f"/{taken.url}"

    def _list_page(self, item: Item) -> None:
        """A page without a text of its own becomes nothing; its keys are told."""
        self.taken[item.source] = Taken()
        values = item.matter.values
        item.title = text(values.get("title")) or item.slug
        for key, value in values.items():
            if text(value):
                code = "layout-key" if keys.is_layout(key) or key == "title" else "unknown-key"
                item.note_key(
                    code, key, f"{key}: {text(value)}", "of a page that only lists others"
                )
            else:
                item.note_key("empty-key", key, f"{key}:")

    def _title(self, item: Item) -> None:
        found = _HEADING.match(item.body)
        if found:
            item.title = re.sub(r"[*_`]+", "", (found[1] or found[2]).strip())
            item.body_line += item.body.count("\n", 0, found.end())
            item.body = item.body[found.end() :]
            item.note("title-guessed", item.title, "the text's first heading", item.body_line)
        else:
            words = item.slug.replace("-", " ").replace("_", " ").strip()
            item.title = words[:1].upper() + words[1:]
            item.note("title-guessed", item.title, "made from the file's name")

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

    def _old_of_all(self, written: Sequence[Item]) -> None:
        for item in self.site.items:
            taken = self.taken.get(item.source)
            old = [
                *([item.url] if item.matter.values.get("url") or not item.old else []),
                *item.old,
            ]
            old += taken.aliases if taken else []
            item.old = list(
                dict.fromkeys(_rooted(address, self.site) for address in old if address)
            )

    # Names of the new files.

    def _named(self, item: Item) -> bool:
        """Give an item its path; whether it becomes a file."""
        if item.kind == "section":
            if item.body.strip():
                item.kind = "page"
            else:
                item.note("list-page", item.title)
                return False
        if item.kind == "briefing" and item.day is None:
            item.note("not-taken", item.title, "no date: give one with --date, or in the file")
            return False
        if item.kind == "page":
            folder, held = "pages", self.target.pages
        else:
            assert item.day is not None
            folder, held = f"{dates.only_day(item.day).year:04}", self.target.taken
        if item.slug in {"index", "_index"}:
            item.slug = slugify(item.title)
        wanted = _slug(item.slug) or _slug(slugify(item.title)) or "untitled"
        slug, n = wanted, 1
        mine = self._slugs.setdefault(item.kind, {})
        first = RESERVED if item.kind == "page" else frozenset()
        while (
            fold(slug) in mine
            or held.get(slug, f"{folder}/{slug}.md") != f"{folder}/{slug}.md"
            or slug in first
        ):
            n += 1
            slug = f"{wanted}-{n}"
        mine[fold(slug)] = item.source
        if slug != item.slug:
            item.note("slug-changed", item.slug, slug)
            item.old = item.old or [item.url]
        item.slug_new = slug
        item.target = f"{folder}/{slug}.md"
        return True

    # Bodies.

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

    def _record(self, item: Item) -> None:
        taken = self.taken[item.source]
        record: dict[str, object] = {"title": item.title, "summary": taken.summary}
        record["lang"] = taken.lang if _other(taken.lang, self.target.settings.lang) else ""
        if item.kind == "briefing":
            record |= self.signed[item.source]
            record["date"] = item.day
            record["draft"] = True if taken.draft else None
            record["place"] = taken.place
            day = item.day and dates.only_day(item.day)
            if taken.updated and day and taken.updated > day:
                record["updated"] = taken.updated
            if taken.expires:
                self._expires(item, taken.expires, record)
            if taken.image:
                self._picture(item, taken, record)
        else:
            for name, value in (("topics", taken.topics), ("author", taken.authors)):
                if value:
                    item.note("unknown-key", f"{name}: {', '.join(value)}", "pages have none")
            if taken.draft:
                item.note("unknown-key", "draft", "pages have no drafts: it is published")
        item.record = {key: value for key, value in record.items() if value}

    def _signed(self, item: Item, taken: Taken) -> dict[str, object]:
        authors = [self.authors.of(name, item, "author-guessed") for name in taken.authors]
        authors = list(dict.fromkeys(filter(None, authors)))
        if not authors and self.choices.authors:
            authors = [self.authors.of(a, item, "author-guessed") for a in self.choices.authors]
            item.note("author-default", ", ".join(self.choices.authors), "nobody signs it")
        elif not authors:
            item.note("no-author", item.title, "add `author`, or import with --author")
        topics = [self.topics.of(name, item, "topic-entry") for name in taken.topics]
        topics = list(dict.fromkeys(filter(None, topics)))
        if not topics and self.choices.topics:
            topics = [self.topics.of(t, item, "topic-entry") for t in self.choices.topics]
            item.note("topic-default", ", ".join(self.choices.topics), "it is filed under nothing")
        elif not topics:
            item.note("no-topic", item.title, "add `topics`, or import with --topic")
        if len(topics) > keys.TOPIC_LIMIT:
            item.note("too-many-topics", ", ".join(topics[keys.TOPIC_LIMIT :]), "left out")
        one = len(authors) == 1
        return {
            "author" if one else "authors": authors[0] if one else authors,
            "topics": topics[: keys.TOPIC_LIMIT],
        }

    def _expires(self, item: Item, expires: date, record: dict[str, object]) -> None:
        now = self.choices.now
        if now is not None and expires <= now.date():
            record["status"] = "archived"
            item.note("status-guessed", f"expired on {expires}", "status: archived")
        else:
            item.note("unknown-key", f"expires: {expires}", "no key of ours takes it down")

    def _picture(self, item: Item, taken: Taken, record: dict[str, object]) -> None:
        key = next((k for k in item.matter.values if keys.ours(k) == "image"), "image")
        path, why = self.images.find(taken.image, item)
        if path and taken.image_alt:
            src = posixpath.relpath(path, posixpath.dirname(item.target))
            record["image"] = {"src": src, "alt": taken.image_alt}
            item.note_key("image-copied", key, taken.image, path)
        elif path:
            item.note_key("image-missing", key, taken.image, f"{path}: add `image` with its `alt`")
        else:
            item.note_key("image-missing", key, taken.image, why)

    # Old addresses.

    def _aliases(self, written: Sequence[Item]) -> None:
        new: dict[str, Item] = {}
        for item in written:
            new.setdefault(_compared(self._address(item)), item)
        for item in written:
            kept = []
            for old in item.old:
                alias = re.sub(r"/index\.html?\Z", "/", old).strip("/")
                why = self._refused(alias)
                owner = new.get(_compared(alias))
                if not why and owner is item:
                    continue
                if not why and owner is not None:
                    why = f"it is the address of {owner.target}"
                if not why and item.kind != "briefing":
                    why = "a plain page has no old addresses"
                if why:
                    item.note("address-left", old, why)
                    continue
                new[_compared(alias)] = item
                kept.append(alias if re.search(r"\.html?\Z", alias, re.I) else f"{alias}/")
                item.note("alias", old, kept[-1])
            if kept:
                item.record["aliases"] = kept

    def _refused(self, alias: str) -> str:
        if not alias:
            return "it is the front page's"
        if "?" in alias or not all(_SEGMENT.fullmatch(part) for part in alias.split("/")):
            return "it has more in it than the path of an address"
        if alias.split("/")[0].casefold() in RESERVED:
            return "it is kept for the site's own pages"
        return ""

    def _address(self, item: Item) -> str:
        if item.kind != "briefing":
            return item.slug_new
        assert item.day is not None
        day = dates.only_day(item.day)
        topics = item.record.get("topics")
        topic = topics[0] if isinstance(topics, list) and topics else "unfiled"
        return self.target.settings.permalink.format(
            year=f"{day.year:04}",
            month=f"{day.month:02}",
            day=f"{day.day:02}",
            slug=item.slug_new,
            topic=topic,
        )

    # What is left.

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


def _list(value: Value) -> list[str]:
    from .records import texts

    return texts(value)


def _base(url: str) -> str:
    url = url if "://" in url else f"https://{url}"
    return url.rstrip("/") + "/"


def _rooted(address: str, site: Site) -> str:
    """An old address from the root of the old site on."""
    bare = re.sub(r"\A(?:https?:)?//[^/]+", "", address.strip()) or "/"
    return "/" + bare.lstrip("/")


def _slug(name: str) -> str:
    """A name as an address and a file may have it, or empty."""
    slug = slugify(name)
    slug = re.sub(r"[^\w-]+", "-", slug).strip("-")
    if len(slug.encode()) > SLUG_BYTES:
        slug = slug.encode()[:SLUG_BYTES].decode("utf-8", "ignore").rpartition("-")[0]
    return slug


def _compared(address: str) -> str:
    return address.strip("/").casefold()


def _other(lang: str, site: str) -> bool:
    return bool(lang) and lang.casefold() != site.casefold()
