"""What `briefings import` does with one raw text: everything but asking and writing."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..catalog.problem import Problem, Severity
from ..catalog.settings import Settings
from ..reading import raw_blocks
from ..reading.folder import REGISTRIES
from ..reading.frontwrite import front_matter
from ..reading.nodes import Fault
from ..reading.raw import FILE_LIMIT, Raw, take_apart, text_of
from ..reading.raw_names import is_name
from ..reading.raw_topics import Proposal, Proposer
from ..reading.registries import Registries
from .writing import Known, look_up, registries_of, short_slug

ENDINGS = (".txt", ".text")
"""Endings of the files that are taken from a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the writer said, for every file of the run."""

    day: date | None = None
    from_text: bool = False
    """Take the day that each text gives itself."""
    authors: Sequence[str] = ()
    """As they are to be written; empty takes the byline."""
    topics: Sequence[str] = ()
    title: str = ""
    slug: str = ""


@dataclass(slots=True, kw_only=True)
class Plan:
    """One raw text on its way to a briefing."""

    source: Path
    raw: Raw = field(default_factory=Raw)
    title: str = ""
    day: date | None = None
    day_from: str = ""
    """`line 3` when the text gave it, empty when the writer did."""
    authors: list[Known] = field(default_factory=list)
    editor: str = ""
    topics: list[Proposal] = field(default_factory=list)
    """As they are to be written."""
    topics_given: bool = False
    target: str = ""
    """Relative to the content folder."""
    text: str = ""
    """The briefing, whole."""
    faults: list[Problem] = field(default_factory=list)
    """Why there is no briefing."""
    found: list[Problem] = field(default_factory=list)
    """What `briefings check` says of the briefing."""

    def fail(self, code: str, line: int, column: int, message: str, hint: str = "") -> None:
        self.faults.append(
            Problem(self.source.as_posix(), line, column, code, message, hint, Severity.ERROR)
        )

    @property
    def new_authors(self) -> list[Known]:
        return [author for author in self.authors if author.new]

    @property
    def slug(self) -> str:
        return self.target.rpartition("/")[2].removesuffix(".md")


class Folder:
    """The content folder that the briefings go to."""

    def __init__(self, path: Path, settings: Settings) -> None:
        from ..reading.read import read

        self.path = path
        self.settings = settings
        self.registries: Registries = registries_of(path)
        self.taken: dict[str, str] = {}
        """Slug → the file that has it."""
        topics: Mapping[str, Any] = self.registries.topics
        briefings: Sequence[Any] = ()
        if path.is_dir():
            reading = read(path, settings)
            briefings = [*reading.catalog.briefings.values(), *reading.drafts]
            self.taken = {slug: file for file, slug in reading.broken.items()}
            self.taken |= {briefing.slug: briefing.path for briefing in briefings}
            topics = topics or reading.catalog.topics
        self.labels = {key: topic.title for key, topic in topics.items()}
        self.proposer = Proposer(topics, briefings)

    def written(self, key: str) -> str:
        """A topic as it is to be written: its key, or in an open vocabulary the label in use."""
        closed = self.registries.topic_names.closed
        return key if closed else self.labels.get(key, key)


def collect(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files to import, and files of folders that are passed over. Folders are searched to the
    bottom, in order of path; links in them are not followed."""
    files: list[Path] = []
    over: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for found in sorted(path.rglob("*")):
            if found.is_dir() and not found.is_symlink():
                continue
            regular = found.is_file() and not found.is_symlink()
            taken = regular and found.suffix.lower() in ENDINGS and found.name[0] != "."
            (files if taken else over).append(found)
    return list(dict.fromkeys(files)), over


