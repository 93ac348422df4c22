"""What is mounted where: names with spaces, one mount over another, the nearest one above."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_briefings.building import mounts as module
from mkdocs_briefings.building.mounts import file_system, mounts

LIST = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:5 / /net rw,relatime - nfs4 host:/ rw
31 21 0:6 / /net/a\\040b rw,relatime master:1 - tmpfs tmpfs rw
32 31 0:7 / /net/a\\040b rw,relatime - virtiofs shared rw
"""


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mountinfo"
    path.write_text(LIST)
    monkeypatch.setattr(module, "_LIST", path)


@pytest.mark.usefixtures("listed")
def test_mounts_are_told_in_their_order() -> None:
    assert list(mounts())[2:] == [("/net/a b", "tmpfs"), ("/net/a b", "virtiofs")]


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/network", "ext4"),
        ("/net", "nfs4"),
        ("/net/a", "nfs4"),
        ("/net/a b/c", "virtiofs"),
    ],
)
def test_the_nearest_mount_above_counts(path: str, kind: str) -> None:
    assert file_system(Path(path)) == kind


def test_without_a_list_nobody_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LIST", tmp_path / "none")
    assert list(mounts()) == []
    assert file_system(tmp_path) == ""
