"""The editor in the browser, with its own test backend: what it would commit is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import frontmatter
import pytest
from mkdocs_briefings.catalog.problem import Severity
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.checking import problems
from mkdocs_briefings.reading.read import read
from playwright.sync_api import Locator, Page, Response, TimeoutError, expect

from ..conftest import ROOT
from ..making import Site, tree
from .conftest import build
from .serving import served
from .visiting import MakePage, Watched

pytestmark = pytest.mark.browser

CMS = ROOT / "tools" / "admin" / "node_modules" / "@sveltia" / "cms"
FONTS = "cdn.jsdelivr.net"
"""Where the editor's stylesheet asks for fonts that it also brings along; the page refuses that."""

SEED = """async files => {
  const storage = await navigator.storage.getDirectory();
  for (const [path, text] of Object.entries(files)) {
    const parts = `sveltia-cms-test/${path}`.split('/');
    let folder = storage;
    for (const part of parts.slice(0, -1)) {
      folder = await folder.getDirectoryHandle(part, { create: true });
    }
    const file = await folder.getFileHandle(parts.at(-1), { create: true });
    const writer = await file.createWritable();
    await writer.write(text);
    await writer.close();
  }
}"""
FURTHER = """() => {
  for (const part of document.querySelectorAll('div.content')) {
    if (part.scrollHeight > part.clientHeight + 5 && part.querySelector('section[data-key-path]')) {
      const end = part.scrollHeight - part.clientHeight - 1;
      part.scrollTop = part.scrollTop < end ? part.scrollTop + 500 : 0;
    }
  }
}"""
TAKE = """async () => {
  const files = {};
  async function walk(folder, before) {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === 'directory') await walk(entry, `${before}${name}/`);
      else files[before + name] = await (await entry.getFile()).text();
    }
  }
  const storage = await navigator.storage.getDirectory();
  await walk(await storage.getDirectoryHandle('sveltia-cms-test'), '');
  return files;
}"""


@pytest.fixture(scope="module")
def cms() -> Path:
    if not (CMS / "npm").is_dir():
        pytest.skip("no editor: run `make admin`")
    return CMS


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, cms: Path) -> Iterator[tuple[str, Path]]:
    """Our own content with an editor: its origin, and the project's folder."""
    site = Site(tmp_path_factory.mktemp("admin"))
    for name, data in tree(ROOT / "briefings").items():
        (site.content / name).parent.mkdir(parents=True, exist_ok=True)
        (site.content / name).write_bytes(data)
    plugin = {"admin": {"backend": "test-repo", "package": str(cms)}, "cards": False}
    build(site.output, site.configure({}, plugin))
    with served(site.output) as origin:
        yield origin, site.root


class Editor:
    """The editor, opened on a repository in the browser's own storage."""

    def __init__(self, reader: Watched, files: Mapping[str, str]) -> None:
        self.reader = reader
        self.page: Page = reader.page
        self.before = dict(files)
        # The console does not name what was not found.
        self.page.on("response", self._answered)
        reader.open("admin/")
        self.page.evaluate(SEED, self.before)
        self.page.get_by_role("button", name="Work with Test Repository").click()
        expect(self.page.get_by_role("button", name="New")).to_be_visible()

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.reader.errors.append(f"status {response.status}: {response.url}")

    def open(self, address: str) -> None:
        self.page.goto(f"{self.reader.origin}/admin/#/collections/{address}")
        expect(self.field("title")).to_be_visible()

    def field(self, key: str) -> Locator:
        """A field of the form, which comes into being when it is scrolled to."""
        found = self.page.locator(f'section.field[data-key-path="{key}"]').first
        for _ in range(100):
            if found.count():
                break
            self.page.evaluate(FURTHER)
            self.page.wait_for_timeout(50)
        return found

    def pick(self, key: str, label: str) -> None:
        option = self.page.get_by_role("option", name=label, exact=True).first
        # The list fills once the editor has read all entries: one that was opened before is empty.
        # A field is taken away while it is out of sight, and when the form moves: look again.
        for _ in range(5):
            try:
                self.field(key).get_by_role("combobox").click(timeout=3_000)
                option.wait_for(timeout=5_000)
                break
            except TimeoutError:
                self.page.keyboard.press("Escape")
        option.click()

    def save(self) -> dict[str, str]:
        """Save; gives the files that have changed."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_text("Entry saved.")).to_be_visible()
        after: dict[str, str] = self.page.evaluate(TAKE)
        assert set(self.before) <= set(after), "nothing is gone"
        return {path: text for path, text in after.items() if self.before.get(path) != text}

    @property
    def errors(self) -> list[str]:
        """What went wrong, but for the fonts that the page refuses."""
        return [error for error in self.reader.errors if FONTS not in error]


def content(root: Path) -> dict[str, str]:
    """The texts of a project by path."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in (root / "briefings").rglob("*")
        if path.suffix in (".md", ".yml")
    }