def load(path: Path) -> bytes:
    """The bytes of a raw text, one more than the limit at most.

    Raises:
        Fault: `bad-file` or `unreadable`.
    """
    try:
        # A pipe or device would keep us waiting: asked of the open file, and without waiting.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Fault("bad-file", 1, 1, "not a regular file")
            return file.read(FILE_LIMIT + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        raise Fault("unreadable", 1, 1, message) from None


def analyse(source: Path, folder: Folder, choices: Choices) -> Plan:
    """Take a raw text apart and decide all that needs no answer from the writer."""
    plan = Plan(source=source)
    try:
        text = text_of(load(source))
    except Fault as fault:
        plan.fail(fault.code, fault.line, fault.column, str(fault), fault.hint)
        return plan
    if not text.strip():
        plan.fail("empty-body", 1, 1, "the file is empty")
        return plan
    plan.raw = take_apart(text, folder.settings.lang)
    plan.title = choices.title or plan.raw.title
    if not any(block.kind == "text" for block in plan.raw.blocks):
        plan.fail("empty-body", 1, 1, "there is no text under the title", "is the text whole?")
    _authors(plan, folder, choices)
    _day(plan, choices)
    _topics(plan, folder, choices)
    return plan


def _authors(plan: Plan, folder: Folder, choices: Choices) -> None:
    names = folder.registries.author_names
    typed = choices.authors or plan.raw.authors
    plan.authors = list({k.key: k for k in (look_up(names, name)[0] for name in typed)}.values())
    for editor in plan.raw.editors:
        known, _ = look_up(names, editor)
        if known.key in names.keys and not plan.editor:
            plan.editor = known.written


def _day(plan: Plan, choices: Choices) -> None:
    if choices.day:
        plan.day = choices.day
    elif choices.from_text and plan.raw.days:
        line, day, _ = plan.raw.days[0]
        plan.day, plan.day_from = date.fromisoformat(day), f"line {line}"


def _topics(plan: Plan, folder: Folder, choices: Choices) -> None:
    plan.topics_given = bool(choices.topics)
    if choices.topics:
        plan.topics = [Proposal(topic, "sure", "") for topic in choices.topics]
        return
    text = "\n\n".join(block.text for block in plan.raw.blocks)
    plan.topics = [
        Proposal(folder.written(found.key), found.sure, found.why)
        for found in folder.proposer.propose(plan.title, text)
    ]


def finish(plan: Plan, folder: Folder, choices: Choices) -> None:
    """Write the briefing's text and its name, and check it. Nothing touches the content folder."""
    if plan.faults:
        return
    if not plan.title:
        hint = "give it with --title, or put it on the first line"
        plan.fail("missing-title", 1, 1, "the first line is no title", hint)
    if not plan.authors:
        hint = "give one with --author, or end the text with `By Full Name`"
        plan.fail("missing-author", 1, 1, "nobody signs the text", hint)
    if plan.day is None:
        hint = "give it with --date"
        plan.fail("missing-date", 1, 1, "the text says no day of publication", hint)
    slug = choices.slug or short_slug(plan.title)
    if plan.title and not slug:
        hint = "give one with --slug"
        plan.fail("bad-slug", 1, 1, "the title has no letter and no digit", hint)
    if plan.faults or plan.day is None:
        return
    plan.target = f"{plan.day.year:04}/{slug}.md"
    _free(plan, folder)
    plan.text = _briefing(plan, folder)
    plan.found = _checked(plan, folder)


def _free(plan: Plan, folder: Folder) -> None:
    other = folder.taken.get(plan.slug)
    if other is None and os.path.lexists(folder.path / plan.target):
        other = plan.target
    if other is not None:
        hint = "nothing is overwritten: delete that file, or give another name with --slug"
        plan.fail("duplicate-slug", 1, 1, f"{other} has the slug '{plan.slug}'", hint)
    else:
        folder.taken[plan.slug] = f"{plan.target} (of {plan.source.name})"


def _briefing(plan: Plan, folder: Folder) -> str:
    names = [author.written for author in plan.authors]
    record: dict[str, Any] = {
        "title": plan.title,
        "author" if len(names) == 1 else "authors": names[0] if len(names) == 1 else names,
        "date": plan.day,
        "topics": [topic.key for topic in plan.topics],
        "summary": plan.raw.summary,
        "lang": plan.raw.lang,
        "editor": plan.editor,
    }
    front = front_matter({key: value for key, value in record.items() if value})
    return f"---\n{front}---\n\n{raw_blocks.markdown(plan.raw.blocks)}"


def _checked(plan: Plan, folder: Folder) -> list[Problem]:
    """What the checker says of the briefing, before it is in the content folder: it is read in a
    folder of its own, with the same registries."""
    from ..reading.read import read
    from ..weighing import weighed

    with tempfile.TemporaryDirectory(prefix="briefings-") as name:
        alone = Path(name)
        for registry in REGISTRIES:
            if (folder.path / registry).is_file():
                shutil.copyfile(folder.path / registry, alone / registry)
        path = alone / plan.target
        path.parent.mkdir()
        path.write_text(plan.text, encoding="utf-8", newline="\n")
        problems = read(alone, folder.settings, weigh=weighed).problems
    return [problem for problem in problems if problem.path == plan.target]


def author_lines(plans: Iterable[Plan]) -> str:
    """Entries for authors.yml, for the new authors of all plans, in their order."""
    entries: dict[str, dict[str, str]] = {}
    for plan in plans:
        for author in plan.new_authors:
            entry = entries.setdefault(author.key, {"name": author.written})
            if plan.raw.desk and len(plan.authors) == 1 and plan.raw.authors:
                person = is_name(plan.raw.desk) and len(plan.raw.desk.split()) < 2
                entry.setdefault("affiliation" if person else "role", plan.raw.desk)
    return front_matter(entries)
