"""What a branch does to a site, as frozen records; `--format json` is these, field by field.

Addresses are relative to the site's root and percent-encoded, as pages link to them; the front
page is the empty one. Paths are those of the content folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FORM = 1
"""Version of the form; greater when a field goes or changes its meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that an editor must deal with."""

    severity: Literal["error", "warning"]
    code: str
    """`lost-address` (nothing answers there any more), `changed-address` (another page does), or a
    code of `briefings check`."""
    place: str
    """The address, or `path:line:column` of a file."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How the running text of a page changed, counted in words."""

    before: int
    after: int
    added: int
    """Words that it has now, or has more often."""
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """An entry of a page's list of sources that is new or gone."""

    change: Literal["added", "removed"]
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """A page that is new, gone, elsewhere or different."""

    change: Literal["added", "removed", "moved", "edited", "follows"]
    """`moved`: its address differs, and its text may, too. `edited`: its own file differs.
    `follows`: it shows something of another file that does."""
    kind: str
    """`briefing`, `page`, `edition`, `front`, or what the software makes: `topic`, `author`, …"""
    address: str
    """Today's; of a page that is gone, the last one."""
    former: str
    """Of a page that moved: where it was; else as `address`."""
    title: str
    path: str
    """Of its file; empty for what the software makes."""
    fields: tuple[str, ...]
    """What differs in its file: keys of the front matter, and `text`."""
    words: Words
    sources: tuple[SourceChange, ...]
    domains: tuple[str, ...]
    """Hosts that its text or sources lead to and did not before, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChange:
    """An address beside the pages: a redirect, a feed, a calendar, a picture."""

    change: Literal["added", "removed", "changed"]
    """`changed`: a redirect leads elsewhere, or took the place of a page, or a page that of a
    redirect."""
    kind: str
    """`redirect`, `feed`, `calendar` or `image`; the later one where it changed."""
    address: str
    before: str
    """Where it led: an address for a redirect, itself for all else; absent: empty."""
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """A link in a text that is new or gone. Links from pages that are gone count, too."""

    change: Literal["gained", "lost"]
    page: str
    """Address of the page with the link."""
    to: str
    """Address in the site, with the heading's anchor, or an absolute one."""
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """A list of other briefings on a page, whose entries or order changed."""

    page: str
    title: str
    gained: tuple[str, ...]
    """Addresses, in the order of the list."""
    lost: tuple[str, ...]
    """Last addresses, in the order that the list had."""
    reordered: bool
    """Whether those that stay stand in another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """A topic that appears, goes, gets its first or loses its last briefing, stands in another
    place of the tree or has another title."""

    change: Literal["new", "gone", "empty", "filled", "moved", "renamed"]
    key: str
    title: str
    address: str
    before: int
    """Briefings under it."""
    after: int
    parent: str
    """Title of the topic that it stands under; empty at the top."""
    former_parent: str
    """The same before."""
    former_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainChange:
    """A host that nothing on the site led to before."""

    domain: str
    pages: tuple[str, ...]
    """Addresses of the pages that lead there, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All of it. Every list is sorted the same way on every machine."""

    form: int = FORM
    base: str
    """What was compared with: a commit's id."""
    head: str
    """What was compared: a commit's id, or empty for the files as they stand."""
    faults: tuple[Fault, ...]
    """Errors first."""
    pages: tuple[PageChange, ...]
    addresses: tuple[AddressChange, ...]
    links: tuple[LinkChange, ...]
    backlinks: tuple[ListChange, ...]
    related: tuple[ListChange, ...]
    topics: tuple[TopicChange, ...]
    domains: tuple[DomainChange, ...]
    options: tuple[str, ...]
    """Keys of `mkdocs.yml` whose values differ."""
    frame: bool
    """Whether what all pages share differs: the bar of sections, the footer, the site's name."""
    mended: int
    """Problems of the base that are gone."""

    @property
    def errors(self) -> int:
        return sum(fault.severity == "error" for fault in self.faults)
