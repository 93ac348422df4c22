"""What is published, brought up to date beside what readers see and put in its place as a whole.

Of a site there are two folders: the one that is served, and a spare one that was served before it.
A build makes the spare one right (what has not changed stays or is linked from the served one, the
rest is written) and lets the two change places; the first one makes the spare one, too. A build
that ends early, however it ends, leaves the served folder as it was, and the next one trusts no
file that it cannot account for.

A file is accounted for by a key, a digest of all that it was made from, and by its size, time and
inode: who touches a file in either folder, or makes it unreadable, makes the next build write it
again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from .exchange import exchange
from .listing import Listed, listed, names_in, status_of, times_of
from .mounts import mounts
from .store import Store

Row = tuple[str, int, int, int]
"""Key, size in bytes, time of the last change in nanoseconds, inode."""

_ROWS = msgspec.msgpack.Decoder(dict[str, dict[str, Row]])
_MADE = msgspec.msgpack.Decoder(tuple[str, dict[str, str]])
_TIMES = msgspec.msgpack.Decoder(tuple[str, dict[str, int]])
_encode = msgspec.msgpack.Encoder().encode

_KIND = "published"
"""By the path of the served folder: the files of it and of its twin, each under `_name`."""
_STATES = "published-state"
"""By the path of the served folder: a digest of that row, which takes long to read."""
_TOGETHER = "published-together"
_FOLDERS = "published-folders"
"""By the path of the served folder: its name, and when each folder in it last changed. By that
path with `_SPARE` behind it: the same of its twin, as it was when it was served. Nothing where
they may hold what no build has put there."""
_SPARE = "\0spare"
_AFRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Publication:
    """One build's way to the files of a site. Paths are relative to the site, with `/`.

    Args:
        folder: What is served; it need not exist.
        spare: Where its twin is or may be, on the same file system; None to change `folder`
            itself, file by file: for a folder that cannot be moved.
        store: Knows the files of earlier builds.
    """

    def __init__(self, folder: Path, spare: Path | None, store: Store) -> None:
        self.folder = folder
        self.target = spare or folder
        """Where files are written."""
        self._above = f"{self.target}{os.sep}"
        self._store = store
        self.target.mkdir(parents=True, exist_ok=True)
        self._kept = _kept(store, folder)
        told = store.get(_FOLDERS, f"{folder}{_SPARE}" if spare else str(folder))
        rows = self._kept.get(_name(self.target), {})
        self._found, self._times = _as_left(self.target, rows, told) or listed(self.target)
        self._rows = _known(self._kept, self.target, self._found)
        # Of what is served few files are asked for, and looked at then: those that the build
        # before wrote.
        there = spare and folder.is_dir()
        self._served = self._kept.get(_name(folder), {}) if there else {}
        self._wanted: dict[str, Row] = {}
        self._folders = {""}
        """Those that are there."""
        self._new: set[str] = set()
        """Those of them that this build has made: nothing is in them that it has not put there."""
        # What it is exchanged with may leave its mark on the folder itself.
        self._touched = {""}
        """Those in which this build may have put, exchanged or removed something."""
        self.written = 0
        """Files that were written."""

    def keep(self, path: str, key: str) -> bool:
        """Whether a file made from what `key` tells stands already; then it is published.

        An empty key tells nothing.
        """
        if not key:
            return False
        row = self._rows.get(path)
        if row and row[0] == key:
            self._wanted[path] = row
            return True
        row = self._served.get(path)
        if not row or row[0] != key:
            return False
        served = f"{self.folder}{os.sep}{path}"  # Of thousands: a Path takes longer.
        try:
            if status_of(os.lstat(served)) != row[1:]:
                return False
            os.link(served, self._place(path))
        except OSError:
            return False
        self._wanted[path] = row
        return True

    def keep_served(self, but: Collection[str], below: str = "") -> bool:
        """Whether all that is served stands already, some files left out, and what stands `below`
        a folder, unless that is empty; then it is published."""
        for path, row in self._served.items():
            if path in but or (below and path.startswith(below)):
                continue
            if self._rows.get(path) == row:
                self._wanted[path] = row
            elif not self.keep(path, row[0]):
                return False
        return bool(self._served)

    def write(self, path: str, key: str, content: bytes) -> None:
        """Publish a file with this content."""
        # Of thousands: as a Path and a file object each takes twice as long.
        place = self._place(path)
        part = f"{place}.part" if self.target == self.folder else place
        opened = os.open(part, _AFRESH, 0o666)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(opened, left) :]
        finally:
            os.close(opened)
        status = os.lstat(part)
        self._wanted[path] = (key, status.st_size, status.st_mtime_ns, status.st_ino)
        if part != place:
            Path(part).replace(place)
        self.written += 1

    def keep_all(self, name: str, key: str) -> bool:
        """Whether all files that were written together stand already; then they are published."""
        kept = self._store.get(_TOGETHER, f"{self.folder}/{name}") if key else None
        if kept is None:
            return False
        try:
            made_from, files = _MADE.decode(kept)
        except msgspec.MsgspecError:
            return False
        return made_from == key and all(self.keep(path, own) for path, own in files.items())

    def write_all(self, name: str, key: str, files: Mapping[str, bytes]) -> None:
        """Publish files that are made together; which they are is known once they are made.

        With an empty key they are made again the next time.
        """
        # Of the thousands of an index an edit changes few.
        made = {path: blake2b(data, digest_size=16).hexdigest() for path, data in files.items()}
        for path, own in made.items():
            if not self.keep(path, own):
                self.write(path, own, files[path])
        self._store.put(_TOGETHER, f"{self.folder}/{name}", _encode((key, made)))

    def drop(self, folder: str) -> None:
        """Publish nothing below a folder after all, whatever was kept or written there."""
        below = f"{folder}/"
        for path in [path for path in self._wanted if path.startswith(below)]:
            del self._wanted[path]
        shutil.rmtree(self.target / folder, ignore_errors=True)
        for known in (self._folders, self._new):
            known -= {path for path in known if f"{path}/".startswith(below)}
        self._touched.add(folder.rpartition("/")[0])

    def finish(self, *, lasting: bool = True) -> None:
        """Remove what is not published, and put all in its place.

        Args:
            lasting: Whether later builds will find the spare folder: that of a new site is made
                then, so that the first edit takes no longer than any other.

        Raises:
            OSError: If the folders cannot change places; what is served stays as it is.
        """
        names = names_in(self._wanted)
        for path in filter(self._is_ours, self._found.keys() - self._wanted.keys()):
            self._remove(path)
        # Those below a folder before it.
        for path in sorted(filter(self._is_ours, self._times.keys() - names.keys()), reverse=True):
            self._touched.add(path.rpartition("/")[0])
            with contextlib.suppress(OSError):  # It may be a file by now.
                (self.target / path).rmdir()
        rows = {_name(self.target): self._wanted}
        spare = None
        if self.target != self.folder:
            if self.folder.is_dir():
                served = _name(self.folder)
                rows[served] = self._kept.get(served, {})
                exchange(self.folder, self.target)
                spare = self._store.get(_FOLDERS, str(self.folder))
            else:
                self.folder.parent.mkdir(parents=True, exist_ok=True)
                self.target.rename(self.folder)
                if lasting and self._linked(names):
                    rows[_name(self.target)] = self._wanted
                    spare = _told(self.target, dict(times_of(self.target, names)))
        left = _encode(rows)
        self._store.put(_KIND, str(self.folder), left)
        digest = blake2b(left, digest_size=16).digest()
        self._store.put(_STATES, str(self.folder), digest)
        times = self._times_left(names)
        if spare:
            self._store.put(_FOLDERS, f"{self.folder}{_SPARE}", spare)
        self._store.put(_FOLDERS, str(self.folder), _told(self.folder, times) if times else b"")

    def _linked(self, folders: Iterable[str]) -> bool:
        """Whether the spare folder, of which there is nothing, has all that is served now."""
        try:
            for path in sorted(folders):  # Those above a folder before it.
                os.mkdir(f"{self._above}{path}")  # noqa: PTH102  # Of thousands.
            for path in self._wanted:
                os.link(f"{self.folder}{os.sep}{path}", f"{self._above}{path}")
        except OSError:  # The next build makes it, or does without.
            shutil.rmtree(self.target, ignore_errors=True)
            return False
        return True

    def _is_ours(self, path: str) -> bool:
        """Whether a file or folder goes if it is not published."""
        # What is hidden at the top is somebody else's, as for MkDocs: `.git`, `.nojekyll`.
        return self.target != self.folder or not path.startswith(".")

    def _times_left(self, names: Mapping[str, set[str]]) -> dict[str, int] | None:
        """When each folder that is published last changed; None where one holds what this build has
        not put there: it came while the build was at work, and the next one has to list them.

        Args:
            names: As `names_in` gives them.
        """
        # One that this build has not touched is told as it was found. If somebody else has, it
        # will not be as told, and the next build lists it.
        times = {path: time for path, time in self._times.items() if path in names}
        touched = [path for path in names if path in self._touched or path not in times]
        with contextlib.suppress(OSError):  # Somebody removed a folder.
            # First, since what comes later changes them.
            now = dict(times_of(self.folder, touched))
            for path in touched:
                if times.get(path) == now[path]:
                    continue
                above = f"{path}/" if path else ""
                # Of thousands: a Path takes longer.
                place = f"{self.folder}{os.sep}{path}" if path else str(self.folder)
                with os.scandir(place) as entries:
                    found = {e.name + "/" * e.is_dir(follow_symlinks=False) for e in entries}
                if any(self._is_ours(above + name) for name in found - names[path]):
                    return None
            return times | now
        return None

    def _remove(self, path: str) -> None:
        """Remove a file."""
        self._touched.add(path.rpartition("/")[0])
        place = self.target / path
        with contextlib.suppress(NotADirectoryError):  # A file stands where its folder was.
            if place.is_symlink() or not place.is_dir():
                place.unlink(missing_ok=True)

    def _place(self, path: str) -> str:
        """Where a file is to stand: free, in a folder that is there."""
        place = f"{self._above}{path}"
        parent = path.rpartition("/")[0]
        self._touched.add(parent)
        if parent not in self._folders:
            self._make_folder(parent)
        # By this build, which has found since that another of those made with it is gone.
        linked = path in self._wanted
        if parent in self._new and not linked:
            return place
        if (linked or path in self._found) and self.target != self.folder:
            # Never over it: the served folder may have the same file.
            Path(place).unlink(missing_ok=True)
        elif path not in self._found and Path(place).is_dir():
            shutil.rmtree(place)
        return place

    def _make_folder(self, path: str) -> None:
        above = path.rpartition("/")[0]
        if above not in self._folders:
            self._make_folder(above)
        try:
            os.mkdir(f"{self._above}{path}")  # noqa: PTH102  # As above.
            made = True
        except FileExistsError:
            place = self.target / path
            # A link to a folder is none of ours: what it leads to is somebody else's.
            made = place.is_symlink() or not place.is_dir()
            if made:
                place.unlink()
                place.mkdir()
        if made:
            self._new.add(path)
            self._touched.add(above)
        self._folders.add(path)


def state(store: Store, folder: Path) -> str:
    """What the last build into a served folder has left there, as a digest; equal for no other."""
    return (store.get(_STATES, str(folder)) or b"").hex()


def served(store: Store, folder: Path) -> str:
    """What a served folder is known by, wherever it is moved, if the last build into it is known;
    else empty."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        told = store.get(_FOLDERS, str(folder))
        name = _TIMES.decode(told)[0] if told else ""
        return name if name == _name(folder) else ""
    return ""


