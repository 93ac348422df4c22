"""A file's text → the text with all that is mechanical mended, to the point where nothing is left.

What needs a judgement is left alone: a date that may be read in two ways, a key that may be one of
several, a value that another key would not take. A key is renamed only if the file then has no
problem that it had not before and that is not mended, too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..catalog.problem import Problem, Severity
from ..catalog.settings import Settings
from ..catalog.slugs import fold
from ..reading import schema
from ..reading.addresses import alias_fault
from ..reading.document import open_document
from ..reading.folder import REGISTRIES
from ..reading.hints import same_key
from ..reading.nodes import Fault
from ..reading.pages import read_edition, read_front, read_page
from ..reading.registries import Registries
from ..reading.text import CONTROLS, short
from ..reading.validate import fields
from ..reading.values import meant
from ..reading.written import read_written
from .aliases import add_alias
from .source import Edit, Source, Value, names

MOST_ROUNDS = 50
"""Mending one thing may show another; no file has needed more than three rounds, and one more for
each old address."""

_DATES = frozenset({"date", "updated", "checked"})
_ONE_KEY = {"author": "authors", "authors": "author", "storyline": "storylines"}
"""Keys that are written twice when both are there."""


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """One thing that was mended."""

    line: int
    """1-based, in the file before this round."""
    column: int
    what: str
    """In one line, to follow the place: "`lastmod` is now `updated`"."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file after mending."""

    data: bytes
    fixes: tuple[Fix, ...] = ()
    """In the order in which they were made; none when `data` is as it was."""


@dataclass(frozen=True, slots=True)
class Known:
    """What other files say that a fix needs."""

    registries: Registries = field(default_factory=Registries)
    settings: Settings = field(default_factory=Settings)
    moved: tuple[str, ...] = ()
    """Addresses that the file had and that lead nowhere now."""


def mend(path: str, data: bytes, known: Known) -> Mended:
    """Mend the file at `path`, relative to the content folder.

    Mending what was mended changes nothing. A file that is not UTF-8, or whose front matter
    cannot be read, gets a last line end at most.
    """
    try:
        source = Source.of(data, registry=path in REGISTRIES)
    except Fault:
        return Mended(data)
    if CONTROLS.search(source.text):
        return Mended(data)
    done: list[Fix] = []
    for _ in range(MOST_ROUNDS):
        # A key that is renamed may be `aliases`: old addresses come when all else is done.
        fixes = list(_apart(_found(path, source, known))) or list(_moved(source, known.moved))[:1]
        if not fixes:
            break
        source = source.edited(edit for _, edit in fixes)
        done += sorted(fix for fix, _ in fixes)
    return Mended(source.data, tuple(done))


Found = tuple[Fix, Edit]


def _found(path: str, source: Source, known: Known) -> Iterator[Found]:
    if source.root is not None:
        yield from _dates(source)
        if not source.registry:
            yield from _keys(path, source, known.settings)
        if path not in REGISTRIES and not path.startswith(("pages/", "editions/")):
            yield from _topics(source, known.registries)
            yield from _slashes(source)
    if source.text and source.text[-1] not in "\r\n\ufeff":
        end = len(source.text)
        place = len(source.starts), end - source.starts[-1] + 1
        yield Fix(*place, "the last line ends with a line end"), Edit(end, end, source.line_end)


def _moved(source: Source, addresses: Iterable[str]) -> Iterator[Found]:
    for address in addresses:
        if edit := add_alias(source, address):
            line = bisect_right(source.starts, edit.start)
            yield Fix(line, 1, f"the old address '{address}' leads here"), edit


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Fixes that do not touch; the others wait for the next round."""
    before = -1
    for fix, edit in sorted(found, key=lambda one: (one[1].start, one[1].end)):
        if edit.start > before:
            yield fix, edit
            before = edit.end


def _dates(source: Source) -> Iterator[Found]:
    for value in source.values:
        if value.path[-1] in _DATES and (day := meant(value.text.strip())):
            edit = source.scalar(value, day)
            if edit:
                what = f"'{short(value.text)}' is now {day}"
                yield Fix(value.line, value.column, what), edit


def _slashes(source: Source) -> Iterator[Found]:
    """Old addresses that begin with the `/` of the site's root."""
    for value in source.values:
        bare = value.text.lstrip("/")
        if value.path[0] == "aliases" and bare and bare != value.text and "//" not in value.text:
            edit = source.scalar(value, bare)
            if edit:
                yield Fix(value.line, value.column, f"'{short(value.text)}' is now '{bare}'"), edit


