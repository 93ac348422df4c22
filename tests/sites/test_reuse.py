"""A build from the cache is a clean build, byte for byte, whatever was edited or spoilt."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import integers, sampled_from
from mkdocs_briefings.viewing.briefing import LONG_READ
from mkdocs_briefings.viewing.describe import described
from mkdocs_briefings.viewing.records import View
from mkdocs_briefings.viewing.shelf import Site as ViewedSite

from .. import making
from ..links import broken as broken_links
from ..making import CONFIG, MakeSite, Result, Site, differing, tree
from .specimen import SPECIMEN

LEAN: dict[str, Any] = {"search": False, "cards": False}
"""What has caches of its own is tested elsewhere, and takes time."""


def clean(site: Site, **plugin: Any) -> Result:
    """What MkDocs makes of a site, page by page and without a cache, in a folder of its own."""
    return site.build(plugin={**LEAN, **plugin, "cache": False}, site_dir="clean")


def compared(site: Site, **plugin: Any) -> Result:
    """Build from the cache and without one; both must say and write the same."""
    kept = site.publish(plugin={**LEAN, **plugin})
    whole = clean(site, **plugin)
    assert differing(kept.files, whole.files) == []
    assert kept.exit_code == whole.exit_code
    assert [str(problem) for problem in kept.problems] == [str(p) for p in whole.problems]
    return kept


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def briefings(site: Site) -> list[Path]:
    return sorted(path for path in site.content.rglob("20*/*.md"))


def body(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    words = " ".join(dice.choice("reed toll crown water harbour quota".split()) for _ in range(20))
    path.write_text(path.read_text(encoding="utf-8") + f"\n{words}.\n", encoding="utf-8")


def title(site: Site, dice: random.Random) -> None:
    edited(dice.choice(briefings(site)), "\ntitle: ", f"\ntitle: {dice.choice('ABC')} ")


def day(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    edited(path, "\ndate: 2026-", "\ndate: 2025-")


def broken(site: Site, dice: random.Random) -> None:
    """Something that is reported, and that the next edit of its file may mend."""
    path = dice.choice(briefings(site))
    path.write_text(path.read_text(encoding="utf-8") + "\nSee [[nowhere-at-all]].\n", "utf-8")


def mended(site: Site, dice: random.Random) -> None:
    for path in briefings(site):
        edited(path, "\nSee [[nowhere-at-all]].\n", "")


def long(site: Site, dice: random.Random) -> None:
    """As long as briefings whose citations are files, or no longer so."""
    path = dice.choice(briefings(site))
    text, mark, _ = path.read_text(encoding="utf-8").partition("\nAnd so on: ")
    path.write_text(text if mark else f"{text}\nAnd so on: {'toll ' * LONG_READ}", "utf-8")


def topic(site: Site, dice: random.Random) -> None:
    edited(site.content / "topics.yml", "title: Tolls", f"title: Tolls {dice.choice('xyz')}")


def author(site: Site, dice: random.Random) -> None:
    edited(site.content / "authors.yml", "name: Ada Example", "name: Ada B. Example")


def gone(site: Site, dice: random.Random) -> None:
    left = briefings(site)
    if len(left) > 3:
        dice.choice(left).unlink()


def renamed(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    path.rename(path.with_name(f"{path.stem}-again.md"))


def slug(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    text = re.sub("^slug: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    edit = text.replace("---\n", f"---\nslug: other-{dice.randrange(3)}-{path.stem}\n", 1)
    path.write_text(edit, encoding="utf-8")


def topics(site: Site, dice: random.Random) -> None:
    path = dice.choice(briefings(site))
    text = path.read_text(encoding="utf-8")
    some = dice.choice(["[tolls]", "[nature, money]", "[money]"])
    path.write_text(re.sub("(?m)^topics: .*$", f"topics: {some}", text), encoding="utf-8")


def added(site: Site, dice: random.Random) -> None:
    text = (
        f"---\ntitle: Boats of {dice.randrange(100)}\nauthor: ada-example\ndate: 2026-05-0"
        f"{dice.randint(1, 9)}\ntopics: [tolls]\nsummary: Boats pay.\n---\nBoats pay at the quay.\n"
    )
    (site.content / "2026").mkdir(exist_ok=True)
    (site.content / "2026" / f"boats-{dice.randrange(4)}.md").write_text(text, encoding="utf-8")


def storyline(site: Site, dice: random.Random) -> None:
    file = site.content / "storylines.yml"
    edited(file, "text: The old toll ends", f"text: The old toll ends {dice.choice('abc')}")


def theme(site: Site, dice: random.Random) -> None:
    """A template of the site's own in the place of one of ours."""
    own = site.root / "overrides" / "partials" / "breadcrumb.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"<p>{dice.randrange(3)} {{{{ view.title }}}}</p>\n", encoding="utf-8")