def is_whole(store: Store, folder: Path) -> bool:
    """Whether a served folder holds what the last build into it has left, and nothing else."""
    try:
        rows = _kept(store, folder).get(_name(folder), {})
        found = _as_left(folder, rows, store.get(_FOLDERS, str(folder)))
        return found is not None and all(row[1:] == found[0][path] for path, row in rows.items())
    except OSError:
        return False


def can_move(folder: Path, beside: Path) -> bool:
    """Whether a folder can change places with one in `beside`.

    Not so if it is a mount point, a link or on another file system, or if somebody keeps hidden
    files in it, which would move along.
    """
    if folder.is_symlink() or _is_mounted(folder):
        return False
    with contextlib.suppress(OSError):
        above = folder if folder.is_dir() else folder.parent
        same = above.stat().st_dev == beside.stat().st_dev
        hidden = folder.is_dir() and any(e.name.startswith(".") for e in folder.iterdir())
        free = all(os.access(place, os.W_OK) for place in (folder.parent, beside))
        return same and not hidden and free
    return False


def _is_mounted(folder: Path) -> bool:
    """Whether a folder is a mount point, also one of a folder of the same file system, which looks
    like any other but to Linux' own list."""
    if os.path.ismount(folder):
        return True
    here = str(folder.resolve())
    return any(place == here for place, _ in mounts())


