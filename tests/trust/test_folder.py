"""Of what strangers send, a build reads regular files in the content folder and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..making import NOW, Site
from .case import briefing
from .hostile import TARGET

unix = pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links and pipes")
SECRET = "sesame-4711"


def _chain(root: Path, out: Path) -> None:
    (root / "b").symlink_to(out)
    (root / "a.md").symlink_to("b/secret.md")


PLANTED: dict[str, Callable[[Path, Path], object]] = {
    "a file": lambda root, out: (root / "a.md").symlink_to(out / "secret.md"),
    "a folder": lambda root, out: (root / "a").symlink_to(out),
    "a folder by a relative way": lambda root, out: (root / "a").symlink_to("../out"),
    "a link within": lambda root, out: (root / "a.md").symlink_to(root / TARGET[0]),
    "a loop": lambda root, out: (root / "a").symlink_to(root),
    "a dead link": lambda root, out: (root / "a.md").symlink_to("nowhere"),
    "a registry": lambda root, out: (root / "topics.yml").symlink_to(out / "topics.yml"),
    "a ledger": lambda root, out: (root / "permalinks.lock").symlink_to("/etc/hostname"),
    "a front page": lambda root, out: (root / "index.md").symlink_to(out / "secret.md"),
    "an image": lambda root, out: (root / "a.png").symlink_to(out / "a.png"),
    "a hidden link": lambda root, out: (root / ".git").symlink_to(out),
    "a pipe": lambda root, out: os.mkfifo(root / "a.md"),
    "a device": lambda root, out: (root / "a.md").symlink_to("/dev/zero"),
    "a chain": _chain,
}


@pytest.fixture
def project(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.content.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (site.content / TARGET[0]).write_bytes(TARGET[1])
    (out / "secret.md").write_bytes(briefing("x", SECRET, title=SECRET)[1])
    (out / "topics.yml").write_text(f"money: {{title: {SECRET}}}\n", encoding="utf-8")
    (out / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + SECRET.encode())
    return site


@unix
@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
def test_p03_no_link_is_followed(project: Site, plant: Callable[[Path, Path], object]) -> None:
    plant(project.content, project.root / "out")
    for command in (("briefings", "check", "briefings"), ("briefings", "build")):
        done = project.run(*command)
        assert done.exit_code == 1, done.log
        assert set(done.codes) == {"bad-file"}
        assert SECRET not in done.log
        assert list(done.files) == []


@unix
@pytest.mark.parametrize("plant", ["a file", "a folder", "an image"])
def test_p03_nor_by_mkdocs(project: Site, plant: str) -> None:
    PLANTED[plant](project.content, project.root / "out")
    done = project.run("mkdocs", "build")
    assert (done.exit_code, set(done.codes), list(done.files)) == (1, {"bad-file"}, [])


PRIVATE = {
    ".env": b"TOKEN=sesame-4711",
    ".git/config": b"sesame-4711",
    "notes.md~": b"sesame-4711",
    "#notes.md#": b"sesame-4711",
    ".notes.md.swp": b"sesame-4711",
    "notes.txt": b"sesame-4711",
    "page.html": b"<script>sesame-4711</script>",
    "logo.svg": b"<svg onload='sesame-4711'/>",
    "hooks.py": b"print('sesame-4711')",
    "main.js": b"sesame-4711",
    "style.css": b"sesame-4711",
    "CNAME": b"sesame-4711.example",
    "_redirects": b"/* https://sesame-4711.example",
    "_headers": b"sesame-4711",
    "robots.txt": b"sesame-4711",
    "feed.xml": b"sesame-4711",
    "mkdocs.yml": b"sesame-4711",
    "data.json": b"sesame-4711",
    "photo.png": b"sesame-4711",
    "assets/briefings.js": b"sesame-4711",
    "key.pem": b"sesame-4711",
    "id_rsa": b"sesame-4711",
    "a.md.md": b"sesame-4711",
    "con.md": b"sesame-4711",
    "a b.md": b"sesame-4711",
    "a%2f..%2fb.md": b"sesame-4711",
    "..md": b"sesame-4711",
    "-": b"sesame-4711",
    "<img src=x onerror=kanari()>.md": b"sesame-4711",
    "::error::x.md": b"sesame-4711",
    "a\nb.md": b"sesame-4711",
    "a\x1b[31m.md": b"sesame-4711",
    "a\u202eb.md": b"sesame-4711",
}


@pytest.mark.parametrize("name", PRIVATE)
def test_p04_no_other_file_is_published(project: Site, name: str) -> None:
    path = project.content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PRIVATE[name])
    done = project.run("briefings", "check", "--format", "github", "briefings")
    assert done.exit_code == 1
    assert done.log.count("::error ") == 1, "a name forges no command"
    assert "\x1b" not in done.log
    assert "\u202e" not in done.log
    assert not [line for line in done.log.splitlines() if line.startswith("::error::")]


WATCH = """
import json, os, sys
seen = {"written": set(), "network": set()}
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) and isinstance(args[2], int):
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            seen["written"].add(os.path.abspath(os.fsdecode(args[0])))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink"):
        seen["written"].update(os.path.abspath(os.fsdecode(a)) for a in args[:2]
                               if isinstance(a, (str, bytes)))
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        seen["network"].add(str(args[1:2]))
sys.addaudithook(hook)
sys.argv[:] = ["briefings", *sys.argv[2:]]
from mkdocs_briefings.cli.main import main
try:
    main()
except SystemExit as end:
    code = end.code
with open(os.environ["SEEN"], "w") as file:
    json.dump({"code": code, **{k: sorted(v) for k, v in seen.items()}}, file)
"""


@pytest.mark.parametrize("command", ["build", "check"])
def test_p03_only_the_output_is_written_and_nobody_is_asked(project: Site, command: str) -> None:
    # What asks for the network when it is rendered by others.
    name, data = briefing(
        "asks", '![x](https://evil.example/x.png)\n\n--8<-- "https://evil.example"'
    )
    (project.content / name).write_bytes(data)
    project.configure({}, {})
    before = {p: p.stat().st_mtime_ns for p in project.content.rglob("*")}
    report = project.root / "seen.json"
    done = subprocess.run(
        [sys.executable, "-c", WATCH, "", command],
        cwd=project.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "SEEN": str(report)},
        capture_output=True,
        text=True,
        check=False,
    )
    seen = json.loads(report.read_text())
    assert seen["code"] in (0, None), done.stdout + done.stderr
    assert seen["network"] == []
    allowed = (str(project.output), str(project.root / ".cache"), "/dev/null", str(report))
    inside = [path for path in seen["written"] if path.startswith(f"{project.root}/")]
    assert [path for path in inside if not path.startswith(allowed)] == []
    assert {p: p.stat().st_mtime_ns for p in project.content.rglob("*")} == before
