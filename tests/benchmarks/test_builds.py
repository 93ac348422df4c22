"""The benchmark measures what it says: its corpora, its clock and its table."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs_briefings.catalog.codes import grade
from mkdocs_briefings.catalog.problem import Severity
from mkdocs_briefings.reading.read import read

from ..conftest import ROOT
from ..making import differing, tree
from .builds import Aside, Bench, main
from .candidates import CANDIDATES, PROJECTS, Candidate, Project
from .corpus import BLANK, LINK, Archive, Corpus
from .measuring import Cost, Failed, measured, middle
from .table import Row, tables

TOPICS = {"harbours": "Harbours", "tides": "Tides"}
ARTICLES = 9


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Nine articles on two topics, each with a link to the next."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "authors.yml").write_text("ada-example:\n  name: Ada Example\n")
    (folder / "topics.yml").write_text(yaml.safe_dump({k: {"title": v} for k, v in TOPICS.items()}))
    for number in range(ARTICLES):
        front = {
            "title": f"Report {number} of what ship {number} saw",
            "date": date(2019 + number // 3, 5, 10 + number),
            "authors": ["ada-example"],
            "topics": [list(TOPICS)[number % 2]],
            "summary": f"What the pilots saw on day {number}.",
        }
        following = (number + 1) % ARTICLES
        to = f"../{2019 + following // 3}/report-{following}.md#seen"
        blocks = [
            f"The pilots of ship {number} read [the next report]({to}) then.",
            "## Seen",
            f"Ship {number} passed the first buoy before noon, as told.",
            f"Ship {number} passed the second buoy at night, unseen by all.",
        ]
        path = folder / str(2019 + number // 3) / f"report-{number}.md"
        path.parent.mkdir(exist_ok=True)
        head = yaml.safe_dump(front, sort_keys=False)
        path.write_text(f"---\n{head}---\n\n" + "\n\n".join(blocks) + "\n", encoding="utf-8")
    return Archive(folder)


# Corpora


@pytest.mark.parametrize("size", [4, ARTICLES, 22])
def test_a_corpus_is_the_same_every_time(archive: Archive, tmp_path: Path, size: int) -> None:
    corpus = archive.make(size, tmp_path / "one")
    again = Archive(archive.folder).make(size, tmp_path / "other")
    assert differing(tree(corpus.folder), tree(again.folder)) == []
    assert corpus.places == again.places
    assert {place.path for place in corpus.places} == {
        path.relative_to(corpus.folder).as_posix() for path in corpus.folder.rglob("*.md")
    }
    assert len({place.slug for place in corpus.places}) == corpus.size == size
    assert corpus.real == min(size, ARTICLES)


def test_a_smaller_corpus_is_taken_evenly_over_time(archive: Archive, tmp_path: Path) -> None:
    corpus = archive.make(3, tmp_path / "corpus")
    assert [place.path for place in corpus.places] == [
        "2019/report-0.md",
        "2020/report-3.md",
        "2021/report-6.md",
    ]


def test_the_real_articles_are_left_as_they_are(archive: Archive, tmp_path: Path) -> None:
    corpus = archive.make(22, tmp_path / "corpus")
    for article in archive.articles:
        text = (corpus.folder / str(article.date.year) / f"{article.slug}.md").read_text("utf-8")
        _, head, body = text.split("---\n", 2)
        assert yaml.safe_load(head) == article.front
        assert body == article.body


def test_no_two_articles_share_more_than_a_third(archive: Archive, tmp_path: Path) -> None:
    corpus = archive.make(2 * ARTICLES, tmp_path / "corpus")
    texts = [(corpus.folder / place.path).read_text("utf-8") for place in corpus.places]
    # A link differs between rounds, and what it stands in does not.
    bodies = [LINK.sub("](", text.split("---\n", 2)[2]).strip() for text in texts]
    prose = [{block for block in BLANK.split(body) if block != "## Seen"} for body in bodies]
    assert {len(blocks) for blocks in prose} == {3}
    assert max(len(one & other) for one, other in combinations(prose, 2)) == 1
    titles = [yaml.safe_load(text.split("---\n", 2)[1])["title"] for text in texts]
    assert len(set(titles)) == len(titles)


def test_a_mixed_article_keeps_its_topics(archive: Archive, tmp_path: Path) -> None:
    corpus = archive.make(2 * ARTICLES, tmp_path / "corpus")
    fronts = [
        yaml.safe_load((corpus.folder / place.path).read_text("utf-8").split("---\n", 2)[1])
        for place in corpus.places
    ]
    real, mixed = fronts[:ARTICLES], fronts[ARTICLES:]
    assert [front["topics"] for front in mixed] == [front["topics"] for front in real]
    # All else is somebody's, and everybody's once.
    week = timedelta(weeks=1)
    assert {front["date"] - week for front in mixed} == {front["date"] for front in real}
    assert {front["summary"] for front in mixed} == {front["summary"] for front in real}


@pytest.mark.parametrize("size", [5, ARTICLES, 25])
def test_a_corpus_is_read_without_a_problem(archive: Archive, tmp_path: Path, size: int) -> None:
    reading = read(archive.make(size, tmp_path / "corpus").folder)
    assert [str(problem) for problem in reading.problems] == []
    assert len(reading.catalog.briefings) == size


def test_links_stay_within_their_round(archive: Archive, tmp_path: Path) -> None:
    corpus = archive.make(22, tmp_path / "corpus")
    rounds = {place.slug: number // ARTICLES for number, place in enumerate(corpus.places)}
    for place in corpus.places:
        found = list(LINK.finditer((corpus.folder / place.path).read_text("utf-8")))
        assert found, place
        for link in found:
            assert rounds[link["slug"]] == rounds[place.slug]


@pytest.mark.archive
def test_a_corpus_of_the_real_archive_is_read_whole(corpus: Path, tmp_path: Path) -> None:
    made = Archive(corpus).make(2400, tmp_path / "corpus")
    for place in made.places[: made.real]:
        (made.folder / place.path).unlink()
    reading = read(made.folder)
    assert len(reading.catalog.briefings) == made.size - made.real
    lowered = grade(reading.problems, {"*": Severity.WARNING})
    assert {problem.severity for problem in lowered} <= {Severity.WARNING}
    bodies = [path.read_text("utf-8").split("---\n", 2)[2] for path in made.folder.rglob("*.md")]
    written = [body for body in bodies if body.strip()]
    assert len(set(written)) == len(written)


# Measuring

BUSY = """
import sys, time
held = bytearray(60_000_000)
while time.process_time() < 0.3: pass
open(sys.argv[1], "w").write("four")
"""


@pytest.fixture
def cost(tmp_path: Path) -> Callable[..., Cost]:
    """Measure a Python program that may write into the folder `site`."""
    (tmp_path / "site").mkdir()

    def measure(code: str, seconds: int = 60) -> Cost:
        return measured(
            [sys.executable, "-c", code, "site/index.html"],
            tmp_path,
            tmp_path / "site",
            tmp_path / "log",
            seconds=seconds,
            env={},
        )

    return measure


def test_a_command_is_measured_with_its_children(cost: Callable[..., Cost]) -> None:
    held = bytearray(300_000_000)  # What this process holds is not what the command holds.
    found = cost(f"import subprocess, sys\nfor _ in '12': subprocess.run({_child()})")
    del held
    assert found.cpu >= 0.6
    assert found.wall >= 0.3
    assert 60_000_000 < found.peak < 250_000_000
    assert (found.files, found.size) == (1, 4)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody adopts processes")
def test_what_a_command_leaves_to_others_to_wait_for_is_measured(cost: Callable[..., Cost]) -> None:
    found = cost(f"import subprocess, sys\nsubprocess.Popen({_child().partition(', check')[0]})")
    assert found.cpu >= 0.3
    assert found.files == 1


def _child() -> str:
    return f"[sys.executable, '-c', {BUSY!r}, sys.argv[1]], check=True"


def test_a_command_that_fails_is_no_measurement(cost: Callable[..., Cost], tmp_path: Path) -> None:
    with pytest.raises(Failed, match="failed with code 3"):
        cost("print('why it failed', flush=True); raise SystemExit(3)")
    assert (tmp_path / "log").read_text("utf-8") == "why it failed\n"


def test_a_command_that_takes_too_long_is_stopped(cost: Callable[..., Cost]) -> None:
    with pytest.raises(Failed, match="stopped after"):
        cost("import time; time.sleep(60)", seconds=1)


def test_the_median_is_told() -> None:
    costs = [made(cpu=cpu, peak=peak) for cpu, peak in ((3.0, 1), (1.0, 9), (2.0, 5))]
    assert middle(costs) == made(cpu=2.0, peak=5)


def made(*, cpu: float = 1.0, peak: int = 1_000_000) -> Cost:
    return Cost(cpu=cpu, wall=12.34, peak=peak, files=1234, size=5_600_000)


# Candidates


def candidate(key: str, code: str, tool: Path = Path(sys.executable)) -> Candidate:
    """One whose generator is a Python program, run in its folder."""

    def lay(corpus: Corpus, folder: Path) -> Project:
        return Project(
            folder=folder,
            command=(sys.executable, "-c", code, corpus.folder),
            page=lambda place: f"{place.slug}/index.html",
        )

    return Candidate(key=key, name=key, makes="pages", tool=tool, lay=lay)


PUBLISH = """
import sys, pathlib
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md"))[LEFT_OUT:]:
    page = pathlib.Path("site", path.stem, "index.html")
    page.parent.mkdir(parents=True)  # An earlier site would be in the way.
    page.write_text(path.stem)
