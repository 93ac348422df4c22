"""A killed build leaves the site as it was, or as it was to be, and the next one is right."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest

from ..making import NOW, MakeSite, Site, differing, tree
from .specimen import SPECIMEN

LEAN = {"search": False, "cards": False}
KILLED = """
import os, signal, sys
from mkdocs_briefings.building import publication
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.host.reuse import Reuse

def end(*_):
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv.pop(1)
if point.isdigit():
    write = publication.Publication.write
    def counted(self, path, key, content):
        if self.written == int(point):
            written = os.write
            os.write = lambda file, data: end(written(file, data[: len(data) // 2]))
        write(self, path, key, content)
    publication.Publication.write = counted
elif point == "exchange":
    publication.exchange = end
elif point == "saving":
    Reuse.done = end
main()
"""
"""`briefings`, killed at a point: in the middle of its nth file, before the folders change places,
or after that and before anything is remembered."""


def killed(site: Site, point: str) -> None:
    """Build as `briefings build` does, up to a point."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, point, "build", "--quiet"],
        cwd=site.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def name_topic(site: Site, title: str) -> None:
    """Give a topic a title that stands on many pages."""
    path = site.content / "topics.yml"
    text = re.sub("title: Tolls.*", f"title: {title}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("point", ["0", "3", "20", "exchange", "saving"])
@pytest.mark.parametrize("built_before", [1, 2], ids=["first edit", "second edit"])
def test_a_killed_build(site: MakeSite, point: str, built_before: int) -> None:
    made = site(SPECIMEN)
    for title in ["Tolls", "Tolls and dues"][:built_before]:
        name_topic(made, title)
        before = made.publish(plugin=LEAN)
        assert before.exit_code == 0
    name_topic(made, "Tolls and fees")
    killed(made, point)
    after = tree(made.output)
    clean = made.build(plugin={**LEAN, "cache": False}, site_dir="clean")
    standing = clean.files if point == "saving" else before.files
    assert differing(after, standing) == []
    again = made.publish(plugin=LEAN)
    assert differing(again.files, clean.files) == []