def judged(root: Path, changed: Mapping[str, str]) -> set[str]:
    """Codes of the problems that the content has with what was changed, and had not before."""
    before = {str(problem) for problem in problems(read(root / "briefings"))}
    kept = {path: (root / path).read_bytes() for path in changed if (root / path).exists()}
    try:
        for path, text in changed.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="")
        return {p.code for p in problems(read(root / "briefings")) if str(p) not in before}
    finally:
        for path in changed:
            (root / path).write_bytes(kept[path]) if path in kept else (root / path).unlink()


def test_a_new_briefing_is_written_as_the_check_wants_it(
    ours: tuple[str, Path], visit: MakePage
) -> None:
    origin, root = ours
    editor = Editor(visit(origin), content(root))
    editor.open("briefings/new")
    editor.field("title").get_by_role("textbox").fill("Año nuevo: the 2nd harbour")
    editor.pick("author", "Trade desk")
    editor.field("date").locator("input").first.fill("2026-05-30")
    editor.pick("topics", "Tariffs")
    editor.pick("topics", "Negotiations")
    editor.field("summary").get_by_role("textbox").fill("One sentence: with a colon, and #1.")
    editor.field("related").get_by_role("button", name="Add").first.click()
    editor.pick(
        "related.0.slug", "After Busan, a year's pause: what is suspended, by whom and until when"
    )
    body = editor.field("body").get_by_role("textbox").first
    body.click()
    editor.page.keyboard.insert_text("A text with [[chip-controls]].\n\n## Its head\n\n- *one*\n")
    changed = editor.save()
    assert list(changed) == ["briefings/2026/ano-nuevo-the-2nd-harbour.md"], changed
    (text,) = changed.values()
    front, body_text = frontmatter.parse(text)
    assert front["topics"] == ["tariffs", "negotiations"]
    assert front["author"] == "trade-desk"
    assert front["summary"] == "One sentence: with a colon, and #1."
    assert front["related"] == [{"slug": "madrid-to-busan"}]
    assert body_text.strip() == "A text with [[chip-controls]].\n\n## Its head\n\n- *one*"
    assert judged(root, changed) == set()
    assert editor.errors == []


@pytest.mark.parametrize("slug", ["ai-chips", "new-routes-es", "who-pays-tariffs"])
def test_an_edit_changes_what_was_edited_and_nothing_else(
    ours: tuple[str, Path], visit: MakePage, slug: str
) -> None:
    origin, root = ours
    path = f"briefings/2026/{slug}.md"
    editor = Editor(visit(origin), content(root))
    editor.open(f"briefings/entries/2026/{slug}")
    editor.field("title").get_by_role("textbox").fill("Another title: changed")
    changed = editor.save()
    assert list(changed) == [path]
    assert judged(root, changed) == set()
    before, after = (told(root, text) for text in (editor.before[path], changed[path]))
    assert after.pop("title") == "Another title: changed"
    del before["title"]
    assert after == before
    assert editor.errors == []