"""


def test_who_cannot_be_measured_says_why(archive: Archive, tmp_path: Path) -> None:
    corpus = archive.make(4, tmp_path / "corpus")
    bench = Bench(corpus, tmp_path, Aside(tmp_path / "gone"), tmp_path, seconds=60)
    candidates = [
        candidate("whole", PUBLISH.replace("LEFT_OUT", "0")),
        candidate("part", PUBLISH.replace("LEFT_OUT", "1")),
        candidate("absent", "", tool=tmp_path / "nowhere"),
    ]
    bench.run(candidates, 2)
    rows = {row.key: row for row in bench.rows(candidates)}
    assert len(bench.costs["whole"]) == 2
    assert rows["whole"].cost is not None
    assert rows["whole"].cost.files == 4
    assert rows["part"].note == "1 pages missing, 2019/report-0.md first"
    assert rows["absent"].note == "not installed"
    assert rows["part"].cost is rows["absent"].cost is None
    # Removed at once it would make the builds after it cost more.
    assert len(list(tmp_path.glob("gone/*/site"))) == 1


HISTORY = """
import pathlib, sys
site = pathlib.Path("site")
with open("history", "a") as history:
    history.write("built " if site.is_dir() else "made ")
for path in pathlib.Path(sys.argv[1]).rglob("*.md"):
    (site / path.stem).mkdir(parents=True, exist_ok=True)
    (site / path.stem / "index.html").touch()
