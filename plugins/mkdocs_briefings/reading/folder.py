"""The content folder: which files there are, and which may not be there.

Only regular files are read. No symbolic link is followed, anywhere, and nothing outside the folder
is touched.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..catalog.problem import Problem, Severity
from .findings import Findings
from .nodes import Fault

REGISTRIES = ("topics.yml", "authors.yml", "storylines.yml", "glossary.yml", "former.yml")
RULES = "rules.yml"
FRONT = "index.md"
LEDGER = "permalinks.lock"
FILE_LIMIT = 1 << 20
"""Most bytes of a Markdown file or registry."""
LEDGER_LIMIT = 64 << 20
IMAGE_LIMIT = 20 << 20
NAME_LIMIT = 120
"""Most bytes of a file's or folder's name."""
DEPTH_LIMIT = 20
"""Most folders within each other."""
COUNT_LIMIT = 200_000
TOTAL_LIMIT = 4 << 30
_PIECE = 1 << 16
"""Bytes read at a time: most files are one piece."""

_MAGIC = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "avif": (b"",),
}
# Systems and git put these everywhere; they are never published, and nobody typed them.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".keep"})
_UNFINISHED = re.compile(r"\.briefings-\w+\.tmp")
"""What a command of ours leaves that was killed while it wrote a file: see `cli.writing`."""
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)]
)
_NO_LINK = "put the file itself in its place"
_ACCESS = "look at the owner and the permissions"
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_TYPES = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}


@dataclass(slots=True)
class Found:
    """What a content folder holds. Paths are relative to it, with `/`, sorted by code point."""

    briefings: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)
    front: str = ""
    """`index.md`, or empty."""
    registries: list[str] = field(default_factory=list)
    rules: str = ""
    """`rules.yml`, or empty."""
    ledger: bool = False
    """Whether there is a `permalinks.lock`."""
    images: list[str] = field(default_factory=list)
    statuses: dict[str, os.stat_result] = field(default_factory=dict)
    """Of Markdown files, when they were found."""
    problems: list[Problem] = field(default_factory=list)


def scan(folder: Path) -> Found:
    """Look through `folder`; everything that may not be in it is a problem."""
    found = Found()
    total = 0
    seen: dict[str, str] = {}
    for count, (path, status) in enumerate(sorted(_walk(folder, "", found)), start=1):
        total += status.st_size
        if count > COUNT_LIMIT or total > TOTAL_LIMIT:
            message = f"more than {COUNT_LIMIT:,} files or {TOTAL_LIMIT >> 30} GiB"
            _report(found, path, "too-large", message, "nothing after this file was read")
            break
        # Other systems do not tell case or Unicode forms apart.
        twin = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if twin != path:
            message = f"the name differs from '{twin}' only in case or Unicode form"
            _report(found, path, "duplicate-slug", message, "rename one of the two")
        _sort(folder, path, status, found)
    return found


def load(folder: Path, path: str, limit: int | None = None) -> bytes:
    """The bytes of a file that `scan` found, at most `limit` of them; None is the usual one.

    Raises:
        Fault: `too-large` or `unreadable`, or `bad-file` when it has become a link.
    """
    most = FILE_LIMIT if limit is None else limit
    try:
        # Not followed, not waited for, and asked of the open file: it may have been exchanged.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(folder / path, flags | getattr(os, "O_CLOEXEC", 0))
        try:
            data = _read(handle, most + 1)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Fault("bad-file", 1, 1, "a symbolic link", _NO_LINK) from None
        message = f"the file cannot be read: {error.strerror or error}"
        raise Fault("unreadable", 1, 1, message, _ACCESS) from None
    if len(data) > most:
        message = f"the file is over {most >> 20} MiB"
        hint = "split it into several briefings" if path.endswith(".md") else "shorten it"
        raise Fault("too-large", 1, 1, message, hint)
    return data


def _read(handle: int, most: int) -> bytes:
    """The bytes of an open file, at most so many."""
    # In pieces, since memory for all that a file may hold takes longer to get than most to read.
    parts = []
    while most and (part := os.read(handle, min(most, _PIECE))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _walk(root: Path, below: str, found: Found) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(root / below) as entries:
            listed = list(entries)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror or error}"
        _report(found, below or ".", "unreadable", message, _ACCESS)
        return
    for entry in listed:
        path = f"{below}/{entry.name}" if below else entry.name
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            _report(found, path, "unreadable", message, _ACCESS)
            continue
        kind = stat.S_IFMT(status.st_mode)
        if kind in _TYPES:
            message = f"{_TYPES[kind]}, where only files and folders may be"
            _report(found, path, "bad-file", message, _NO_LINK)
        elif kind == stat.S_IFREG:
            if _named(path, entry.name, found, folder=False):
                yield path, status
        elif _named(path, entry.name, found, folder=True):
            if path.count("/") < DEPTH_LIMIT:
                yield from _walk(root, path, found)
            else:
                message = f"folders are nested deeper than {DEPTH_LIMIT}"
                _report(found, path, "too-deep", message, "move what is in it up")


def _named(path: str, name: str, found: Found, *, folder: bool) -> bool:
    """Whether a file or folder may have its name; reports it when not."""
    if (name.lower() in _LITTER or _UNFINISHED.fullmatch(name)) and not folder:
        message = f"'{name}' is no content; it is not published"
        _report(found, path, "bad-file", message, "delete it", Severity.WARNING)
        return False
    fault, hint = _fault(name, folder)
    if fault:
        _report(found, path, "bad-file", fault, hint)
    elif len(name.encode()) > NAME_LIMIT:
        message = f"the name has {len(name.encode())} bytes, {NAME_LIMIT} is the limit"
        _report(found, path, "long-name", message, "give it a shorter name")
    return not fault


def _fault(name: str, folder: bool) -> tuple[str, str]:
    if name.startswith("."):
        return "a hidden file or folder", "move it out of the content folder, or delete it"
    if name.endswith(("~", ".swp", ".swo", ".bak", ".orig", ".tmp")) or name.startswith("#"):
        return "an editor's backup", "delete it"
    stem = name if folder else name.rpartition(".")[0]
    if not name.isascii() and any("\ud800" <= c <= "\udfff" for c in name):
        return "the name is not UTF-8", "rename it"
    if _PLAIN.fullmatch(stem) and stem.lower() not in _DEVICES:
        return "", ""
    if unicodedata.normalize("NFC", name) != name:
        hint = "rename it: the same letters, typed anew"
        return "the name is not in Unicode's composed form (NFC)", hint
    wrong = next((c for c in stem if not _allowed(c)), "")
    if wrong or not stem:
        shown = repr(wrong) if wrong else "nothing before the dot"
        return f"the name has {shown}", "letters, digits, `-` and `_` only, then `.md`"
    if stem.lower() in _DEVICES:
        return f"'{stem}' is a device on Windows", "rename it"
    return "", ""


def _allowed(character: str) -> bool:
    """A letter, mark or digit of any script, `-` or `_`."""
    return character in "-_" or unicodedata.category(character) in {
        "Ll", "Lu", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd",
    }  # fmt: skip


def _sort(folder: Path, path: str, status: os.stat_result, found: Found) -> None:
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2]
    if ending == "md":
        found.statuses[path] = status
        if path == FRONT:
            found.front = path
        elif path.startswith("pages/"):
            found.pages.append(path)
        elif path.startswith("editions/"):
            found.editions.append(path)
        else:
            found.briefings.append(path)
    elif path in REGISTRIES:
        found.registries.append(path)
    elif path == RULES:
        found.rules = path
    elif path == LEDGER:
        found.ledger = True
    elif ending in _MAGIC:
        _image(folder, path, ending, status, found)
    elif ending.lower() in {"md", *_MAGIC}:
        message = f"the ending '.{ending}' is not in small letters"
        _report(found, path, "bad-file", message, f"rename it to '.{ending.lower()}'")
    else:
        hint = "keep .md files, images (png, jpg, gif, webp, avif) and the registries here"
        if name in (*REGISTRIES, RULES, LEDGER):
            hint = "move it to the top of the content folder"
        elif ending in {"markdown", "mdown", "mkd", "txt"}:
            hint = "rename it to '.md'"
        elif ending == "svg":
            hint = "save the picture as png, webp or avif: svg may hold script"
        elif ending == "yaml":
            hint = "registries end in '.yml'"
        _report(found, path, "bad-file", "not a kind of file that is published", hint)


def _image(folder: Path, path: str, ending: str, status: os.stat_result, found: Found) -> None:
    if status.st_size > IMAGE_LIMIT:
        message = f"the image is over {IMAGE_LIMIT >> 20} MiB"
        _report(found, path, "too-large", message, "make it smaller: pages are read on phones")
        return
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(folder / path, flags), "rb") as file:
            start = file.read(32)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        _report(found, path, "unreadable", message, _ACCESS)
        return
    if is_image(ending, start):
        found.images.append(path)
    else:
        message = f"the content is not that of a .{ending} image"
        _report(found, path, "bad-file", message, "export the picture anew")


def is_image(ending: str, start: bytes) -> bool:
    """Whether a file of a known ending begins as such an image does; `start` is 32 bytes."""
    good = start.startswith(_MAGIC[ending])
    if ending == "webp":
        good = good and start[8:12] == b"WEBP"
    if ending == "avif":
        good = start[4:8] == b"ftyp" and b"avi" in start[8:32]
    return good


def _report(
    found: Found,
    path: str,
    code: str,
    message: str,
    hint: str = "",
    severity: Severity | None = None,
) -> None:
    findings = Findings(path)
    findings.add(code, 1, 1, message, hint, severity)
    found.problems += findings.problems
