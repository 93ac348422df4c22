"""Where each link of a body leads, and a problem for each that leads nowhere."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from ..catalog.briefing import Body, Link
from ..catalog.catalog import Catalog
from ..catalog.problem import MOST_OFFERS, Problem
from ..catalog.slugs import fold
from .graph import Resolved
from .nearest import did_you_mean, nearest
from .targets import Target, Targets, targets

IMAGE_TYPES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

_SHOWN = 5
"""Most headings of a page that a hint names."""


class _Miss(Exception):
    """A link that leads nowhere: what is wrong and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def resolve_links(
    catalog: Catalog, held_back: frozenset[str] = frozenset()
) -> tuple[Mapping[str, Mapping[tuple[str, str], Resolved]], tuple[Problem, ...]]:
    """Resolve the links of briefings, plain pages, editions and the front page.

    A wiki-link leads to the slug it names, compared folded, or else to the briefing whose old
    permalink ends in that name, or else to the page made at that place: `[[topics/banks]]`,
    `[[storylines/rates]]`, `[[authors/ada-example]]`, `[[changes]]`, `[[archive]]`, `[[glossary]]`
    or a term of it, `[[glossary#port-fee]]`. Any other link is a path relative to the folder of its
    own file, percent-encoded or not. A link whose heading does not exist leads to the page without
    it, and is a problem all the same.

    Args:
        catalog: What is published.
        held_back: Slugs of drafts and future-dated briefings that `catalog` leaves out.

    Returns:
        By source path, what each `(target, fragment)` as written leads to, with an entry for
        every source; and the problems, sorted by place.
    """
    known = targets(catalog)
    resolver = _Resolver(known, frozenset(map(fold, held_back)))
    links = {path: resolver.of_body(source) for path, source in sorted(known.paths.items())}
    return links, tuple(sorted(resolver.problems))


def resolve_body(
    known: Targets, path: str, body: Body, held_back: frozenset[str] = frozenset()
) -> tuple[Mapping[tuple[str, str], Resolved], tuple[Problem, ...]]:
    """Resolve the links of one text as `resolve_links` does those of all.

    Args:
        known: What a catalog has that holds the file at `path`.
        path: The file.
        body: What it holds now.
        held_back: As for all.
    """
    source = replace(known.paths[path], body=body)
    resolver = _Resolver(known, frozenset(map(fold, held_back)))
    return resolver.of_body(source), tuple(sorted(resolver.problems))