def _as_left(folder: Path, rows: Mapping[str, Row], told: bytes | None) -> Listed | None:
    """What a build has left in a folder, as it is now; None where there may be other files.

    Who adds, removes or exchanges a file changes the folder that it is in: if none has changed, no
    folder need be listed, which takes thrice as long.

    Args:
        folder: Where they are.
        rows: All that were left there.
        told: The folder's name and when each folder in it last changed, as it was kept.
    """
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        name, times = _TIMES.decode(told) if told else ("", {})
        if rows and name == _name(folder) and times == dict(times_of(folder, times)):
            above = f"{folder}{os.sep}"
            return {path: status_of(os.lstat(above + path)) for path in rows}, times
    return None


def _told(folder: Path, times: Mapping[str, int]) -> bytes:
    """A folder's name and when each folder in it last changed, as they are kept."""
    return _encode((_name(folder), times))


def _kept(store: Store, folder: Path) -> Mapping[str, dict[str, Row]]:
    """What builds into a folder have left of it and of its twin; nothing where nobody knows."""
    with contextlib.suppress(msgspec.MsgspecError):
        if kept := store.get(_KIND, str(folder)):
            return _ROWS.decode(kept)
    return {}


def _known(
    kept: Mapping[str, dict[str, Row]], folder: Path, found: Mapping[str, tuple[int, int, int]]
) -> dict[str, Row]:
    """The files of a folder that are as a build left them."""
    rows = kept.get(_name(folder), {})
    return {path: row for path, row in rows.items() if found.get(path) == row[1:]}


def _name(folder: Path) -> str:
    """What a folder is known by wherever it is moved."""
    status = folder.stat()
    return f"{status.st_dev}-{status.st_ino}"
