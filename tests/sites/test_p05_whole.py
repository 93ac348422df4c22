"""P5: what is published is one whole version at every moment, and a message says what happened."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from mkdocs_briefings.building import publication

from ..making import NOW, MakeSite, Site, differing, script, tree
from .forking import builder
from .specimen import SPECIMEN

LEAN = {"search": False, "cards": False}
KILLS = 30


def name_topic(site: Site, title: str) -> None:
    """Give a topic a title that stands on many pages."""
    path = site.content / "topics.yml"
    text = re.sub("title: Tolls.*", f"title: {title}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def versions(site: Site) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Two versions of a site as clean builds make them."""
    for title in ("Tolls", "Tolls and dues"):
        name_topic(site, title)
        clean = site.publish(plugin={**LEAN, "cache": False})
        assert clean.exit_code == 0, clean.log
        yield title, clean.files


def test_p05_killed_at_random_moments(site: MakeSite) -> None:
    made = site(SPECIMEN)
    known = dict(versions(made))
    made.configure({}, LEAN)
    chance = random.Random(5)
    with builder(made.root) as builds:
        assert builds.build().code == 0
        standing = "Tolls and dues"
        name_topic(made, "Tolls")
        whole = builds.build("--quiet")
        assert whole.code == 0, whole.said
        standing, killed = "Tolls", 0
        for _ in range(KILLS):
            other = next(title for title in known if title != standing)
            name_topic(made, other)
            ended = builds.build("--quiet", kill=chance.uniform(0.0, 0.7 * whole.seconds))
            found = tree(made.output)
            if ended.code < 0:
                killed += 1
                standing = standing if not differing(found, known[standing]) else other
            else:
                standing = other
            assert differing(found, known[standing]) == [], f"killed after {ended.seconds:.3f} s"
            if chance.random() < 0.3:
                name_topic(made, other)
                assert builds.build("--quiet").code == 0
                standing = other
                assert differing(tree(made.output), known[standing]) == [], "the next one is right"
    assert killed >= KILLS // 3


INTERRUPTED = """
import os, signal, sys
from mkdocs_briefings.building import publication
from mkdocs_briefings.cli.main import main

write = publication.Publication.write
def counted(self, path, key, content):
    if self.written == 3:
        os.kill(os.getpid(), signal.SIGINT)
    write(self, path, key, content)
publication.Publication.write = counted
main()
"""


def test_p05_interrupted(site: MakeSite) -> None:
    made = site(SPECIMEN)
    before = made.publish(plugin=LEAN)
    name_topic(made, "Tolls and fees")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "build"],
        cwd=made.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 130
    assert "error: interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert differing(tree(made.output), before.files) == []