def told(root: Path, text: str) -> dict[str, object]:
    """What the reader makes of a text, but for where things stand in it."""
    folder = root / "one"
    folder.mkdir(exist_ok=True)
    (folder / "text.md").write_text(text, encoding="utf-8", newline="")
    catalog = read(folder, Settings(severity={"*": Severity.WARNING})).catalog
    (briefing,) = catalog.briefings.values()
    front, body = frontmatter.parse(text)
    assert front
    return {
        **{name: getattr(briefing, name) for name in briefing.__slots__ if name not in HERE},
        "body": body.strip(),
    }


HERE = frozenset({"body", "path", "headings"})
"""What depends on lines."""


def test_a_registry_keeps_its_entries(ours: tuple[str, Path], visit: MakePage) -> None:
    origin, root = ours
    editor = Editor(visit(origin), content(root))
    editor.page.goto(f"{origin}/admin/#/collections/registries/entries/authors")
    desk = editor.field("trade-desk")
    desk.get_by_role("button", name="Expand").first.click()
    desk.locator('section.field[data-key-path="trade-desk.role"]').get_by_role("textbox").fill(
        "Trade"
    )
    changed = editor.save()
    assert list(changed) == ["briefings/authors.yml"]
    assert judged(root, changed) == set()
    (root / "names").mkdir(exist_ok=True)
    (root / "names/authors.yml").write_text(changed["briefings/authors.yml"], encoding="utf-8")
    after = read(root / "names").catalog.authors
    before = dict(read(root / "briefings").catalog.authors)
    assert after["trade-desk"].role == "Trade"
    assert {
        **after,
        "trade-desk": replace(after["trade-desk"], role=before["trade-desk"].role),
    } == before
    assert editor.errors == []


def test_only_the_fonts_are_asked_for_elsewhere_and_refused(
    ours: tuple[str, Path], visit: MakePage
) -> None:
    origin, root = ours
    editor = Editor(visit(origin), content(root))
    left = [error for error in editor.reader.errors if "left the origin" in error]
    assert all(FONTS in error for error in left), left
    loaded = editor.page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Material Symbols" in family for family in loaded), "its own copy is shown"
    assert editor.errors == []


def test_what_a_form_cannot_say_is_not_lost(ours: tuple[str, Path], visit: MakePage) -> None:
    """Items that are bare texts: the editor asks for them anew, and writes nothing until then."""
    origin, root = ours
    path = "briefings/2026/bare.md"
    text = (
        "---\ntitle: Bare\nauthor: trade-desk\ndate: 2026-05-01\ntopics: [tariffs]\n"
        "key_points:\n  - One point.\n  - Two points.\n---\nText.\n"
    )
    editor = Editor(visit(origin), {**content(root), path: text})
    editor.open("briefings/entries/2026/bare")
    editor.field("title").get_by_role("textbox").fill("Changed")
    editor.page.get_by_role("button", name="Save", exact=True).click()
    expect(editor.page.get_by_text("2 fields have errors")).to_be_visible()
    assert editor.page.evaluate(TAKE)[path] == text


@pytest.mark.parametrize(
    "date", ["2026-05-01T10:30:00+02:00", "2026-05-01 10:30:00 +02:00", "2026-05-01T08:30:00Z"]
)
def test_the_hour_of_a_date_stays(ours: tuple[str, Path], visit: MakePage, date: str) -> None:
    origin, root = ours
    path = "briefings/2026/hour.md"
    text = (
        f"---\ntitle: Hour\nauthor: trade-desk\ndate: {date}\ntopics: [tariffs]\n"
        "summary: With an hour.\n---\nText.\n"
    )
    editor = Editor(visit(origin), {**content(root), path: text})
    editor.open("briefings/entries/2026/hour")
    editor.field("title").get_by_role("textbox").fill("Changed")
    changed = editor.save()
    before, after = told(root, text), told(root, changed[path])
    assert after["published_at"] == before["published_at"]
    assert after["published"] == before["published"]
    assert editor.errors == []