def touched(site: Site, dice: random.Random) -> None:
    """Somebody, or a clock that jumps, gives a file another time."""
    at = dice.choice([0, 1_000_000_000, 4_000_000_000])
    os.utime(dice.choice(briefings(site)), (at, at))


def meddled(site: Site, dice: random.Random) -> None:
    """Somebody changes what is published, or what stands beside it."""
    for folder in (site.output, site.root / ".cache" / "briefings" / "twin"):
        found = sorted(path for path in folder.rglob("*.html") if path.is_file())
        if found:
            path = dice.choice(found)
            dice.choice([Path.unlink, lambda path: path.write_text("?")])(path)


def order(site: Site, dice: random.Random) -> None:
    """The first entry of a registry becomes its last."""
    path = site.content / dice.choice(["topics.yml", "authors.yml"])
    first, *others = re.split(r"^(?=\w)", path.read_text("utf-8").strip("\n"), flags=re.MULTILINE)
    path.write_text("".join([*others, "\n", first]), encoding="utf-8")


EDITS: tuple[Callable[[Site, random.Random], object], ...] = (
    body, title, day, broken, mended, long, topic, topics, slug, author, storyline, gone, renamed,
    added, touched, meddled, theme, order,
)  # fmt: skip
OPTIONS: tuple[dict[str, Any], ...] = ({}, {"related": 1}, {"permalink": "{slug}/"}, {"lang": "es"})


class Editing(RuleBasedStateMachine):
    """A site that is edited at random, and built after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = Site(Path(self.folder.name))
        self.site.write(SPECIMEN)
        (self.site.root / "overrides").mkdir()
        self.plugin: dict[str, Any] = {}

    @rule(edit=sampled_from(EDITS), seed=integers(0, 1000))
    def edit(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))

    @rule(plugin=sampled_from(OPTIONS))
    def set_options(self, plugin: dict[str, Any]) -> None:
        self.plugin = plugin

    @invariant()
    def equals_a_clean_build(self) -> None:
        theme = {"name": "briefings", "custom_dir": "overrides"}
        kept = self.site.publish(plugin={**LEAN, **self.plugin}, theme=theme)
        whole = self.site.build(
            plugin={**LEAN, **self.plugin, "cache": False}, theme=theme, site_dir="clean"
        )
        assert kept.exit_code == whole.exit_code
        assert [str(problem) for problem in kept.problems] == [str(p) for p in whole.problems]
        if kept.exit_code == 0:
            assert differing(kept.files, whole.files) == []

    def teardown(self) -> None:
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=6, stateful_step_count=8, deadline=None, phases=[Phase.generate], derandomize=True
)


def test_the_files_of_a_long_read_come_and_go_with_it(site: MakeSite) -> None:
    made = site(SPECIMEN)
    boats = made.content / "2026" / "boats.md"
    assert cited(compared(made)) == []
    boats.write_text(BOATS + "toll " * LONG_READ, encoding="utf-8")
    assert cited(compared(made)) == ["boats.bib", "boats.json", "boats.ris"]
    edited(boats, "title: Boats", "title: Ferries")
    assert "title = {{Ferries}}" in compared(made).text(f"{CITATIONS}boats.bib")
    boats = boats.rename(boats.with_name("ferries.md"))
    assert cited(compared(made)) == ["ferries.bib", "ferries.json", "ferries.ris"]
    edited(boats, "title: Ferries", "title: Ferries\ndraft: true")
    assert cited(compared(made)) == []
    boats.write_text(BOATS + "toll " * (LONG_READ - 1), encoding="utf-8")
    assert cited(compared(made)) == []


CITATIONS = "assets/citations/"
BOATS = """\
---
title: Boats
author: ada-example
date: 2026-05-02
topics: [tolls]
summary: Boats pay.
---
"""


def cited(built: Result) -> list[str]:
    assert broken_links(built.files, str(CONFIG["site_url"])) == []
    found = sorted(path for path in built.files if path.startswith(CITATIONS))
    return [path.removeprefix(CITATIONS) for path in found]


def test_the_order_of_a_registry_counts(site: MakeSite) -> None:
    """Where pages list all that it has, and where these are known by their place in it."""
    made = site(SPECIMEN)
    before = compared(made).files
    path = made.content / "topics.yml"
    money, nature = path.read_text(encoding="utf-8").split("nature:\n")
    path.write_text(f"nature:\n{nature}{money}", encoding="utf-8")
    after = compared(made).files
    assert "topics/index.html" in differing(before, after)
    shutil.rmtree(made.output)
    shutil.rmtree(made.root / ".cache" / "briefings" / "twin")
    assert differing(compared(made).files, after) == []


def test_no_page_is_made_that_stays_as_it_is(site: MakeSite) -> None:
    """But for lists of the archive, which show less of a briefing than they know of it."""
    made = site(SPECIMEN)
    before = compared(made).files
    assert compared(made).rendered == 0
    quota = made.content / "2025" / "reed-quota.md"
    for old, new, most in (("have come back", "came back", 4), ("Reed quota", "Reed quotas", 14)):
        edited(quota, old, new)
        after = compared(made)
        pages = [path for path in differing(before, after.files) if path.endswith(".html")]
        lists = {path for path in after.files if re.match(r"archive/.*\.html", path)}
        assert 0 < len(pages) <= most, pages
        assert len(pages) <= after.rendered <= len({*pages, *lists})
        before = after.files
    edited(made.content / "authors.yml", "bio: Writes about harbours", "bio: Writes of harbours")
    after = compared(made)
    assert after.rendered == 1
    assert "authors/ada-example/index.html" in differing(before, after.files)


TERMS = """\
-- briefings/glossary.yml --
warbler:
  term: Warbler
  definition: A bird that lives among reeds.
  aliases: [warblers]