def full(number: int) -> OSError:
    return OSError(number, os.strerror(number), "site/x/index.html")


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.ENOSPC, "make room"), (errno.EROFS, "permissions")]
)
def test_p05_a_write_that_fails(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    """Wherever it fails, and on any system: the nth file cannot be written."""
    made = site(SPECIMEN)
    before = made.publish(plugin=LEAN)
    name_topic(made, "Tolls and fees")
    left = iter(range(8))

    class Failing:
        """The system, as whoever publishes asks it."""

        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        def write(self, opened: int, data: memoryview) -> int:
            if next(left, None) is None:
                raise full(number)
            return os.write(opened, data)

    with monkeypatch.context() as patched:
        patched.setattr(publication, "os", Failing())
        after = made.publish(plugin=LEAN)
    assert after.exit_code == 3
    assert f"error: nothing was published: [Errno {number}]" in after.log
    assert f"hint: {hint}" in after.log or hint in after.log
    assert "nothing was published; no problems;" in after.log
    assert differing(after.files, before.files) == []
    again = made.publish(plugin=LEAN)
    clean = made.build(plugin={**LEAN, "cache": False}, site_dir="clean")
    assert differing(again.files, clean.files) == []


def mounts() -> bool:
    """Whether file systems can be mounted here, for a process and those that it starts."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    command = [*ALONE, "mount -t tmpfs none /mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


ALONE = ("unshare", "--map-root-user", "--mount", "sh", "-c")


def alone(site: Site, command: str) -> subprocess.CompletedProcess[str]:
    """Run shell commands that may mount in the project; `$BRIEFINGS` is the real command."""
    return subprocess.run(
        [*ALONE, f"set -e; {command}"],
        cwd=site.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "BRIEFINGS": script("briefings")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not mounts(), reason="nothing can be mounted here")
def test_p05_a_disk_that_is_full(site: MakeSite) -> None:
    """A project on a disk of its own, filled after the first build, then built."""
    made = site(SPECIMEN)
    made.configure({}, LEAN)
    done = alone(
        made,
        """
        mkdir disk && mount -t tmpfs -o size=12m none disk
        cp -r briefings mkdocs.yml disk && cd disk
        "$BRIEFINGS" build --quiet
        cp -r site ../before
        sed -i 's/title: Tolls/title: Tolls and fees/' briefings/topics.yml
        dd if=/dev/zero of=filler bs=1k 2>/dev/null || true
        code=0; "$BRIEFINGS" build --quiet 2>../said || code=$?
        cp -r site ../after
        rm filler
        "$BRIEFINGS" build --quiet
        cp -r site ../again
        exit $code
        """,
    )
    said = (made.root / "said").read_text(encoding="utf-8")
    assert done.returncode == 3, done.stderr + said
    assert "No space left on device" in said
    assert "hint: make room" in said
    before = tree(made.root / "before")
    assert before
    assert differing(tree(made.root / "after"), before) == []
    name_topic(made, "Tolls and fees")
    clean = made.publish(plugin=LEAN)
    assert differing(tree(made.root / "again"), clean.files) == []


@pytest.mark.skipif(not mounts(), reason="nothing can be mounted here")
def test_p05_a_target_that_is_read_only(site: MakeSite) -> None:
    made = site(SPECIMEN)
    before = made.publish(plugin=LEAN)
    name_topic(made, "Tolls and fees")
    done = alone(
        made,
        'mount --bind site site && mount -o remount,ro,bind site && "$BRIEFINGS" build --quiet',
    )
    assert done.returncode == 3, done.stderr
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert differing(tree(made.output), before.files) == []


def test_p05_readers_meet_one_version(site: MakeSite) -> None:
    """While builds run and texts change under them, every page that is read is whole."""
    made = site(SPECIMEN)
    known = dict(versions(made))
    pages = [
        path for path in known["Tolls"] if known["Tolls"][path] != known["Tolls and dues"].get(path)
    ]
    assert len(pages) > 5
    made.configure({}, LEAN)
    stop = threading.Event()
    wrong: list[str] = []
    asked = 0

    def poll() -> None:
        nonlocal asked
        chance = random.Random(1)
        while not stop.is_set():
            path = chance.choice(pages)
            try:
                found = (made.output / path).read_bytes()
            except OSError as error:
                wrong.append(f"{path}: {error}")
                continue
            if found not in [files[path] for files in known.values()]:
                wrong.append(f"{path}: {len(found)} bytes of no version")
            asked += 1

    with builder(made.root) as builds:
        assert builds.build("--quiet").code == 0
        reader = threading.Thread(target=poll)
        reader.start()
        try:
            for number in range(8):
                name_topic(made, list(known)[number % 2])
                assert builds.build("--quiet").code == 0
        finally:
            stop.set()
            reader.join()
    assert wrong == []
    assert asked > 200


def test_p05_a_text_that_changes_under_a_build(site: MakeSite) -> None:
    """A build tells of each file as it was at one moment; the next one is right."""
    made = site(SPECIMEN)
    known = dict(versions(made))
    made.configure({}, LEAN)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for title in known:
                # As editors write: beside, then renamed.
                path = made.content / "topics.yml"
                text = re.sub("title: Tolls.*", f"title: {title}", path.read_text("utf-8"))
                part = made.root / "part"
                part.write_text(text, encoding="utf-8")
                part.replace(path)

    with builder(made.root) as builds:
        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(4):
                assert builds.build("--quiet").code == 0
                found = tree(made.output)
                assert [] in [differing(found, files) for files in known.values()]
        finally:
            stop.set()
            writer.join()
        name_topic(made, "Tolls")
        assert builds.build("--quiet").code == 0
    assert differing(tree(made.output), known["Tolls"]) == []


@pytest.mark.parametrize("strict", [False, True])
def test_p05_a_build_by_mkdocs(site: MakeSite, strict: bool) -> None:
    """Under plain `mkdocs build`, too: errors and warnings that count leave the site as it was."""
    made = site(SPECIMEN)
    before = made.build(plugin=LEAN)
    assert before.exit_code == 0, before.log
    inode = made.output.stat().st_ino
    made.write("-- briefings/2026/bad.md --\n---\ntitle: 'A: warning'\n---\nText\n")
    assert made.build(plugin=LEAN).exit_code == 1
    (made.content / "2026/bad.md").unlink()
    name_topic(made, "Tolls and fees")
    # A warning that comes when MkDocs has emptied the folder and made pages already.
    made.write(
        "-- late.py --\nimport logging\n\n\ndef on_post_build(config):\n"
        "    logging.getLogger('mkdocs.plugins.late').warning('Too late')\n"
    )
    done = made.build(strict=strict, plugin=LEAN, hooks=["late.py"])
    assert done.exit_code == (1 if strict else 0)
    same = differing(done.files, before.files) == [] and made.output.stat().st_ino == inode
    assert same is strict
    assert not (made.root / ".cache/briefings/staged").exists()


@pytest.mark.parametrize("command", ["mkdocs", "briefings"])
def test_p05_a_build_by_mkdocs_that_breaks_half_way(site: MakeSite, command: str) -> None:
    made = site(SPECIMEN)
    made.write("-- over/main.html --\n{% extends 'base.html' %}\n")
    options: dict[str, Any] = {
        "theme": {"name": "briefings", "custom_dir": "over"},
        "nav": [{"Home": "index.md"}],
    }
    before = made.run(command, "build", plugin=LEAN, **options)
    assert before.exit_code == 0, before.log
    made.write("-- over/topics.html --\n{{ nothing.at.all }}\n")
    after = made.run(command, "build", plugin=LEAN, **options)
    assert after.exit_code != 0
    assert differing(after.files, before.files) == []
