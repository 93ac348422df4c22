"""A build that has nothing to do says so at once, and is never wrong about it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs_briefings.host import edited, run
from mkdocs_briefings.host.standing import Asked, Before

from .. import making
from ..making import NOW, MakeSite, Site, differing, environment, tree
from ..repos import Repo
from .specimen import SPECIMEN

LEAN: dict[str, Any] = {"search": False, "cards": False, "history": False}
THEME = {"name": "briefings", "custom_dir": "overrides"}


def stands(site: Site, now: int = NOW, *, strict: bool = False) -> bool:
    with environment(SOURCE_DATE_EPOCH=str(now)), pytest.MonkeyPatch.context() as patch:
        # Nothing is built here, of edited texts neither.
        patch.setattr(edited, "edited", lambda *given: None)
        asked = Asked.of(site.root / "mkdocs.yml", None, strict=strict)
        return Before.of(asked).outcome is not None


@pytest.fixture
def built(site: MakeSite) -> Site:
    made = site(SPECIMEN)
    (made.root / "overrides").mkdir()
    assert made.publish(plugin=LEAN, theme=THEME).exit_code == 0
    assert stands(made)
    return made


def a_briefing(site: Site) -> Path:
    return site.content / "2025" / "reed-quota.md"


def same_size_same_time(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def in_a_new_folder(site: Site) -> None:
    new = site.output / "new" / "page.html"
    new.parent.mkdir()
    new.write_text("new")


CHANGES: dict[str, Callable[[Site], object]] = {
    "a text": lambda site: a_briefing(site).write_text("?"),
    "a text, its size and time as before": lambda site: same_size_same_time(a_briefing(site)),
    "a text gone": lambda site: a_briefing(site).unlink(),
    "a text under another name": lambda site: a_briefing(site).rename(site.content / "a.md"),
    "a text new": lambda site: (site.content / "2025" / "new.md").write_text("?"),
    "a registry": lambda site: (site.content / "topics.yml").write_text("{}"),
    "an option": lambda site: site.configure({"theme": THEME}, {**LEAN, "related": 1}),
    "a template of the site": lambda site: (site.root / "overrides" / "main.html").write_text("x"),
    "a page": lambda site: (site.output / "index.html").write_text("?"),
    "a page that nobody may read": lambda site: (site.output / "index.html").chmod(0),
    "a page gone": lambda site: (site.output / "404.html").unlink(),
    "a page that nobody made": lambda site: (site.output / "new.html").write_text("new"),
    "a folder that nobody made": in_a_new_folder,
    "the whole site gone": lambda site: site.output.rename(site.root / "elsewhere"),
    "the cache gone": lambda site: (site.root / ".cache" / "briefings" / "store.sqlite3").unlink(),
    "the cache spoilt": lambda site: (
        site.root / ".cache" / "briefings" / "store.sqlite3"
    ).write_bytes(b"noise" * 9000),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_anything_that_changed_makes_a_build(built: Site, change: Callable[[Site], object]) -> None:
    change(built)
    assert not stands(built)


def test_what_is_asked_for_counts(built: Site) -> None:
    assert not stands(built, strict=True)


def test_what_was_said_is_said_again(site: MakeSite) -> None:
    made = site(SPECIMEN)
    a_briefing(made).write_text(a_briefing(made).read_text() + "\n<b onclick=x>Reeds</b>\n")
    first = made.publish(plugin=LEAN)
    before = tree(made.root)
    again = made.publish(plugin=LEAN)
    assert again.rendered == 0
    assert len(again.problems) == len(first.problems) > 0
    assert [line for line in first.log.splitlines() if line.startswith("  hint")] == [
        line for line in again.log.splitlines() if line.startswith("  hint")
    ]
    changed = [path for path in differing(before, tree(made.root)) if "lock" not in path]
    assert changed == []


def test_what_was_said_is_said_or_found_out_again(built: Site) -> None:
    """Who cannot say it again builds, and knows it then."""
    store = sqlite3.connect(built.root / ".cache" / "briefings" / "store.sqlite3")
    with store:
        spoilt = "update entries set value = zeroblob(3) where kind = 'standing-told'"
        assert store.execute(spoilt).rowcount == 1
    store.close()
    assert not stands(built)
    built.publish(plugin=LEAN, theme=THEME)
    assert stands(built)


def test_a_new_package_counts(built: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(str(packages))
    assert not stands(built)
    assert built.publish(plugin=LEAN, theme=THEME).exit_code == 0
    assert stands(built)
    (packages / "extension-1.0.dist-info").mkdir()
    assert not stands(built)


def test_another_build_into_the_folder_counts(built: Site) -> None:
    """Options that are as they once were do not stand for a site that has been another since."""
    built.publish(plugin={**LEAN, "related": 0}, theme=THEME, strict=True)
    built.configure({"theme": THEME}, LEAN)
    assert not stands(built)


@pytest.mark.parametrize(
    ("published", "now", "until"),
    [
        ("2026-06-01", "2026-06-01T10:00", "2026-06-02T00:00"),
        # Due later on the day.
        ("2026-06-01T15:00:00+02:00", "2026-06-01T10:00", "2026-06-01T13:00"),
        # News for two days from its hour on.
        ("2026-05-30T12:30:00Z", "2026-06-01T10:00", "2026-06-01T12:30"),
    ],
)
def test_it_stands_until_the_clock_changes_the_site(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, published: str, now: str, until: str
) -> None:
    made = site(SPECIMEN)
    text = a_briefing(made).read_text(encoding="utf-8")
    dated = text.replace("date: 2025-05-11", f"date: {published}")
    assert dated != text
    # A text that nothing leads to: a link to what is held back is an error.
    (made.content / "2026" / "by-the-clock.md").write_text(dated, encoding="utf-8")
    began, ends = (int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp())
                   for at in (now, until))  # fmt: skip
    monkeypatch.setattr(making, "NOW", began)
    assert made.publish(plugin=LEAN).exit_code == 0
    assert [stands(made, at) for at in (began - 1, began, ends - 1, ends)] == [
        False, True, True, False
    ]  # fmt: skip


@pytest.fixture
def kept_in_git(site: MakeSite) -> tuple[Site, Repo]:
    made = site(SPECIMEN)
    repo = Repo(made.root)
    made.configure({}, {**LEAN, "history": True})
    repo.commit("content: Begin")
    made.publish(plugin={**LEAN, "history": True})
    assert stands(made)
    return made, repo


def test_a_commit_counts(kept_in_git: tuple[Site, Repo]) -> None:
    made, repo = kept_in_git
    repo.git("commit", "--allow-empty", "--message", "x")
    assert not stands(made)


@pytest.mark.parametrize(
    "place", [".gitattributes", ".git/info/attributes", ".git/info/grafts", ".git/index"]
)
def test_how_git_reads_files_counts(kept_in_git: tuple[Site, Repo], place: str) -> None:
    """With another end of lines, a file may differ from what is committed."""
    made, _ = kept_in_git
    (made.root / place).parent.mkdir(exist_ok=True)
    (made.root / place).write_text("*.md text eol=crlf\n")
    assert not stands(made)


def test_who_builds_counts_for_git(kept_in_git: tuple[Site, Repo], tmp_path: Path) -> None:
    """Their settings and their attributes, wherever they keep them."""
    made, _ = kept_in_git
    config, attributes = tmp_path / "config", tmp_path / "git" / "attributes"
    with environment(GIT_CONFIG_GLOBAL=str(config), XDG_CONFIG_HOME=str(tmp_path)):
        config.write_text("[user]\n\tname = Ada\n", encoding="utf-8")
        assert made.publish(plugin={**LEAN, "history": True}).exit_code == 0
        assert stands(made)
        attributes.parent.mkdir()
        attributes.write_text("*.md text eol=crlf\n", encoding="utf-8")
        assert not stands(made)
        attributes.unlink()
        attributes.parent.rmdir()
        assert stands(made)
        config.write_text("[core]\n\tautocrlf = true\n", encoding="utf-8")
        assert not stands(made)
        config.write_text(f"[core]\n\tattributesFile = {tmp_path}/own\n", encoding="utf-8")
        made.publish(plugin={**LEAN, "history": True})
        assert stands(made)
        (tmp_path / "own").write_text("*.md text eol=crlf\n", encoding="utf-8")
        assert not stands(made)


@pytest.mark.skipif(os.name == "nt", reason="knows no such modes")
def test_a_page_that_nobody_may_read_is_written_again(built: Site) -> None:
    page = built.output / "index.html"
    page.chmod(0)
    assert built.publish(plugin=LEAN, theme=THEME).exit_code == 0
    assert page.stat().st_mode & 0o400
    assert stands(built)


RUN = """
import sys
from mkdocs_briefings.cli.main import main

