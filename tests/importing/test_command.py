"""The command: nothing is overwritten, a run that was stopped goes on, the report is complete."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.cli import writing
from mkdocs_briefings.importing.findings import CODES
from mkdocs_briefings.importing.names import near

from ..making import MakeSite, tree
from .importing import PNG, bring, plant
from .test_forms import HUGO, JEKYLL

PICTURES = {"static/img/boat.png": PNG, "content/news/ferries/map.png": PNG}
_CLOSING = re.compile(r"</[a-z0-9]+>|\{\{< */[\w-]+ *>\}\}")
"""The names of closing tags are no words."""
_WORD = re.compile(r"[^\W_]+")


def test_a_dry_run_reports_all_and_writes_nothing(tmp_path: Path) -> None:
    plant(tmp_path / "old", HUGO, PICTURES)
    dry = bring(tmp_path, "--dry-run")
    assert dry.files == []
    wet = bring(tmp_path)
    findings = {code: row["count"] for code, row in dry.report["findings"].items()}
    assert findings == {code: row["count"] for code, row in wet.report["findings"].items()}
    assert dry.report["check"] == wet.report["check"]
    assert dry.report["dry_run"]
    assert not wet.report["dry_run"]


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        plant(tmp_path / name / "old", HUGO, PICTURES)
        bring(tmp_path / name)
    assert tree(tmp_path / "a/briefings") == tree(tmp_path / "b/briefings")


@pytest.mark.parametrize("after", [0, 1, 3, 5])
def test_a_run_that_was_stopped_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    plant(tmp_path / "whole/old", HUGO, PICTURES)
    whole = bring(tmp_path / "whole")
    plant(tmp_path / "old", HUGO, PICTURES)
    left = after
    write = writing.write_new

    def stop(path: Path, text: str | bytes) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        write(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_new", stop)
        bring(tmp_path)
    assert len(tree(tmp_path / "briefings")) == after
    done = bring(tmp_path)
    assert tree(done.folder) == tree(whole.folder)
    assert done.report["counts"]["texts written"] == whole.report["counts"]["texts written"]
    again = bring(tmp_path)
    assert tree(again.folder) == tree(whole.folder)
    assert again.report["counts"]["of them there before"] == 3


def test_what_is_there_is_kept_and_told(tmp_path: Path) -> None:
    plant(tmp_path / "old", HUGO, PICTURES)
    mine = (
        "---\ntitle: Mine\nauthor: Cid Mock\ndate: 2021-04-05\ntopics: [X]\n---\n## Plan\n\nMine\n"
    )
    other = mine.replace("Mine", "Other")
    plant(tmp_path / "briefings", f"-- 2021/ferries.md --\n{mine}-- 2020/rates-held.md --\n{other}")
    done = bring(tmp_path)
    assert done.exit_code == 1
    assert done.text("2021/ferries.md") == mine
    assert done.text("2020/rates-held.md") == other
    assert [row[0] for row in done.found("exists")] == ["content/news/ferries/index.md"]
    assert [row[3] for row in done.found("slug-changed")] == ["rates-held"]
    assert "2021/rates-held-2.md" in done.files
    # The registries that are new now do not make the names in use so far unknown.
    assert done.registry("authors.yml")["cid-mock"] == {"name": "Cid Mock"}
    assert done.registry("topics.yml")["x"] == {"title": "X"}
    assert not done.errors()


def test_registries_grow_and_keep_what_they_have(tmp_path: Path) -> None:
    plant(tmp_path / "old", HUGO, PICTURES)
    authors = "# Ours.\nben:\n  name: Ben Sample\n"
    plant(
        tmp_path / "briefings",
        f"-- authors.yml --\n{authors}-- topics.yml --\nharbours:\n  aliases: [tides]\n",
    )
    done = bring(tmp_path)
    assert done.text("authors.yml").startswith(authors)
    assert list(done.registry("authors.yml")) == ["ben", "ada-example"]
    assert done.front("2021/ferries.md")["author"] == "ben"
    assert done.registry("topics.yml")["harbours"] == {"aliases": ["tides"]}


def test_every_source_file_is_in_the_report_and_every_finding_has_a_meaning(tmp_path: Path) -> None:
    plant(tmp_path / "old", JEKYLL, {"assets/boat.png": PNG, "_layouts/post.html": b"<p>"})
    done = bring(tmp_path)
    root = tmp_path / "old"
    sources = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
    told = {file["source"]: file for file in done.report["files"]}
    assert sources <= set(told)
    for source in sources:
        file = told[source]
        assert file["became"] or file["taken"] or file["guessed"] or file["left"], source
    assert set(done.report["findings"]) <= set(CODES)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for source in sources:
        assert f"### {source}".replace("_", "\\_") in text
    for code, row in done.report["findings"].items():
        assert f"| {row['how']} | `{code}` | {row['count']:,} |" in text


def test_markup_of_strangers_does_not_work_in_the_report(tmp_path: Path) -> None:
    key = "kicker: '<script>x</script> [a](http://other.example) `b`'"
    text = f"---\ntitle: A\ndate: 2020-01-02\n{key}\n---\nText.\n"
    plant(tmp_path / "old", f"-- hugo.toml --\n-- content/posts/a.md --\n{text}")
    bring(tmp_path)
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    lines = [line for line in report.split("\n") if "<script>" in line]
    assert lines
    for line in lines:
        assert re.search(r"`[^`]*<script>[^`]*`", line), "it stands in code"


def test_reports_are_not_overwritten(tmp_path: Path) -> None:
    plant(tmp_path / "old", HUGO, PICTURES)
    bring(tmp_path)
    bring(tmp_path)
    assert (tmp_path / "report.md").exists()
    assert (tmp_path / "report-2.md").exists()


@pytest.mark.parametrize("form", ["hugo", "jekyll", "pelican", "eleventy", "material", "documents"])
def test_from_overrides_what_is_told(tmp_path: Path, form: str) -> None:
    text = "---\ntitle: A\ndate: 2020-01-02\nauthor: Ada Example\ntags: [Boats]\n---\nText.\n"
    plant(tmp_path / "old", f"-- posts/2020-01-02-a.md --\n{text}-- _config.yml --\n")
    done = bring(tmp_path, "--from", form)
    assert done.report["because"] == f"--from {form}"
    taken = [path for path in done.files if path.endswith(".md")]
    assert taken == ([] if form == "jekyll" else ["2020/a.md"]) or taken == ["pages/a.md"]


def test_a_result_builds(site: MakeSite, tmp_path: Path) -> None:
    plant(tmp_path / "old", HUGO.replace("draft = true\n", ""), PICTURES)
    plant(tmp_path, "-- mkdocs.yml --\nsite_name: x\n")
    done = bring(tmp_path, "--author", "Ada Example", "--topic", "tides")
    made = site("-- briefings/.keep --\n")
    (made.content / ".keep").unlink()
    for path in done.files:
        target = made.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((done.folder / path).read_bytes())
    built = made.build()
    assert built.exit_code == 0, built.log
    page = built.text("briefings/2021/rates-held/index.html")
    assert "Mind the" in page
    for old in ("2021/03/rates-held/index.html", "old/rates/index.html", "news/rates.html"):
        assert "briefings/2021/rates-held/" in built.text(old), "old addresses lead on"


def test_names_that_may_be_one() -> None:
    names = [("ada-example", "Ada Example"), ("example-ada", "Example, Ada"), ("ben", "Ben Sample")]
    assert near(names) == [("ada-example", "example-ada")]


@pytest.mark.archive
def test_a_whole_archive_comes_in(shared: Path, tmp_path: Path) -> None:
    source = shared / "corpora" / "digitalgov-hugo"
    if not source.is_dir():
        pytest.skip(f"no archive in {source}")
    (tmp_path / "old").symlink_to(source)
    done = bring(tmp_path)
    counts = done.report["counts"]
    articles = [path for path in source.rglob("*.md") if "/news/2" in path.as_posix()]
    assert counts["files in the source"] == 3177 == len(done.report["files"]) - 1
    assert counts["texts written"] == len(articles) == 2080
    assert counts["authors"] == 1043
    assert counts["topics"] >= 51
    assert counts["old addresses that lead on"] >= 2080
    assert counts["links rewritten"] > 2500
    assert not done.found("not-taken")
    assert not done.found("link-nowhere")
    # What the checker refuses is known, is no firm error, and stands in the report.
    check = done.report["check"]
    errors = {name[6:]: n for name, n in check.items() if name.startswith("error ")}
    assert set(errors) <= {"bad-anchor", "hidden-characters", "missing-author", "missing-topics"}
    told = len(done.found("check")) + len(done.found("no-author")) + len(done.found("no-topic"))
    assert told == sum(errors.values())
    assert errors["missing-author"] == len(done.found("no-author"))
    prepared = shared / "corpora" / "digitalgov" / "briefings"
    if prepared.is_dir():
        _same_articles(prepared, done.report)
    _nothing_lost(source, done.folder, done.report)


def _same_articles(prepared: Path, report: Any) -> None:
    """The archive prepared by hand has the same articles; names differ where ours must."""
    theirs = {path.stem for path in prepared.rglob("*.md")}
    ours = {Path(f["became"]).stem for f in report["files"] if "/news/" in f["source"]}
    for slug in theirs - ours:
        short = any(slug.startswith(our) and len(our) > 90 for our in ours)
        assert short or f"{slug.removesuffix('-b')}-2" in ours, slug


def _nothing_lost(source: Path, folder: Path, report: Any) -> None:
    """Every word of an article is in the briefing or in the report."""
    for file in report["files"]:
        if not file["became"].endswith(".md"):
            continue
        text = (source / file["source"]).read_text(encoding="utf-8")
        # A backslash at the end of a quoted line folds a word of it.
        text = _CLOSING.sub(" ", re.sub(r"\\\n *\\?", "", text))
        written = (folder / file["became"]).read_text(encoding="utf-8")
        have = Counter(_WORD.findall(written))
        for how in ("taken", "guessed", "left"):
            for row in file[how]:
                have.update(_WORD.findall(row["what"]))
        lost = Counter(_WORD.findall(text)) - have
        assert not lost, f"{file['source']}: {lost}"


def test_the_json_report_is_plain_json(tmp_path: Path) -> None:
    plant(tmp_path / "old", HUGO, PICTURES)
    bring(tmp_path)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert json.loads(text)["form"] == "Hugo"
