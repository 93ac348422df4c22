"""`briefings init` starts a publication that passes every check as it stands."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs_briefings.cli import init as command
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.reading.read import read

from ..conftest import ROOT
from ..making import NOW, environment, script, tree


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))


def init(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", *arguments])


def run(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [script("briefings"), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], id="nothing named"),
        pytest.param(
            [
                "--name",
                "Ports: 'quays' & \"ferries\" #1",
                "-t",
                "No",
                "-t",
                "Ports: old",
                "-t",
                "港",
            ],
            id="names that YAML would take for something else",
        ),
        pytest.param(["--name", "x" * 100, "-t", "y" * 60, "--about", "z" * 300], id="long names"),
    ],
)
def test_what_is_started_is_clean(options: list[str]) -> None:
    """Through the real command, as strict as can be."""
    run(".", "init", "harbour-news", *options)
    assert run("harbour-news", "check", "--strict").stderr.startswith("no problems in 7 files")
    built = run("harbour-news", "build", "--strict")
    assert "WARNING" not in built.stdout + built.stderr
    site = tree(Path("harbour-news/site"))
    assert "briefings/2026/from-one-file-to-a-page/index.html" in site
    assert "feed.xml" in site or any(name.endswith(".xml") for name in site)


@pytest.mark.parametrize("lang", ["es", "no"])
def test_another_language_marks_what_comes_with_it_as_english(lang: str) -> None:
    run(".", "init", "mareas", "--topic", "Mareas", "--lang", lang)
    assert run("mareas", "check", "--strict").stderr.startswith("no problems in 7 files")
    run("mareas", "build", *(["--strict"] if lang == "es" else []))
    site = tree(Path("mareas/site"))
    assert f'<html lang="{lang}"'.encode() in site["index.html"]
    for name in ("about", "contribute", "briefings/2026/from-one-file-to-a-page"):
        assert b'<html lang="en"' in site[f"{name}/index.html"]


def test_a_language_is_a_tag() -> None:
    done = init("mareas", "--lang", "spanish")
    assert done.exit_code == 2
    assert "'spanish' is not a language tag" in done.output
    assert not Path("mareas").exists()


def test_the_next_steps_are_told_and_can_be_taken() -> None:
    shown = run(".", "init", "news/harbour", "--topic", "Ports").stdout
    steps = [
        line.split(". ", 1)[1].split("  ")[0] for line in shown.splitlines() if ". " in line[:5]
    ]
    assert steps == ["cd news/harbour", "briefings serve", "briefings new"]
    told = run("news/harbour", "new", "First", "-t", "ports", "--no-input").stdout
    assert "Wrote briefings/2026/first.md" in told
    run("news/harbour", "check")


def test_names_are_those_given() -> None:
    assert (
        init(
            "n", "--name", "Quays: all", "-t", "Old ports", "--url", "https://q.example/"
        ).exit_code
        == 0
    )
    config = yaml.safe_load(Path("n/mkdocs.yml").read_text())
    assert config["site_name"] == "Quays: all"
    assert config["site_description"] == "Briefings on Old ports"
    assert config["site_url"] == "https://q.example/"
    catalog = read(Path("n/briefings")).catalog
    assert {key: topic.title for key, topic in catalog.topics.items()} == {
        "old-ports": "Old ports",
        "this-publication": "This publication",
    }
    assert [b.authors for b in catalog.briefings.values()] == [("editorial-desk",)] * 2
    assert {b.published.isoformat() for b in catalog.briefings.values()} == {"2026-06-01"}
    assert catalog.authors["editorial-desk"].desk


def test_the_folder_names_what_is_not_named() -> None:
    assert init("sub/harbour_news-daily").exit_code == 0
    config = yaml.safe_load(Path("sub/harbour_news-daily/mkdocs.yml").read_text())
    assert config["site_name"] == "Harbour news daily"
    assert config["site_url"] == "https://harbour-news-daily.example/"


def test_our_own_editor_files_are_those_of_a_new_publication() -> None:
    assert init("n").exit_code == 0
    ours, theirs = tree(ROOT / ".vscode"), tree(Path("n/.vscode"))
    assert sorted(ours) == sorted(theirs)
    for name, content in ours.items():
        assert theirs[name] == content, f"copy .vscode/{name} to starter/vscode/"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    Path("n").mkdir()
    Path("n/mine.txt").write_text("mine")
    Path("file").write_text("mine")
    Path("link").symlink_to("n", target_is_directory=True)
    before = tree(tmp_path)
    for name in ("n", "file", "link", "."):
        result = init(name)
        assert result.exit_code == 1, name
        assert "hint: name a new folder" in result.stderr
    assert tree(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == 3


def test_an_empty_folder_is_taken() -> None:
    Path("n").mkdir()
    assert init("n").exit_code == 0
    assert Path("n/mkdocs.yml").exists()
    assert init("n").exit_code == 1, "and then it is not empty"


def test_what_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str, **options: str) -> int:
        if path.name == "mkdocs.yml":
            raise OSError(28, "No space left on device", str(path))
        return len(text)

    monkeypatch.setattr(Path, "write_text", full)
    result = init("n")
    assert result.exit_code == 3
    assert "No space left" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--name", "…"], "no letter"),
        (["--name", "x" * 101], "at most 100"),
        (["--name", "a\u202eb"], "U+202E"),
        (["--topic", "Ports", "--topic", "ports!"], "are one topic"),
        (["--topic", "This publication"], "are one topic"),
        (["--topic", "x" * 61], "at most 60"),
        (["--url", "example.org"], "https://"),
    ],
)
def test_misuse(tmp_path: Path, options: list[str], said: str) -> None:
    result = init("n", *options)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_others_may_read_it() -> None:
    mask = os.umask(0o022)
    try:
        assert init("n").exit_code == 0
    finally:
        os.umask(mask)
    assert Path("n").stat().st_mode & 0o777 == 0o755
    assert Path("n/mkdocs.yml").stat().st_mode & 0o777 == 0o644


def test_two_starts_of_one_day_are_the_same() -> None:
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        init("a/n")
        init("b/n")
    assert tree(Path("a")) == tree(Path("b"))
    assert all(b"$" not in data for name, data in tree(Path("a")).items() if "/briefings/" in name)


def test_every_file_of_the_starter_is_written() -> None:
    assert init("n").exit_code == 0
    written = {path for path in tree(Path("n")) if "/schemas/" not in path}
    assert len(written) == len(tree(command.STARTER))
    assert {".gitignore", "README.md", "LICENSE-CONTENT", "requirements.txt"} <= written