try:
    main()
finally:
    print("imported:", sorted({"mkdocs", "numpy", "jinja2", "markdown"} & set(sys.modules)))
"""


def test_the_real_command_starts_nothing_when_there_is_nothing_to_do(
    site: MakeSite, tmp_path: Path
) -> None:
    made = site(SPECIMEN)
    made.configure({}, LEAN)
    script = tmp_path / "scripts" / "run.py"
    script.parent.mkdir()
    script.write_text(RUN, encoding="utf-8")

    def run() -> tuple[str, int]:
        done = subprocess.run(
            [sys.executable, str(script), "build"],
            cwd=made.root,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout + done.stderr, made.output.stat().st_ino

    said, folder = run()
    assert "imported: ['jinja2'" in said
    said, again = run()
    assert "imported: []" in said
    assert " 0 of them new or changed" in said
    assert again == folder


EXTENSION = """
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor


class Mark(Postprocessor):
    def run(self, text):
        return text + "<p>{word}</p>"


class Marking(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Mark(md), "mark", 1)


def makeExtension(**given):
    return Marking(**given)
"""
MARKED = ["attr_list", "tables", "site_marking"]
RUN_BESIDE = """
import sys

sys.path.insert(0, sys.argv.pop(1))
from mkdocs_briefings.cli.main import main