class _Resolver:
    """The state of one run: problems found, and hints already looked for."""

    def __init__(self, known: Targets, held_back: frozenset[str]) -> None:
        self.known = known
        self.held_back = held_back
        self.problems: list[Problem] = []
        self._near: dict[str, tuple[Target, ...]] = {}
        self._anchors: dict[int, _Anchors] = {}
        """By identity of a body."""
        self._missed = 0
        """Links of the file at hand that lead nowhere."""

    def of_body(self, source: Target) -> Mapping[tuple[str, str], Resolved]:
        found: dict[tuple[str, str], Resolved] = {}
        self._missed = 0
        for link in source.body.links:
            try:
                place = self._place(link, source)
            except _Miss as miss:
                self._report(source, link, "bad-link", miss)
                continue
            fragment = ""
            if link.fragment:
                try:
                    fragment = self._anchor(link, place, source)
                except _Miss as miss:
                    self._report(source, link, "bad-anchor", miss)
                    if not link.target:
                        continue
            found[link.target, link.fragment] = _resolved(place, fragment)
        return found

    def _report(self, source: Target, link: Link, code: str, miss: _Miss) -> None:
        self._missed += 1
        self.problems.append(
            Problem(source.path, link.line, link.column, code, miss.message, miss.hint)
        )

    def _place(self, link: Link, source: Target) -> Target | str | None:
        """The target of a link, the path of an image, or None for the link's own page."""
        if not link.target:
            return None
        return self._by_name(link) if link.wiki else self._by_path(link.target, source)

    def _by_name(self, link: Link) -> Target:
        name = fold(link.target)
        found = self.known.called(name)
        if len(found) == 1:
            return found[0]
        if found:
            paths = " and ".join(target.path for target in found)
            raise _Miss(
                f"'{link.target}' is the name of {paths}", "link to one of them by its path"
            )
        if made := self.known.made.get(link.target.strip("/")):
            return made
        self._refuse_held_back(name, link.target)
        # Written as a path, `[[2025/rates.md]]`, it still ends in a name.
        last = fold(posixpath.basename(link.target).removesuffix(".md"))
        offers = [target.key for target in self._like(last)]
        raise _Miss(
            f"no briefing, page or edition is called '{link.target}'",
            did_you_mean(offers)
            or r"write a file's name without `.md`, or `\[[` for mere brackets",
        )

    def _by_path(self, written: str, source: Target) -> Target | str:
        decoded = unicodedata.normalize("NFC", unquote(written))
        folder = posixpath.dirname(source.path)
        path = posixpath.normpath(posixpath.join(folder, decoded))
        if path in self.known.paths and not decoded.startswith("/") and not decoded.endswith("/"):
            return self.known.paths[path]
        last = posixpath.basename(decoded.rstrip("/"))
        name = fold(last.removesuffix(".md"))
        if decoded.startswith("/"):
            raise _Miss(
                f"'{written}' is an absolute path, which breaks when the site moves",
                self._offer(name, folder) or "write [[slug]], or a path relative to this file",
            )
        if path == ".." or path.startswith("../"):
            raise _Miss(
                f"'{written}' leads out of the content folder",
                self._offer(name, folder) or "give the whole address of what is elsewhere",
            )
        if path.lower().endswith(IMAGE_TYPES):
            return self._image(path, written, folder)
        self._refuse_held_back(name, written)
        if not last.endswith(".md") and "." in last.strip("."):
            raise _Miss(
                f"'{written}' is no briefing, page, edition or image",
                "only those are published; link to other documents by their https address",
            )
        raise _Miss(
            f"'{written}' leads to no briefing, page or edition",
            self._offer(name, folder) or "write [[slug]], or a path relative to this file",
        )

    def _image(self, path: str, written: str, folder: str) -> str:
        if path in self.known.images:
            return path
        offers = nearest(path, sorted(self.known.images)) if self._offers else ()
        raise _Miss(
            f"no image '{written}'",
            did_you_mean([posixpath.relpath(offer, folder or ".") for offer in offers])
            or "put the picture in the content folder, and write its path relative to this file",
        )

    def _refuse_held_back(self, name: str, written: str) -> None:
        if name in self.held_back:
            raise _Miss(
                f"'{written}' is not published yet",
                "it is a draft or dated in the future; link to it once it is out",
            )

    def _offer(self, name: str, folder: str) -> str:
        paths = [target.path for target in self._like(name)]
        return did_you_mean([posixpath.relpath(path, folder or ".") for path in paths])

    def _like(self, name: str) -> tuple[Target, ...]:
        """The targets to offer for a name: the one it leads to, else those with a name like it.

        Looked for once a name: an archive that has just moved in repeats its dead links.
        """
        if not self._offers:
            return ()
        if name not in self._near:
            found = self.known.called(name)
            for other in () if found else nearest(name, self.known.sorted_names):
                found = (*found, *self.known.names[other])
            self._near[name] = found
        return self._near[name]

    @property
    def _offers(self) -> bool:
        """Whether names like one that is wrong are looked for. It depends on the file alone, so
        that a file that is read again is told the same."""
        return self._missed < MOST_OFFERS

    def _anchor(self, link: Link, place: Target | str | None, source: Target) -> str:
        """The anchor of the heading that a link names.

        A wiki-link may name the heading by its words, `[[rates#What changes]]`: the first such one.
        """
        if isinstance(place, str):
            raise _Miss(
                f"'{link.target}' is an image and has no heading '#{link.fragment}'",
                f"delete '#{link.fragment}'",
            )
        # By name or path a text may link to itself.
        own = place is None or place.path == source.path
        body = source.body if own or place is None else place.body
        if id(body) not in self._anchors:
            self._anchors[id(body)] = _Anchors.of(body)
        there = self._anchors[id(body)]
        for written in (link.fragment, unquote(link.fragment)):
            if written in there.names:
                return written
        wanted = fold(unquote(link.fragment))
        if link.wiki and wanted in there.by_words:
            return there.by_words[wanted]
        whose = f"'{link.target}'" if link.target else "this page"
        offers = nearest(wanted, list(there.names)) if self._offers else ()
        general = there.told() or "it has no headings: link to it as a whole"
        raise _Miss(f"{whose} has no heading '#{link.fragment}'", did_you_mean(offers) or general)


@dataclass(frozen=True, slots=True)
class _Anchors:
    """What the headings of a page are called."""

    names: Mapping[str, None]
    """In order."""
    by_words: Mapping[str, str]
    """By folded text or anchor, the first heading that has it."""

    @classmethod
    def of(cls, body: Body) -> _Anchors:
        by_words: dict[str, str] = {}
        for heading in body.headings:
            by_words.setdefault(fold(heading.anchor), heading.anchor)
            by_words.setdefault(fold(heading.text), heading.anchor)
        return cls(dict.fromkeys(heading.anchor for heading in body.headings), by_words)

    def told(self) -> str:
        """A hint that names the first of them; empty where there are none."""
        shown = [f"'#{name}'" for name in [*self.names][:_SHOWN]]
        more = len(self.names) - len(shown)
        return f"it has {', '.join(shown)}{f' and {more} more' if more else ''}" if shown else ""


def _resolved(place: Target | str | None, fragment: str) -> Resolved:
    match place:
        case None:
            return Resolved(kind="self", key="", fragment=fragment)
        case str():
            return Resolved(kind="image", key=place)
        case _:
            return Resolved(kind=place.kind, key=place.key, fragment=fragment)