"""


@pytest.mark.parametrize(
    ("fresh", "expected"),
    [
        pytest.param([True], "made edited built", id="the first edit"),
        pytest.param([False], "made edited built edited built", id="one that follows another"),
        pytest.param(
            [True, False], "made edited built edited built", id="after the first comes the second"
        ),
    ],
)
def test_which_edit_is_measured(
    archive: Archive, tmp_path: Path, fresh: list[bool], expected: str
) -> None:
    def edit(project: Project, corpus: Corpus) -> None:
        with (project.folder / "history").open("a") as history:
            history.write("edited ")

    corpus = archive.make(4, tmp_path / "corpus")
    bench = Bench(corpus, tmp_path, Aside(tmp_path / "gone"), tmp_path, seconds=60)
    one = candidate("one", HISTORY)
    bench.run([replace(one, key=f"{n}", edit=edit, fresh=n, shares="one") for n in fresh], 1)
    assert bench.notes == {}
    assert (tmp_path / "one" / "history").read_text("utf-8").split() == expected.split()


def test_ours_is_measured_after_an_edit(archive: Archive, tmp_path: Path) -> None:
    record = tmp_path / "costs.json"
    told = CliRunner().invoke(
        main,
        [
            *("--archive", str(archive.folder), "--work", str(tmp_path / "work"), "--keep"),
            *("--sizes", "11", "--only", "briefings-title", "--runs", "1", "--json", str(record)),
        ],
    )
    assert told.exit_code == 0, told.output
    (row,) = json.loads(record.read_text("utf-8"))["rows"]
    assert row["cost"]["cpu"] > 0
    assert f"| {row['name']} | " in told.stdout
    assert "Articles mixed from real ones: 2 of 11." in told.stdout
    work = tmp_path / "work"
    assert sorted(path.name for path in work.iterdir()) == ["11-articles", "logs"]
    site = work / "11-articles" / "briefings-again" / "site"
    assert " again" in (site / "feed.xml").read_text("utf-8")


def test_without_the_real_archive_it_says_what_is_missing(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["--archive", str(tmp_path)])
    assert told.exit_code == 1
    assert f"no authors.yml in {tmp_path}" in told.stderr
    assert "--archive" in told.stderr


@pytest.mark.parametrize("wrong", ["--sizes=many", "--sizes=0", "--only=hugo,jekyll"])
def test_a_wrong_option_is_told(wrong: str) -> None:
    assert CliRunner().invoke(main, [wrong]).exit_code == 2


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ("hugo", ["hugo-related", "hugo-plain"]),
        ("eleventy,hugo-plain", ["hugo-plain", "eleventy"]),
        ("", [candidate.key for candidate in CANDIDATES]),
    ],
)
def test_candidates_are_chosen_by_name_or_by_software(only: str, expected: list[str]) -> None:
    context = main.make_context("bench", ["--only", only])
    assert [candidate.key for candidate in context.params["only"]] == expected


def test_each_peer_has_a_project_and_is_set_up() -> None:
    setup = (ROOT / "tools" / "peers.sh").read_text("utf-8")
    peers = {candidate.software for candidate in CANDIDATES} - {"briefings"}
    assert set(re.findall(r"^of_(?:python|node) (\w+)$", setup, re.MULTILINE)) == peers
    assert {path.name for path in PROJECTS.iterdir() if path.is_dir()} == peers


# The table


def test_the_table_tells_all_that_was_measured() -> None:
    rows = [
        row("hugo", "Hugo", 1000, made(cpu=2.0)),
        row("zensical", "Zensical", 1000, None, "not installed"),
        row("hugo", "Hugo", 10_000, made(cpu=200.0, peak=2_345_000_000)),
        row("zensical", "Zensical", 10_000, None, "stopped after 60 min"),
    ]
    assert tables(rows).splitlines() == [
        "| 1,000 articles | CPU s | wall s | memory MB | files | site MB | growth | makes also |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
        "| Hugo | 2.00 | 12.3 | 1 | 1,234 | 6 |  | lists |",
        "| Zensical | not installed |  |  |  |  |  | lists |",
        "",
        "| 10,000 articles | CPU s | wall s | memory MB | files | site MB | growth | makes also |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
        "| Hugo | 200 | 12.3 | 2,345 | 1,234 | 6 | 2.00 | lists |",
        "| Zensical | stopped after 60 min |  |  |  |  |  | lists |",
    ]


def row(key: str, name: str, size: int, cost: Cost | None, note: str = "") -> Row:
    return Row(key=key, name=name, makes="lists", size=size, cost=cost, note=note)


def test_growth_is_counted_from_the_smallest_size_that_was_measured() -> None:
    rows = [
        row("hugo", "Hugo", 1000, None, "failed with code 1"),
        row("hugo", "Hugo", 2000, made(cpu=2.0)),
        row("hugo", "Hugo", 8000, made(cpu=8.0)),
    ]
    assert tables(rows).splitlines()[-1] == "| Hugo | 8.00 | 12.3 | 1 | 1,234 | 6 | 1.00 | lists |"