"""


def test_a_glossary_comes_and_goes(site: MakeSite) -> None:
    """What files were read as without one is not what they are read as with one."""
    made = site(SPECIMEN)
    bare, file = compared(made), made.content / "glossary.yml"
    for _ in range(2):
        file.write_text(TERMS.partition("\n")[2], encoding="utf-8")
        explained = compared(made)
        assert any(b'class="term"' in page for page in explained.files.values())
        file.unlink()
        assert differing(compared(made).files, bare.files) == []
    with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
        kinds = {kind for (kind,) in store.execute("select distinct kind from entries")}
    assert not [kind for kind in kinds if kind.endswith("-terms")]


def test_what_a_page_shows_from_elsewhere_counts(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are no briefings, git and the day; on cards and in feeds, too."""
    made, plugin = site(SPECIMEN + TERMS), {**LEAN, "cards": True}
    options: dict[str, Any] = {"repo_url": "https://github.com/example/specimen"}
    quota, count = made.content / "2025/reed-quota.md", made.content / "2025/recuento-de-juncos.md"
    picture = made.content / "reeds.png"

    def built() -> int:
        kept = made.publish(plugin=plugin, **options)
        whole = made.build(plugin={**plugin, "cache": False}, site_dir="clean", **options)
        assert differing(kept.files, whole.files) == []
        assert [str(problem) for problem in kept.problems] == [str(p) for p in whole.problems]
        return kept.rendered

    def git(*command: str) -> None:
        who = ["-c", "user.name=Ada Example", "-c", "user.email=ada@briefings.example"]
        subprocess.run(["git", *who, *command], cwd=made.root, check=True, capture_output=True)

    assert built() > 0
    for file, old, new in (
        ("glossary.yml", "A bird", "Any bird"),
        ("glossary.yml", "[warblers]", "[marsh]"),
        ("glossary.yml", "warbler:", "singer:"),
        ("authors.yml", "role: Reporter", "role: Correspondent"),
        ("storylines.yml", "the first collection", "the first crown"),
        ("storylines.yml", "title: The harbour toll", "title: The toll"),
        ("topics.yml", "parent: money", "parent: nature"),
        ("pages/about.md", "title: About", "title: About us"),
    ):
        edited(made.content / file, old, new)
        assert built() > 0, (file, new)
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(24))
    edited(quota, "topics: [nature]", "topics: [nature]\nimage: {src: ../reeds.png, alt: Reeds}")
    assert built() > 0
    picture.rename(quota.with_name("reeds.png"))
    edited(quota, "../reeds.png", "reeds.png")
    assert built() > 0, "the picture has another address"
    edited(count, "translation_of: reed-count", "translation_of: reed-quota")
    assert built() > 1, "its former original shows it no longer"
    git("init", "--quiet")
    git("add", "briefings")
    git("commit", "--quiet", "--message", "content: Begin")
    assert built() > 0
    edited(quota, "Only half", "No more than half")
    git("commit", "--quiet", "--all", "--message", "content: Say it plainly")
    assert built() > 0
    git("commit", "--quiet", "--amend", "--message", "content: Say it otherwise")
    assert built() == 1, "the message alone is another"
    options["repo_url"] = "https://gitlab.com/example/specimen"
    assert built() > 0
    monkeypatch.setattr(making, "NOW", making.NOW + 400 * 86_400)
    assert built() > 0, "what was held back is published"


