"""`briefings import` turns raw texts into briefings that pass the check, and loses nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs_briefings.catalog.problem import Severity
from mkdocs_briefings.cli import writing
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.reading.read import read

TOPICS = """\
ports:
  title: Ports and harbours
  description: Where ships lie, and who runs the quays.
ferries:
  title: Ferries
  aliases: [boats, ships]
paint:
  title: Paint
"""
AUTHORS = "# The people who sign.\nben-sample:\n  name: Ben Sample\n"
TEXT = """\
Harbour keeps the old timetable for its ferries

The harbour office of Testhaven said on Monday that it would keep the old timetable, as nobody had
asked for a new one and the boats were already painted.

La oficina del puerto dijo el lunes que mantendría el horario de los transbordadores, porque nadie
había pedido otro y los barcos ya estaban pintados.

That leaves the night ferry without a berth. Its captain, who was not asked, said that she would
look for another harbour and did not expect to find one.

By Ada Example

You May Also Like
"""
TARGET = "2026/harbour-keeps-the-old-timetable-for-its-ferries.md"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `briefings import` in a folder of its own, where nobody can be asked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefings").mkdir()
    Path("raw.txt").write_text(TEXT, encoding="utf-8")

    def run(*arguments: str, answers: str | None = None) -> Result:
        monkeypatch.setattr(writing, "on_terminal", lambda: answers is not None)
        return CliRunner().invoke(main, ["import", *arguments], input=answers)

    return run


def registries(topics: str = TOPICS, authors: str = AUTHORS) -> None:
    Path("briefings/topics.yml").write_text(topics, encoding="utf-8")
    Path("briefings/authors.yml").write_text(authors, encoding="utf-8")


def errors() -> list[str]:
    return [p.code for p in read(Path("briefings")).problems if p.severity == Severity.ERROR]


def written() -> list[str]:
    return sorted(p.relative_to("briefings").as_posix() for p in Path("briefings").rglob("*.md"))


def test_a_text_becomes_a_briefing(run: Run) -> None:
    registries()
    result = run("raw.txt", "--date", "2026-03-17")
    assert result.exit_code == 0, result.output
    assert Path("briefings", TARGET).read_text(encoding="utf-8").split("\n\n")[0] == (
        "---\n"
        "title: Harbour keeps the old timetable for its ferries\n"
        "author: Ada Example\n"
        "date: 2026-03-17\n"
        "topics: [ferries, ports]\n"
        "---"
    )
    for said in (
        'title of line 1: "Harbour keeps the old timetable for its ferries"',
        'byline of line 12: "By Ada Example"',
        "topic: ferries, very likely",
        'lang="es" in line 6',
        'line 14: "You May Also Like"',
        "no summary",
        f"briefings/{TARGET}",
        "  ada-example:\n    name: Ada Example\n",
    ):
        assert said in result.stdout
    assert errors() == ["unknown-author"]
    with Path("briefings/authors.yml").open("a", encoding="utf-8") as file:
        file.write("ada-example:\n  name: Ada Example\n")
    assert errors() == []
    briefing = next(iter(read(Path("briefings")).catalog.briefings.values()))
    assert briefing.authors == ("ada-example",)


def test_every_paragraph_is_there_byte_for_byte(run: Run) -> None:
    run("raw.txt", "--date", "2026-03-17")
    text = Path("briefings", TARGET).read_text(encoding="utf-8")
    for paragraph in TEXT.split("\n\n")[1:4]:
        assert paragraph in text
    assert text.endswith("find one.\n")


def test_open_vocabularies_pass_at_once(run: Run) -> None:
    result = run("raw.txt", "--date", "2026-03-17", "--add-authors")
    assert result.exit_code == 0
    assert errors() == []
    assert "authors.yml" not in result.stdout, "no registry, no entry to add"
    assert not Path("briefings/authors.yml").exists(), "that would close the vocabulary"


def test_new_authors_are_appended_with_all_else_as_it_was(run: Run) -> None:
    registries()
    result = run("raw.txt", "--date", "2026-03-17", "--add-authors")
    assert Path("briefings/authors.yml").read_text() == (
        AUTHORS + "ada-example:\n  name: Ada Example\n"
    )
    assert "added to briefings/authors.yml" in result.stdout
    assert errors() == []


@pytest.mark.parametrize(
    "authors",
    [
        pytest.param("{ben-sample: {name: Ben Sample}}\n", id="on one line"),
        pytest.param("- ben-sample\n", id="a list"),
        pytest.param("ben-sample:\n  name: Ben Sample\n...\n", id="an end"),
        pytest.param("ben-sample:\n  bio: |\n    Ben\n  name: [\n", id="no YAML"),
    ],
)
def test_a_registry_that_cannot_grow_is_left_alone(run: Run, authors: str) -> None:
    registries(authors=authors)
    result = run("raw.txt", "--date", "2026-03-17", "--add-authors")
    assert Path("briefings/authors.yml").read_text() == authors
    assert "added to" not in result.stdout


def test_a_known_author_is_written_as_the_key(run: Run) -> None:
    registries()
    Path("raw.txt").write_text(TEXT.replace("Ada Example", "BEN SAMPLE"), encoding="utf-8")
    result = run("raw.txt", "--date", "2026-03-17")
    assert "author: ben-sample\n" in Path("briefings", TARGET).read_text()
    assert "authors.yml" not in result.stdout
    assert errors() == []


def test_an_editor_is_taken_when_known(run: Run) -> None:
    registries()
    line = "(Reporting by Ada Example; editing by {})"
    for name in ("Ben Sample", "Eve Muster"):
        Path(f"{name}.txt").write_text(
            TEXT.replace("By Ada Example", line.format(name)).replace("Harbour", name, 1)
        )
    result = run("Ben Sample.txt", "Eve Muster.txt", "--date", "2026-03-17")
    assert [("editor: ben-sample" in Path("briefings", p).read_text()) for p in written()] == [
        True,
        False,
    ]
    assert "'Eve Muster' edited it" in result.stdout
    assert "'Ben Sample' edited it" not in result.stdout


def test_nobody_to_ask_and_no_date_is_misuse(run: Run) -> None:
    result = run("raw.txt")
    assert result.exit_code == 2
    assert "--date 2026-03-17" in result.stderr
    Path("raw.txt").write_text(TEXT.replace("By Ada", "Published 12 May 2025\n\nBy Ada"))
    result = run("raw.txt")
    assert result.exit_code == 2
    assert "says 2025-05-12 (line 12)" in result.stderr
    assert written() == []
    result = run("raw.txt", "--date", "text")
    assert result.exit_code == 0, result.output
    assert written() == [TARGET.replace("2026", "2025")]


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "20260317", "1066-10-14", ""])
def test_a_date_that_is_none_is_misuse(run: Run, day: str) -> None:
    result = run("raw.txt", "--date", day)
    assert result.exit_code == 2, result.output
    assert written() == []


def test_on_a_terminal_what_is_missing_is_asked(run: Run) -> None:
    paragraphs = TEXT.split("\n\n")
    Path("raw.txt").write_text("\n\n".join([paragraphs[1].replace("\n", " "), *paragraphs[2:4]]))
    result = run("raw.txt", answers="A title\nAda Example\nnonsense\n2026-03-17\n")
    assert result.exit_code == 0, result.output
    assert "no day between" in result.stderr
    assert (
        Path("briefings/2026/a-title.md")
        .read_text()
        .startswith("---\ntitle: A title\nauthor: Ada Example\ndate: 2026-03-17\n")
    )


def test_a_date_of_the_text_is_offered(run: Run) -> None:
    Path("raw.txt").write_text(TEXT.replace("By Ada", "Published 12 May 2025\n\nBy Ada"))
    result = run("raw.txt", answers="\n")
    assert result.exit_code == 0, result.output
    assert "[2025-05-12]" in result.stderr


def test_options_win_and_the_byline_is_still_reported(run: Run) -> None:
    registries()
    result = run(
        "raw.txt", "--date", "2026-03-17", "-a", "ben-sample", "-t", "boats", "-t", "paint",
        "--title", "Another: title", "--slug", "other",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (
        Path("briefings/2026/other.md")
        .read_text()
        .startswith(
            "---\ntitle: 'Another: title'\nauthor: ben-sample\ndate: 2026-03-17\n"
            "topics: [ferries, paint]\n---\n"
        )
    )
    assert '"By Ada Example"' in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--topic", "ferrys"], "did you mean 'ferries'?"),
        (["--author", "ben-sampel"], "did you mean 'ben-sample'?"),
        (["--slug", "Not A Slug"], "write 'not-a-slug'"),
        (["raw2.txt", "--title", "A"], "for one FILE"),
    ],
)
def test_misuse(run: Run, arguments: list[str], said: str) -> None:
    registries()
    Path("raw2.txt").write_text(TEXT)
    result = run("raw.txt", "--date", "2026-03-17", *arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert written() == []


def test_a_folder_is_imported_and_one_bad_file_does_not_stop_the_others(run: Run) -> None:
    inbox = Path("inbox/deep")
    inbox.mkdir(parents=True)
    (inbox / "a.txt").write_bytes("T\n\nun café".encode("cp1252"))
    (inbox / "b.txt").write_text(TEXT)
    (inbox / "c.txt").write_text("")
    (inbox / "d.txt").write_text(TEXT)
    (inbox / "e.txt").write_text(TEXT.replace("By Ada Example", "").replace("Harbour", "Port", 1))
    (inbox / "f.txt").write_text("A title and nothing under it\n")
    (inbox / "g.txt").write_text("---\ntitle: A\n---\n\nText.\n")
    (inbox / "h.pdf").write_bytes(b"%PDF")
    (inbox / "i.txt").symlink_to("/etc/hostname")
    result = run("inbox", "--date", "2026-03-17")
    assert result.exit_code == 1
    assert written() == [TARGET]
    found = re.findall(
        r"^inbox/deep/(\w)\.txt:(\d+):(\d+): error\[([a-z0-9-]+)\]", result.stdout, re.M
    )
    assert found == [
        ("a", "3", "7", "not-utf8"),
        ("c", "1", "1", "empty-body"),
        ("d", "1", "1", "duplicate-slug"),
        ("e", "1", "1", "missing-author"),
        ("f", "1", "1", "empty-body"),
        ("g", "1", "1", "bad-file"),
    ]
    assert "passed over, as no .txt files: inbox/deep/h.pdf, inbox/deep/i.txt" in result.stdout
    assert result.stderr.endswith("1 of 7 texts became briefings\n")
    assert errors() == []


def test_nothing_is_overwritten(run: Run) -> None:
    target = Path("briefings", TARGET)
    target.parent.mkdir()
    target.write_text("mine")
    result = run("raw.txt", "--date", "2026-03-17")
    assert result.exit_code == 1
    assert "duplicate-slug" in result.stdout
    assert target.read_text() == "mine"
    # In another year it would be another file, but the same address.
    assert run("raw.txt", "--date", "2025-03-17").exit_code == 1
    target.unlink()
    target.symlink_to("nowhere")
    assert run("raw.txt", "--date", "2026-03-17").exit_code == 1
    assert target.is_symlink()
    assert run("raw.txt", "--date", "2026-03-17", "--slug", "other").exit_code == 0


def test_a_dry_run_writes_nothing(run: Run) -> None:
    registries()
    before = {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()}
    result = run("raw.txt", "--date", "2026-03-17", "--dry-run", "--add-authors")
    assert result.exit_code == 0
    assert f"would write  briefings/{TARGET}" in result.stdout
    assert {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()} == before


def test_hostile_text_is_words(run: Run) -> None:
    hostile = (
        '<script>alert(1)</script> [x](javascript:alert(1)) {{ 7*191 }} --8<-- "mkdocs.yml" '
        "![a](https://example.org/a.png) [[nowhere]] <!-- never closed \x07\x08 and enough words"
    )
    Path("raw.txt").write_text(
        TEXT.replace("That leaves", f"{hostile}\n\nThat leaves") + "\x1b[2J\n"
    )
    result = run("raw.txt", "--date", "2026-03-17")
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stdout
    assert "U+0007, U+0008 may not stand in a text" in result.stdout
    assert [p.code for p in read(Path("briefings")).problems] == ["missing-summary"]


def test_topics_come_from_what_is_filed_already(run: Run) -> None:
    registries(topics="paint: {title: Paint}\nnight: {title: Small hours}\n")
    Path("briefings/2025").mkdir()
    for n in range(4):
        for key, words in (("paint", "brushes and colours"), ("night", "captains and berths")):
            Path(f"briefings/2025/{key}-{n}.md").write_text(
                f"---\ntitle: On {words} {n}\nauthor: ben-sample\ndate: 2025-03-17\n"
                f"topics: [{key}]\nsummary: On {words}.\n---\n\nOf {words}, and the captain's "
                f"{'berth and her ferry' if key == 'night' else 'paint of many colours'}.\n"
            )
    run("raw.txt", "--date", "2026-03-17")
    assert "topics: [night" in Path("briefings", TARGET).read_text()


@pytest.mark.parametrize(
    "text",
    ["Qwx zxq\n\nVbn mkl.", "一二三\n\n港口办公室星期一表示将保留渡轮。"],
    ids=["noise", "Chinese"],
)
def test_a_topic_is_never_missing_and_never_unknown(run: Run, text: str) -> None:
    Path("raw.txt").write_text(text, encoding="utf-8")
    assert run("raw.txt", "--date", "2026-03-17", "-a", "Ada Example").exit_code == 0
    registries(authors="ada-example: {name: Ada Example}\n")
    run("raw.txt", "--date", "2026-03-17", "-a", "Ada Example", "--slug", "two")
    assert "topics: [ports]" in Path("briefings/2026/two.md").read_text(encoding="utf-8")
    Path("briefings/2026/two.md").rename("two.md")
    Path("briefings/topics.yml").unlink()
    assert errors() == []


def test_a_pipe_is_refused_and_not_waited_for(run: Run) -> None:
    os.mkfifo("pipe")
    result = run("pipe", "--date", "2026-03-17")
    assert result.exit_code == 1
    assert "not a regular file" in result.stdout


def test_a_kill_leaves_no_half_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killed)
        assert run("raw.txt", "--date", "2026-03-17").exit_code != 0
    assert written() == []
    assert run("raw.txt", "--date", "2026-03-17").exit_code == 0
    assert written() == [TARGET]


def test_without_hard_links_it_works_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refused)
    assert run("raw.txt", "--date", "2026-03-17").exit_code == 0
    assert run("raw.txt", "--date", "2026-03-17").exit_code == 1
    assert sorted(p.name for p in Path("briefings/2026").iterdir()) == [Path(TARGET).name]


def test_help_has_examples(run: Run) -> None:
    result = run("--help")
    assert "briefings import notes.txt --date 2026-03-17 --dry-run\n" in result.stdout


@pytest.mark.archive
def test_real_raw_texts(run: Run, shared: Path) -> None:
    seeds = sorted((shared / "seed").glob("*.txt"))
    if not seeds:
        pytest.skip(f"no raw texts in {shared / 'seed'}")
    registries(topics="trade: {title: Trade}\nsport: {title: Sport}\n")
    for number, seed in enumerate(seeds):
        result = run(str(seed), "--date", "2025-07-29", "--slug", f"seed-{number}", "--add-authors")
        assert result.exit_code == 0, result.output
        assert 'lang="es"' in result.stdout
        assert "left over from a web page" in result.stdout
        text = Path(f"briefings/2025/seed-{number}.md").read_text(encoding="utf-8")
        assert "topics: [trade]\n" in text
        source = seed.read_text(encoding="utf-8").strip().split("\n\n")
        assert all(paragraph in text for paragraph in source[:-2])
    assert errors() == []
