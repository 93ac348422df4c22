"""An edited page at once: as the whole build makes it, where it rests on its own file alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs_briefings.host.early import MOST, Early, text_files
from mkdocs_briefings.host.progress import Newer, Steps
from mkdocs_briefings.host.publish import Publishing
from mkdocs_briefings.host.run import ours, publish
from mkdocs_briefings.host.serving import MOST_ENDED, _Served

from ..making import NOW, MakeSite, Site, differing, environment, tree
from ..sites.specimen import SPECIMEN

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
QUOTA = "2025/reed-quota.md"
PAGE = "briefings/2025/reed-quota/index.html"
GLOSSARY = """\
-- briefings/glossary.yml --
warbler:
  term: Warbler
  definition: A bird that lives among reeds.
  aliases: [warblers]
"""


@contextmanager
def desk(s: Site) -> Iterator[Callable[[], Publishing]]:
    """Makes the whole site, again and again, as a serving process does."""
    path = str(s.configure({}, {"search": False}))

    def whole() -> Publishing:
        return publish(load_config(path), None)

    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        config = load_config(path)
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            yield whole
        finally:
            config.plugins.on_shutdown()


def edit(s: Site, old: str, new: str, path: str = QUOTA) -> None:
    file = s.content / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


EDITS: Mapping[str, tuple[str, str]] = {
    "words": ("come back.", "come back, and stay."),
    "title": ("Reed quota halved", "Reed quota & <more>"),
    "heading": ("come back.", "come back.\n\n## What comes next\n\nSee [it](#what-comes-next)."),
    "link to itself": (
        "come back.",
        "come back.\n\n## What comes\n\n[[reed-quota#what-comes]] [it](reed-quota.md#what-comes)",
    ),
    "link": ("The toll\n", "The [[harbour-toll-contested#what-fishers-offer|toll]]\n"),
    "file": ("The toll\n", "The [toll](../2026/harbour-toll-agreed.md)\n"),
    "term": ("the warblers", "a warbler"),
    "topic": ("[nature]", "[nature, money]"),
    "dead link": ("The toll\n", "The [[harbour-tall]]\n"),
    "summary": ("Only half of the reeds may be cut this year.\n---", "Half.\n---"),
    "no record": ("title: Reed", "title: [Reed"),
    "no date": ("date: 2025-05-11\n", ""),
    "too much work": ("come back.", "come back.\n\n" + "</div>\n[a]: b.md\n" * 3_000),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_page_is_what_the_whole_build_makes_of_it(site: MakeSite, name: str) -> None:
    s = site(SPECIMEN + GLOSSARY)
    with desk(s) as whole:
        early = Early(whole(), s.content)
        before = (s.output / PAGE).read_bytes()
        edit(s, *EDITS[name])
        shown = early.show([QUOTA])
        assert (s.output / PAGE).read_bytes() == shown[PAGE]
        assert shown.keys() == {PAGE}
        assert shown[PAGE] != before
        whole()
        made = (s.output / PAGE).read_text("utf-8")
        assert without_related(made) == without_related(shown[PAGE].decode())
        if name in {"words", "heading", "link to itself", "term", "no record", "no date"}:
            assert made == shown[PAGE].decode()


def without_related(page: str) -> str:
    """A page but for the briefings related to it, which rest on all others."""
    return re.sub(r'<section [^>]*"_related">.*?</section>', "", page, flags=re.DOTALL)


def test_the_whole_build_puts_all_else_right(site: MakeSite, tmp_path: Path) -> None:
    s = site(SPECIMEN)
    with desk(s) as whole:
        early = Early(whole(), s.content)
        edit(s, "Reed quota halved", "Reed quota doubled")
        early.show([QUOTA])
        assert "doubled" not in (s.output / "topics/nature/index.html").read_text("utf-8")
        early.show([QUOTA])
        whole()
    after = tree(s.output)
    assert "doubled" in after["topics/nature/index.html"].decode()
    clean = site(SPECIMEN)
    edit(clean, "Reed quota halved", "Reed quota doubled")
    with desk(clean) as whole:
        whole()
    assert tree(clean.output) == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2025-05-11", "date: 2025-05-11\ndraft: true"),
        ("date: 2025-05-11", "date: 2028-05-11"),
        ("[nature]", "[nature, a-new-one]"),
        ("author: Ben O'Specimen", "author: Nobody Known"),
        ("date: 2025-05-11", "date: 2025-05-11\nslug: reeds-halved"),
        ("[nature]", "[nature]\nstoryline: harbour-toll"),
    ],
)
def test_what_moves_more_than_a_page_waits(site: MakeSite, old: str, new: str) -> None:
    s = site(SPECIMEN)
    with desk(s) as whole:
        early = Early(whole(), s.content)
        edit(s, old, new)
        assert early.show([QUOTA]) == {}
        assert early.show(["2025/not-there-yet.md"]) == {}


def test_many_files_are_no_edit_by_hand(site: MakeSite) -> None:
    s = site(SPECIMEN)
    with desk(s) as whole:
        early = Early(whole(), s.content)
        files = list(text_files(s.content))
        assert len(files) > MOST
        assert early.show(files) == {}
        assert len(early.show(files[:MOST])) == MOST


def test_a_file_that_is_gone_shows_why(site: MakeSite) -> None:
    s = site(SPECIMEN)
    with desk(s) as whole:
        early = Early(whole(), s.content)
        (s.content / QUOTA).unlink()
        (told,) = early.show([QUOTA]).values()
    assert "unreadable" in told.decode()


class Busy:
    """Stands in for the server: somebody saves a file again while a site is made."""

    def __init__(self, url: str, saves: list[Callable[[], None]]) -> None:
        self.url = url
        self.saves = saves
        self.reloads: list[str] = []
        self.asked = 0

    def heed(self) -> None:
        self.asked += 1
        if self.saves and self.asked > 20:
            self.saves.pop(0)()
            self.asked = 0
            raise Newer

    def take(self) -> None:
        self.reloads.append("newer")

    def reload(self) -> None:
        self.reloads.append("now")

    def reload_later(self) -> None:
        self.reloads.append("later")


@contextmanager
def serving(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Site, _Served, Busy]]:
    """A site that is served for the first time, and its server."""
    s = site(SPECIMEN)
    folder = tmp_path / "served"
    folder.mkdir()
    served = _Served(s.configure({}, {"search": False}), None, folder)
    server = Busy("http://127.0.0.1:8000/", [])
    monkeypatch.setattr(served, "server", server)
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        config = served.configured()
        config.plugins.on_startup(command="serve", dirty=False)
        ours(config).steps = Steps(heed=served.heed)
        served.build()
        assert server.reloads == []
        try:
            yield s, served, server
        finally:
            config.plugins.on_shutdown()


def test_a_newer_edit_ends_the_build_of_an_older_one(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    with serving(site, tmp_path, monkeypatch) as (s, served, server):
        folder = served.folder

        def save(text: str) -> Callable[[], None]:
            def saving() -> None:
                shown.append((folder / PAGE).read_text("utf-8"))
                edit(s, "come back.", f"come back. {text}")

            return saving

        server.saves[:] = [save("Twice."), save("Thrice.")]
        save("Once.")()
        served.build()
    assert ["Once." in page for page in shown] == [False, True, True]
    assert ["Twice." in page for page in shown] == [False, False, True]
    last = (folder / PAGE).read_text("utf-8")
    assert all(word in last for word in ("Once.", "Twice.", "Thrice."))
    # The edits move no other page, so that no reader is asked to load his twice.
    assert server.reloads == ["now", "newer", "now", "newer", "now"]


@pytest.mark.parametrize(
    "step", ["_documents", "related_again", "others", "_briefings", "_others", "_stale"]
)
def test_every_long_step_of_a_build_asks(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with serving(site, tmp_path, monkeypatch) as (s, served, server):

        def heed() -> None:
            frame = sys._getframe()
            while frame.f_back and frame.f_code.co_name != step:
                frame = frame.f_back
            if server.saves and frame.f_code.co_name == step:
                server.saves.pop(0)()
                raise Newer

        monkeypatch.setattr(server, "heed", heed)
        server.saves[:] = [lambda: edit(s, "come back.", "come back. Twice.")]
        # Lists tell when it takes longer to read: their views are made again.
        long = step.endswith("others")
        edit(s, "come back.", f"come back. Once.{' More.' * 300 * long}")
        served.build()
        assert not server.saves
        assert server.reloads == ["now", "newer", "now", *["later"] * long]
        assert "come back. Twice. Once." in (served.folder / PAGE).read_text("utf-8")
        before = tree(served.folder)
        monkeypatch.setattr(served, "_early", None)
        served.build()
        assert differing(before, tree(served.folder)) == []


@pytest.mark.parametrize(
    "second",
    [
        lambda s: (s.content / QUOTA).unlink(),
        lambda s: edit(s, "date: 2025", "slug: reeds\ndate: 2025"),
    ],
    ids=["deleted", "moved"],
)
def test_a_page_that_was_shown_may_go(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: Callable[[Site], None]
) -> None:
    with serving(site, tmp_path, monkeypatch) as (s, served, server):
        edit(s, "come back.", "come back. Once.")
        server.saves[:] = [lambda: second(s)]
        served.build()
        assert server.reloads == ["now", "newer", "later"]
        assert not (served.folder / PAGE).exists()


def test_what_cannot_be_shown_ends_no_build_but_one(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(site, tmp_path, monkeypatch) as (s, served, server):
        edit(s, "come back.", "come back. Once.")
        notes = [lambda n=n: (s.content / "topics.yml").touch() for n in range(9)]
        server.saves[:] = notes
        served.build()
        assert server.reloads == ["now", "newer"]
        assert len(server.saves) == 8
        assert "Once." in (served.folder / PAGE).read_text("utf-8")


def test_the_rest_is_made_at_some_time(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(site, tmp_path, monkeypatch) as (s, served, server):
        count = iter(range(100))
        saves = [lambda: edit(s, "come back.", f"come back. {next(count)}")] * 50
        edit(s, "come back.", "come back. Once.")
        server.saves[:] = saves
        served.build()
        assert server.reloads.count("newer") == MOST_ENDED


def test_a_picture_of_the_same_edit_is_loaded_at_last(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(site, tmp_path, monkeypatch) as (s, served, server):
        edit(s, "come back.", "come back. Once.")
        (s.content / "map.png").write_bytes(PNG)
        served.build()
        assert server.reloads == ["now", "later"]


def test_what_shows_elsewhere_is_loaded_once_all_is_made(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(site, tmp_path, monkeypatch) as (s, served, server):
        edit(s, "Reed quota halved", "Reed quota doubled")
        served.build()
        assert server.reloads == ["now", "later"]
        assert "doubled" in (served.folder / "index.html").read_text("utf-8")