main()
"""


def test_an_extension_of_the_site_counts(site: MakeSite, tmp_path: Path) -> None:
    """Its name stays as it is, and so does the folder that it is in."""
    made = site(SPECIMEN)
    made.configure({"markdown_extensions": MARKED}, LEAN)
    module = tmp_path / "code" / "site_marking.py"
    module.parent.mkdir()

    def build(word: str) -> str:
        module.write_text(EXTENSION.replace("{word}", word), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", RUN_BESIDE, str(module.parent), "build"],
            cwd=made.root,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        page = (made.output / "briefings/2025/reed-quota/index.html").read_text(encoding="utf-8")
        assert f"<p>{word}</p>" in page, done.stderr
        return done.stderr

    build("first")
    build("second")
    assert " 0 of them new or changed" in build("second")


def test_the_target_of_a_link_in_the_theme_counts(site: MakeSite, tmp_path: Path) -> None:
    made = site(SPECIMEN)
    target = tmp_path / "main.txt"
    target.write_text("one", encoding="utf-8")
    (made.root / "overrides").mkdir()
    (made.root / "overrides" / "extra.txt").symlink_to(target)
    long_ago = 1_000_000_000
    os.utime(target, (long_ago, long_ago))
    assert made.publish(plugin=LEAN, theme=THEME).text("extra.txt") == "one"
    assert stands(made)
    target.write_text("two", encoding="utf-8")
    assert not stands(made)
    (made.root / "overrides" / "more").symlink_to(tmp_path, target_is_directory=True)
    made.publish(plugin=LEAN, theme=THEME)
    assert not stands(made), "nobody looks behind a link to a folder"


def test_a_file_that_changes_before_it_is_read_is_looked_at_again(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN)
    made.publish(plugin=LEAN)
    path, load = made.root / "briefings/2025/reed-quota.md", load_config

    def slow(*given: Any, **more: Any) -> Any:
        path.write_text(path.read_text(encoding="utf-8") + "\nSecond.\n", encoding="utf-8")
        return load(*given, **more)

    # Something has changed, and the files are looked at before that which changes next.
    topics = made.content / "topics.yml"
    topics.write_text(topics.read_text(encoding="utf-8") + "# First.\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(run, "load_config", slow)
        built = made.publish(plugin=LEAN)
    assert "Second." in built.text("briefings/2025/reed-quota/index.html")
    assert not stands(made)
    made.publish(plugin=LEAN)
    assert stands(made)


def test_options_that_change_while_they_are_read_are_not_believed(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(SPECIMEN)
    load = load_config

    def slow(*given: Any, **more: Any) -> Any:
        config = load(*given, **more)
        path = made.root / "mkdocs.yml"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return config

    with monkeypatch.context() as patched:
        patched.setattr(run, "load_config", slow)
        assert made.publish(plugin=LEAN).exit_code == 0
    assert not stands(made)
