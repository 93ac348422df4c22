"""The corpus of what strangers send, through the commands that sites are checked and built with."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.checking import problems
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.weighing import weighed

from ..making import Result, Site, differing
from ..sites import index
from . import judge
from .case import CANARY, HEAD, Case
from .honest import HONEST
from .hostile import HOSTILE, TARGET, registries
from .refused import REFUSED

ROOT = "https://briefings.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
LOWERED = {"severity": {"bad-link": "warning", "unknown-source": "warning"}}
"""So that a vector whose image is missing is published all the same."""
UNFIT = frozenset({"vector-4-script-never-closed", "vector-61-plaintext", "a-heading-with-comment"})
"""Hostile cases that are refused whole."""


@dataclass(frozen=True)
class Built:
    """A site built from many cases."""

    site: Site
    done: Result

    def page(self, case: Case) -> str:
        return self.done.text(f"briefings/2026/{case.slug}/index.html")

    def text(self, case: Case) -> str:
        """What a reader reads on a case's page."""
        tree = html5lib.parse(self.page(case), namespaceHTMLElements=False)
        return " ".join("".join(tree.find(".//main").itertext()).split())


def built(folder: Path, cases: list[Case], command: str = "briefings") -> Built:
    site = Site(folder)
    for case in cases:
        case.write(site.content)
    (site.content / TARGET[0]).write_bytes(TARGET[1])
    return Built(site, site.run(command, "build", plugin=LOWERED))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The site of all hostile cases."""
    folder = tmp_path_factory.mktemp("hostile")
    made = built(folder, [case for case in HOSTILE if case.slug not in UNFIT])
    assert made.done.exit_code == 0, made.done.log[-3000:]
    yield made
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The site whose registries, pages and editions are hostile."""
    site = Site(tmp_path_factory.mktemp("vocabulary"))
    write(site, registries())
    done = site.run("briefings", "build")
    assert done.exit_code == 0, done.log[-3000:]
    return done


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of all honest cases."""
    return built(tmp_path_factory.mktemp("honest"), HONEST)


def write(site: Site, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = site.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def told(folder: Path) -> tuple[Problem, ...]:
    return problems(read(folder, weigh=weighed))


def named(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=case.name) for case in cases]


# P1 -------------------------------------------------------------------------------------------


def test_p01_nothing_that_strangers_write_is_active(hostile: Built) -> None:
    assert judge.site(hostile.done.files, ROOT) == []


def test_p01_nor_in_what_registries_say(vocabulary: Result) -> None:
    assert judge.site(vocabulary.files, ROOT) == []


def test_p01_mkdocs_makes_the_same_pages(hostile: Built, tmp_path: Path) -> None:
    site = Site(tmp_path)
    shutil.copytree(hostile.site.content, site.content)
    done = site.run("mkdocs", "build", plugin=LOWERED)
    assert done.exit_code == 0
    pages = {path for path in done.files if path.endswith((".html", ".xml", ".json", ".ics"))}
    assert [p for p in differing(done.files, hostile.done.files) if p in pages] == []


def test_p01_no_page_asks_another_site_for_anything(hostile: Built) -> None:
    for path, text in hostile.done.pages.items():
        loaded = re.findall(
            r'<(?:img|script|link rel="(?:stylesheet|icon)")[^>]*"(https?:[^"]*)"', text
        )
        assert loaded == [], path


# P2 -------------------------------------------------------------------------------------------


def test_p02_what_looks_like_a_program_is_text(hostile: Built) -> None:
    for path, data in hostile.done.files.items():
        if path.endswith((".html", ".xml", ".json", ".ics")):
            assert b"1337" not in data, path
    (case,) = (case for case in HOSTILE if case.name == "a template expression")
    assert "{{ 7*191 }} {% include 'x' %} {# y #} ${x} #{y} <%= z %>" in hostile.text(case)


def test_p02_no_page_chooses_its_template(hostile: Built) -> None:
    cases = [case for case in REFUSED if case.name in ("the key template", "the key hooks")]
    assert [case.errors for case in cases] == [(("unknown-key", 7),)] * 2


# P4 -------------------------------------------------------------------------------------------


def test_p04_nothing_private_is_published(tmp_path: Path) -> None:
    site = Site(tmp_path)
    secret = "sesame-4711"
    write(site, {TARGET[0]: TARGET[1]})
    write(site, {
        "draft-one.md": f"---\ntitle: {secret}\n{HEAD}draft: true\n---\n{secret}\n".encode(),
        "later.md": f"---\ntitle: {secret}\n{HEAD.replace('2026', '2027')}---\n{secret}\n".encode(),
    })  # fmt: skip
    (site.root / "secret.md").write_text(secret)
    (site.root / ".env").write_text(f"TOKEN={secret}\n")
    done = site.run("briefings", "build", env={"BRIEFINGS_SECRET": secret, "AWS_SECRET": secret})
    assert done.exit_code == 0, done.log
    for path, data in {**done.files, **index.texts(done.files)}.items():
        assert secret.encode() not in data, path


# P10 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", named(REFUSED))
def test_p10_a_bad_file_is_told_with_its_line(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    assert case.judged(told(tmp_path)) == []


def test_p10_all_bad_files_are_told_in_one_run(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for case in REFUSED:
        case.write(site.content)
    done = site.run("briefings", "check", "--format", "json", "briefings")
    assert done.exit_code == 1
    assert "Traceback" not in done.log
    found = json.loads(done.log[: done.log.rindex("]") + 1])
    errors = {(p["path"], p["code"], p["line"]) for p in found if p["severity"] == "error"}
    wanted = {(f"briefings/{case.path}", *error) for case in REFUSED for error in case.errors}
    assert wanted - errors == set()
    assert all(p["hint"] for p in found)


@pytest.mark.parametrize("command", ["mkdocs", "briefings"])
def test_p10_a_build_tells_them_too_and_publishes_nothing(command: str, tmp_path: Path) -> None:
    site = Site(tmp_path)
    for case in REFUSED:
        case.write(site.content)
    done = site.run(command, "build")
    assert (done.exit_code, list(done.files)) == (1, [])
    assert "Traceback" not in done.log
    assert {case.path for case in REFUSED} <= {p.path.partition("/")[2] for p in done.problems}


# P11 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", named([case for case in HOSTILE if "*" not in case.warnings]))
def test_p11_what_is_dropped_is_told(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    (tmp_path / TARGET[0]).write_bytes(TARGET[1])
    assert case.judged(told(tmp_path)) == []


def test_p11_what_is_typed_is_shown(hostile: Built) -> None:
    shown = [case for case in HOSTILE if case.shown and case.slug not in UNFIT]
    assert len(shown) > 50
    for case in shown:
        text = hostile.text(case)
        for words in case.shown:
            assert " ".join(words.split()) in text, case.name


TYPED = {
    "a number": "1.10",
    "a word for false": "no",
    "a time": "12:30:45",
    "a date": "2026-13-45",
    "an octal": "0o17",
    "a word for nothing": "Null Island",
    "a sexagesimal": "190:20:30",
    "infinity": ".inf",
    "not a number": ".nan",
    "an exponent": "1e3",
    "a grouped number": "1_000",
    "a yes": "Yes",
    "a tilde in quotes": "'~'",
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_p11_a_title_is_the_text_that_was_typed(typed: str, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(f"---\ntitle: {typed}\n{HEAD}---\nText.\n", encoding="utf-8")
    assert read(tmp_path).catalog.briefings["x"].title == typed.strip("'")


# P14 ------------------------------------------------------------------------------------------


def test_p14_machines_read_the_titles_that_were_typed(hostile: Built) -> None:
    found = machine_titles(hostile.done.files)
    for case in HOSTILE:
        if case.name.startswith("a title with"):
            assert found[f"{ROOT}briefings/2026/{case.slug}/"] == {case.shown[0]}, case.name


def machine_titles(files: Mapping[str, bytes]) -> Mapping[str, set[str]]:
    """By address: the titles that structured data, feeds of a topic and search have."""
    found: dict[str, set[str]] = {}
    for path, data in files.items():
        if path.endswith("index.html") and path.startswith("briefings/"):
            for told in re.findall(r'ld\+json">(.*?)</script>', data.decode(), re.DOTALL):
                node = json.loads(told)["@graph"][0]
                found.setdefault(ROOT + path.removesuffix("index.html"), set()).add(
                    node["headline"]
                )
        elif path.endswith("feed.xml"):
            for entry in ElementTree.fromstring(data).iter(f"{ATOM}entry"):
                title, link = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}link")
                assert title is not None
                assert link is not None
                if title.get("type", "text") == "text" and "changes/" not in path:
                    found.setdefault(link.attrib["href"], set()).add(title.text or "")
        elif path.endswith("feed.json") and "changes/" not in path:
            for item in json.loads(data)["items"]:
                found.setdefault(item["url"], set()).add(item["title"])
    for url, page in index.pages(files).items():
        found.setdefault(ROOT + url.removeprefix("/"), set()).add(page["meta"]["title"])
    return found


# P15 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", named(HONEST))
def test_p15_honest_briefings_are_not_refused(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    (tmp_path / TARGET[0]).write_bytes(TARGET[1])
    assert case.judged(told(tmp_path)) == []


def test_p15_and_are_published_as_they_are_typed(honest: Built) -> None:
    assert honest.done.exit_code == 0, honest.done.log[-3000:]
    assert judge.site(honest.done.files, ROOT) == []
    for case in HONEST:
        text = honest.text(case)
        for words in case.shown:
            assert words in text, case.name


def test_p15_a_warning_is_no_error(tmp_path: Path) -> None:
    warned = [case for case in HOSTILE if case.warnings and "*" not in case.warnings]
    assert len(warned) > 50
    for case in warned:
        case.write(tmp_path)
    (tmp_path / TARGET[0]).write_bytes(TARGET[1])
    assert not [p for p in told(tmp_path) if p.severity is Severity.ERROR]


def test_the_canary_is_in_what_is_hostile() -> None:
    """Most of it, at least: what is judged by its form alone need not hold it."""
    held = [case for case in HOSTILE if CANARY.encode() in case.files[case.path]]
    assert len(held) > 100