def test_of_a_text_no_other_page_is_made(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for what leads to one of its headings; and files beside are made without their views."""
    asked: list[str] = []

    def noted(view: View, site: ViewedSite) -> View:
        asked.append(view.url)
        return described(view, site)

    monkeypatch.setattr("mkdocs_briefings.viewing.make.described", noted)
    made = site(SPECIMEN)
    about, quota = made.content / "pages/about.md", made.content / "2025/reed-quota.md"
    text = about.read_text(encoding="utf-8")
    about.write_text(f"{text}\nSee [[reed-quota#the-count]].\n", encoding="utf-8")
    text = quota.read_text(encoding="utf-8")

    def built(changed: str) -> list[str]:
        quota.write_text(changed, encoding="utf-8")
        kept = made.publish(plugin={**LEAN, "severity": {"*": "warning"}})
        views = sorted(set(asked))
        whole = clean(made, severity={"*": "warning"})
        assert kept.exit_code == whole.exit_code == 0
        assert differing(kept.files, whole.files) == []
        asked.clear()
        return views

    def texts_alone(views: list[str]) -> bool:
        return all(url.startswith("briefings/") for url in views)

    tally, count = f"{text}\n## The tally\n", f"{text}\n## The count\n"
    assert "about/" in built(f"{tally}\nIt is told.\n")
    assert "about/" in built(f"{count}\nIt is told.\n"), "the link leads there"
    assert texts_alone(built(f"{count}\nIt was told.\n"))
    assert "about/" in built(f"{tally}\nIt was told.\n"), "the link leads to its top"
    assert "about/" in built(f"{tally}\n{'It was. ' * 300}\n"), "it takes longer to read"
    assert texts_alone(built(f"{tally}\n{'It is. ' * 300}\n"))
    (made.output / "feed.xml").unlink()
    assert texts_alone(built(f"{tally}\n{'It is. ' * 300}\nSo.\n"))


def test_where_a_link_leads_and_what_it_is_called_there_counts(site: MakeSite) -> None:
    """Of a briefing that the page of the link shows nowhere else."""
    head = "---\nauthor: ada-example\nsummary: It is said.\n"
    made = site(
        f"-- briefings/a.md --\n{head}title: A\ndate: 2026-05-01\ntopics: [one]\n---\n[[b]].\n"
        f"-- briefings/b.md --\n{head}title: B\ndate: 2026-05-02\ntopics: [two]\n---\nBoats.\n"
    )

    def page() -> str:
        return compared(made, related=0).text("briefings/2026/a/index.html")

    assert 'briefings/2026/b/">B</a>' in page()
    edited(made.content / "b.md", "title: B", "title: Boats")
    assert ">Boats</a>" in page()
    edited(made.content / "b.md", "date: 2026-05-02", "date: 2025-05-02")
    assert 'briefings/2025/b/">Boats</a>' in page()
    edited(made.content / "b.md", "title: Boats", "title: Barcos\nlang: es")
    assert re.search(r'2025/b/"[^>]*>(<[^>]*"es"[^>]*>)?Barcos<', page())


def test_options_count_too(site: MakeSite) -> None:
    made = site(SPECIMEN)
    compared(made)
    for plugin in ({"lang": "es"}, {"related": 1}, {"permalink": "{slug}/"}, {"lang": "en"}):
        compared(made, **plugin)
    tables = made.publish(plugin=LEAN, markdown_extensions=["tables"])
    whole = made.build(plugin={**LEAN, "cache": False}, markdown_extensions=["tables"])
    assert differing(tables.files, whole.files) == []


def cut(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def noise(store: Path) -> None:
    store.write_bytes(b"\x00noise" * 5000)


def emptied(store: Path) -> None:
    store.write_bytes(b"")


def folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


@pytest.mark.parametrize("harm", [cut, noise, emptied, folder])
def test_a_spoilt_cache_costs_only_time(site: MakeSite, harm: Callable[[Path], None]) -> None:
    made = site(SPECIMEN)
    compared(made)
    harm(made.root / ".cache" / "briefings" / "store.sqlite3")
    compared(made)
    compared(made)


@pytest.mark.parametrize("kept", ["keys", "others"])
def test_what_two_builds_have_left_of_pages_is_told_apart(site: MakeSite, kept: str) -> None:
    """As where a build was killed that had kept one of them, and not yet the other."""
    made = site(SPECIMEN)
    quota = made.content / "2025" / "reed-quota.md"
    compared(made)
    with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
        row = ("select digest, value from entries where kind = 'pages' and key = ?", (kept,))
        before = store.execute(*row).fetchone()
        edited(quota, "Reed quota", "Reed quotas")
        compared(made)
        assert store.execute(*row).fetchone() != before
        change = "update entries set digest = ?, value = ? where kind = 'pages' and key = ?"
        store.execute(change, (*before, kept))
        store.commit()
    edited(quota, "Reed quotas", "Reed quota")
    compared(made)
    edited(quota, "Reed quota", "Quota of reeds")
    compared(made)


def test_texts_that_are_spoilt_are_read_again(site: MakeSite) -> None:
    made = site(SPECIMEN)
    compared(made)
    with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
        spoilt = store.execute("update entries set value = x'00' where kind like 'texts-%'")
        assert spoilt.rowcount > 5
        store.commit()
    edited(made.content / "authors.yml", "role: Reporter", "role: Correspondent")
    edited(made.content / "2025" / "reed-quota.md", "have come back", "came back")
    compared(made)
    edited(made.content / "2025" / "reed-quota.md", "came back", "have come back")
    compared(made, lang="es")


def test_the_cache_is_no_content_of_a_repository(site: MakeSite) -> None:
    made = site(SPECIMEN)
    made.build(plugin=LEAN)
    note = made.root / ".cache" / "briefings" / ".gitignore"
    assert note.read_text(encoding="utf-8") == "*\n"
    other = site(SPECIMEN)
    other.build(plugin={**LEAN, "cache": False})
    kept = {path.name for path in (other.root / ".cache" / "briefings").iterdir()}
    assert kept <= {".gitignore", "lock.sqlite3", "lock.txt"}, "nothing but who builds now"


def test_what_has_not_changed_is_not_made_again(site: MakeSite, monkeypatch: Any) -> None:
    from mkdocs_briefings.host import reuse

    told: list[tuple[int, int]] = []
    done = reuse.Reuse.done

    def counted(self: reuse.Reuse) -> None:
        told.append((self.bodies_made, self.lists_made))
        done(self)

    monkeypatch.setattr(reuse.Reuse, "done", counted)
    made = site(SPECIMEN)
    made.build(plugin=LEAN)
    made.build(plugin=LEAN)
    path = briefings(made)[0]
    path.write_text(path.read_text(encoding="utf-8") + "\nOne sentence more.\n", "utf-8")
    made.build(plugin=LEAN)
    (first, _), second, (third, _) = told
    assert first > 5
    assert second == (0, 0)
    assert third == 1


def test_a_folder_named_for_one_build_is_all_that_it_leaves(site: MakeSite, tmp_path: Path) -> None:
    made = site(SPECIMEN)
    out = tmp_path / "public"
    for _ in range(2):
        done = made.run("briefings", "build", "--quiet", "--site-dir", str(out), plugin=LEAN)
        assert done.exit_code == 0, done.log
        assert differing(tree(out), clean(made).files) == []
    assert [path.name for path in tmp_path.glob("*public*")] == ["public"]
    assert not (made.root / ".cache" / "briefings" / "twin").exists()
    assert not made.output.exists()