def _topics(source: Source, registries: Registries) -> Iterator[Found]:
    """Topics under another of their names: an alias of topics.yml, or a second spelling of what no
    registry has."""
    typed = [value for value in source.values if value.path[0] == "topics"]
    known = [_known(value.text.strip(), registries) for value in typed]
    uses = Counter(known)
    for value, new in zip(typed, known, strict=True):
        old = value.text.strip()
        # Which of two names of one topic to delete is the author's choice.
        if new in ("", old) or uses[new] > 1 or not _plain(new):
            continue
        if edit := source.scalar(value, new):
            what = f"the topic '{short(old)}' is now '{short(new)}'"
            yield Fix(value.line, value.column, what), edit


def _known(typed: str, registries: Registries) -> str:
    """The name to write for a topic; empty where it means none or several."""
    vocabulary = registries.topic_names
    keys = vocabulary.meant(typed)
    if len(keys) != 1:
        return ""
    (key,) = keys
    topic = registries.topics.get(key)
    if topic and "/" not in typed and fold(typed) not in {fold(key), fold(topic.title)}:
        return key
    if key in vocabulary.added and not vocabulary.closed:
        return vocabulary.added[key]
    return typed


def _plain(text: str) -> bool:
    """Whether a text may stand in YAML's lists and in either kind of quotes as it is."""
    return all(c.isalnum() or c in " -_" for c in text) and text.strip() == text


def _keys(path: str, source: Source, settings: Settings) -> Iterator[Found]:
    """Keys of other programs, and our own in another spelling."""
    model = _model(path)
    offered: list[tuple[Value, str]] = []
    for key in source.keys:
        *above, name = key.path
        known = fields(model, above)
        if name in known:
            continue
        new = same_key(str(name), known, top=not above)
        beside = names(key.above)
        if not new or new in beside or _ONE_KEY.get(new) in beside or beside[str(name)] > 1:
            continue
        offered.append((key, new))
    wanted = Counter((id(key.above), new) for key, new in offered)
    before = alone(path, source.data, settings) if offered else ()
    for key, new in offered:
        # Of two keys that both mean one, only the author knows which.
        if wanted[id(key.above), new] == 1:
            edit = source.scalar(key, new)
            if edit and _better(path, source, Edit(edit.start, edit.end, new), before, settings):
                what = f"`{short(str(key.path[-1]))}` is now `{new}`"
                yield Fix(key.line, key.column, what), Edit(edit.start, edit.end, new)


def _better(
    path: str, source: Source, edit: Edit, before: Sequence[Problem], settings: Settings
) -> bool:
    """Whether the file has no new error after an edit but those that are mended next."""
    edited = source.edited([edit])
    after = alone(path, edited.data, settings)
    new = Counter((p.code, p.message) for p in after if p.severity == Severity.ERROR)
    new -= Counter((p.code, p.message) for p in before)
    if any(
        alias_fault(value.text.lstrip("/"))
        for value in edited.values
        if value.path[0] == "aliases" and edit.new == "aliases"
    ):
        return False
    follows = {(v.line, v.column): v for v in edited.values}
    return all(
        _mended_next(edited, follows.get((p.line, p.column)), p.code)
        for p in after
        if (p.code, p.message) in new
    )


def _mended_next(source: Source, value: Value | None, code: str) -> bool:
    """Whether what is wrong with a value is a date that is put right then; one that is written over
    several lines is not."""
    if value is None or code != "bad-date" or value.path[-1] not in _DATES:
        return False
    day = meant(value.text.strip())
    return bool(day) and source.scalar(value, day) is not None


def alone(path: str, data: bytes, settings: Settings) -> Sequence[Problem]:
    """The problems of a Markdown file by itself, whatever other files say."""
    document, _, findings = open_document(path, data)
    if document is None:
        return findings.problems
    if path == "index.md":
        read_front(document, Registries())
    elif path.startswith("pages/"):
        read_page(document, settings)
    elif path.startswith("editions/"):
        read_edition(document, settings)
    else:
        read_written(document, settings)
    return document.findings.problems


def _model(path: str) -> type[schema.Part]:
    if path == "index.md":
        return schema.FrontModel
    if path.startswith("pages/"):
        return schema.PageModel
    return schema.EditionModel if path.startswith("editions/") else schema.BriefingModel
