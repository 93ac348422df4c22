"""`briefings check --links` through the real command, against a host on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from ..making import NOW, script
from ..outward.hosts import Host, host
from ..repos import Repo
from .test_check import HEAD, folder, run, write

__all__ = ["folder"]  # the fixture


@pytest.fixture
def there() -> Iterator[Host]:
    with host() as made:
        yield made


def links(day: int, *more: str) -> Result:
    """The check on a day of May."""
    quick = ("--links", "--allow-private", "--pause", "0", "--timeout", "0.5")
    return run(*quick, "--now", f"2026-05-{day:02}T12:00:00Z", *more)


def page(there: Host, body: str = "", sources: str = "") -> str:
    text = f"---\ntitle: A\n{HEAD}{sources}---\nText{'.[^1]' if sources else '.'} {body}\n"
    return text.replace("HOST", there.url(""))


def codes(done: Result) -> list[str]:
    rows = [row for row in done.stdout.splitlines() if not row.startswith("  ")]
    return [row.partition(": ")[0] + " " + row.split("[")[1].split("]")[0] for row in rows]


def test_a_link_is_dead_on_the_second_day(folder: Path, there: Host) -> None:
    text = page(there, "[a](HOST/404), [b](HOST/410#x) and [c](HOST/200).")
    write(folder, {"a.md": text})
    column = text.splitlines()[7].index("[b]") + 1
    first = links(1)
    assert (first.exit_code, first.stdout) == (0, "")
    assert "a.md:8:7: note: " in first.stderr
    assert "answers 404 Not Found for the first day" in first.stderr
    assert "3 addresses elsewhere\n" in first.stderr
    again = links(1)
    assert again.stdout == "", "the same day is no second one"
    second = links(2)
    assert codes(second) == ["briefings/a.md:8:7 dead-link", f"briefings/a.md:8:{column} dead-link"]
    assert second.exit_code == 0, "a warning: it is not the author's fault"
    assert links(2, "--strict").exit_code == 1
    rows = second.stdout.splitlines()
    assert rows[0].endswith("/404' is dead: 404 Not Found on 2026-05-01 and 2026-05-02")
    assert f"https://web.archive.org/web/20260317/{there.url('/404')}" in rows[1]


def test_what_is_never_dead(folder: Path, there: Host) -> None:
    paths = "403 401 500 circle endless/1 slow reset garbage 302/403 503".split()
    body = " ".join(f"[x](HOST/{path})" for path in paths)
    body += f" [x]({there.url('/429', 'localhost')})"
    write(folder, {"a.md": page(there, body)})
    for day in range(1, 5):
        done = links(day)
        assert (done.exit_code, done.stdout) == (0, ""), done.stdout
    assert "of 11 nothing is known (" in done.stderr
    told = "2 × 403 Forbidden", "1 × 429 Too Many Requests", "1 × no answer in time"
    assert all(what in done.stderr for what in told), done.stderr


def test_back_again(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/there)")})
    for day, status in enumerate([404, 404, 200, 404], start=1):
        there.answers["/there"] = status
        done = links(day)
        assert bool(done.stdout) == (day == 2)


def test_moved_for_good_is_a_note(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/301/200) [b](HOST/302/200)")})
    done = links(1)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.count("has moved for good: write ") == 1
    assert f"write {there.url('/200')}\n" in done.stderr
    assert "has moved for good" in links(1).stderr, "told from the ledger, too"
    assert len(there.asked("/301/200")) == 1, "and not asked again that day"


def test_sources_and_their_kept_copies(folder: Path, there: Host) -> None:
    sources = (
        "sources:\n"
        "  - {title: One, url: 'HOST/404'}\n"
        "  - title: Two\n    url: HOST/410\n    archived: https://archive.example/x\n"
    )
    write(folder, {"a.md": page(there, "[^2]", sources)})
    links(1)
    done = links(2)
    assert codes(done) == ["briefings/a.md:8:23 dead-link"]
    assert "name it as `archived`" in done.stdout
    assert "a.md:10:10: note: " in done.stderr
    assert "its kept copy is named beside it" in done.stderr


def test_pages_drafts_and_each_address_once(folder: Path, there: Host) -> None:
    write(folder, {
        "pages/about.md": page(there, "[a](HOST/404)").replace(HEAD, ""),
        "a.md": page(there, "[a](HOST/404) [b](HOST/404#part)"),
        "d.md": page(there, "[a](HOST/404)").replace("title: A", "title: D\ndraft: true"),
    })  # fmt: skip
    links(1)
    assert len(there.log) == 2, "HEAD and GET, once"
    assert len(codes(links(2))) == 4, "told at each place"


def test_one_host_at_a_time_hosts_together(folder: Path, there: Host) -> None:
    body = " ".join(
        f"[x]({there.url(f'/linger/{n}', name)})"
        for n in range(4)
        for name in ("127.0.0.1", "localhost")
    )
    write(folder, {"a.md": page(there, body)})
    assert links(1).exit_code == 0
    assert there.most_at_once == {"127.0.0.1": 1, "localhost": 1}
    moments = {path: moment for _, path, moment in there.log}
    assert len(moments) == 4
    assert len(there.log) == 8
    assert max(m for *_, m in there.log) - min(m for *_, m in there.log) < 8 * 0.1 + 0.5


def test_a_busy_host_is_left_alone_in_the_next_run_too(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/429/after/86400) [b](HOST/200)")})
    links(1)
    links(1)
    assert [path for _, path, _ in there.log] == ["/429/after/86400"]
    links(3)
    assert len(there.log) == 2


def test_only_what_a_branch_touched(folder: Path, there: Host) -> None:
    repo = Repo(folder.parent)
    repo.commit("first", briefings__a=page(there, "[a](HOST/404)"))
    links(1)
    repo.write("briefings/b.md", page(there, "[b](HOST/410)"))
    links(2, "--changed", "HEAD")
    done = links(3, "--changed", "HEAD")
    assert codes(done) == ["briefings/b.md:8:7 dead-link"]
    assert len(there.asked("/404")) == 2, "asked on the first day only"
    assert codes(links(4)) == ["briefings/a.md:8:7 dead-link", "briefings/b.md:8:7 dead-link"]


def test_in_each_form(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/404)")})
    links(1)
    (found,) = json.loads(links(2, "--format", "json").stdout)
    assert (found["code"], found["severity"]) == ("dead-link", "warning")
    assert links(2, "--format", "github").stdout.startswith("::warning file=briefings/a.md,line=8")


def test_private_networks_are_asked_only_when_allowed(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/404)")})
    done = run("--links", "--pause", "0")
    assert done.exit_code == 0
    assert "1 × it leads into a private network" in done.stderr
    assert not there.log


def test_the_ledger_stands_beside_the_configuration(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/404)")})
    (folder.parent / "mkdocs.yml").write_text("docs_dir: briefings\n")
    links(1)
    kept = json.loads((folder.parent / ".cache/briefings/links.json").read_text())
    assert kept["links"][there.url("/404")]["first_gone"] == "2026-05-01"
    assert sorted(path.name for path in folder.iterdir()) == ["a.md"]


def test_nothing_is_asked_without_it(
    folder: Path, there: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **more: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    write(folder, {"a.md": page(there, "[a](HOST/404)")})
    assert run().exit_code == 0
    assert run("--fix").exit_code == 0
    assert not there.log


def test_the_real_command(folder: Path, there: Host) -> None:
    write(folder, {"a.md": page(there, "[a](HOST/200) [b](HOST/403)")})
    done = subprocess.run(
        [script("briefings"), "check", "--links", "--allow-private", "--pause", "0"],
        cwd=folder.parent,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "https_proxy": "http://127.0.0.1:1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "2 addresses elsewhere; of 1 nothing is known (1 × 403 Forbidden)",
        "no problems in 1 file of briefings",
    ]
