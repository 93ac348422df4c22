"""`briefings diff`: what a branch does, on repositories made by a script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.comparing import records as r
from mkdocs_briefings.comparing.records import Comparison
from mkdocs_briefings.linking import again
from mkdocs_briefings.reading import read as reading
from mkdocs_briefings.reading import written

from ..repos import Repo

GOLDEN = Path(__file__).parent / "diff"
CONFIG = """\
site_name: Specimen
site_url: https://briefings.example/
docs_dir: briefings
theme: {name: briefings}
plugins: [briefings]
"""
TOPICS = """\
tea:
  title: Tea
rice:
  title: Rice
salt:
  title: Salt
"""


def text(
    title: str, body: str, topics: str = "tea", day: str = "2026-03-17", more: str = ""
) -> str:
    return (
        f"---\ntitle: {title}\nauthor: Ada Example\ndate: {day}\ntopics: [{topics}]\n"
        f"summary: On {title.lower()}.\n{more}---\n{body}\n"
    )


BASE = {
    "mkdocs.yml": CONFIG,
    "briefings/topics.yml": TOPICS,
    "briefings/2026/leaves.md": text("Leaves", "Leaves are picked by hand, see [[harbour]]."),
    "briefings/2026/harbour.md": text(
        "Harbour", "Ships wait at [the port](https://port.example/)."
    ),
    "briefings/2026/paddies.md": text("Paddies", "Rice grows in water.", "rice"),
    "briefings/2026/pans.md": text("Pans", "Salt dries in the sun.", "salt"),
    "briefings/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
}
"""A site of four briefings."""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """The site's repository on the branch `work`, which is where `main` is."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")  # 1 June 2026
    repo = Repo(tmp_path / "repo")
    for path, content in BASE.items():
        repo.write(path, content)
    repo.commit("content: Begin")
    repo.git("switch", "--quiet", "--create", "work")
    monkeypatch.chdir(repo.root)
    return repo


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments])


def found(*arguments: str, code: int = 0) -> Mapping[str, Any]:
    done = run(*arguments, "--format", "json")
    assert done.exit_code == code, done.output
    read: Mapping[str, Any] = json.loads(done.stdout)
    # Strict: every field is there, of its type, and none is unknown.
    msgspec.json.decode(done.stdout.encode(), type=Comparison, strict=True)
    return read


def changes(found: Mapping[str, Any], kind: str = "briefing") -> list[tuple[str, str]]:
    return [(p["change"], p["address"]) for p in found["pages"] if p["kind"] == kind]


def edits(repo: Repo) -> None:
    """A branch that does something of everything."""
    repo.write(
        "briefings/2026/leaves.md",
        text(
            "Leaves and buds",
            "Leaves are picked by hand.\n\nMore on [the fair](https://www.fair.example/tea).[^1]",
            more="sources:\n  - title: Yearbook\n    url: https://data.example/yearbook\n",
        ),
    )
    (repo.root / "briefings/2026/harbour.md").unlink()
    repo.write(
        "briefings/2026/haven.md",
        text("Harbour", "Ships wait at [the port](https://port.example/).",
             more="aliases: [briefings/2026/harbour/]\n"),
    )  # fmt: skip
    (repo.root / "briefings/2026/pans.md").unlink()
    repo.write("briefings/topics.yml", f"{TOPICS}silk:\n  title: Silk\n")
    repo.write(
        "briefings/2026/worms.md",
        text("Worms", "Silk is spun, as tea is picked: [[leaves]].", "silk, tea", "2026-04-02"),
    )


def test_an_unchanged_tree_has_no_differences(repo: Repo) -> None:
    done = run("main")
    assert done.exit_code == 0
    assert "Nothing that readers see changes." in done.stdout
    whole = found("main")
    assert not any(whole[name] for name in whole if name not in {"form", "base"})


def test_the_report_of_a_branch(repo: Repo) -> None:
    edits(repo)
    done = run("main")
    assert done.exit_code == 1
    golden("report.md", done.stdout)


def test_the_report_for_machines(repo: Repo) -> None:
    edits(repo)
    golden("report.json", run("main", "--format", "json").stdout)


def golden(name: str, now: str) -> None:
    """Compare with what is kept; `BRIEFINGS_GOLDEN=renew` keeps what comes out, to be read."""
    path = GOLDEN / name
    if os.environ.get("BRIEFINGS_GOLDEN") == "renew":
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def test_everything_that_the_branch_does_is_told(repo: Repo) -> None:
    edits(repo)
    whole = found("main", code=1)
    assert changes(whole) == [
        ("added", "briefings/2026/worms/"),
        ("moved", "briefings/2026/haven/"),
        ("removed", "briefings/2026/pans/"),
        ("edited", "briefings/2026/leaves/"),
    ]
    leaves = next(p for p in whole["pages"] if p["address"] == "briefings/2026/leaves/")
    assert leaves["fields"] == ["title", "summary", "sources", "text"]
    assert leaves["sources"] == [
        {"change": "added", "title": "Yearbook", "url": "https://data.example/yearbook"}
    ]
    assert leaves["domains"] == ["data.example", "fair.example"]
    assert [d["domain"] for d in whole["domains"]] == ["data.example", "fair.example"]
    assert [(t["change"], t["key"]) for t in whole["topics"]] == [
        ("empty", "salt"),
        ("new", "silk"),
    ]
    links = [(k["change"], k["page"], k["to"]) for k in whole["links"]]
    assert links == [
        ("gained", "briefings/2026/leaves/", "https://www.fair.example/tea"),
        ("gained", "briefings/2026/worms/", "briefings/2026/leaves/"),
        ("lost", "briefings/2026/leaves/", "briefings/2026/haven/"),
    ]
    cited = {c["page"]: (c["gained"], c["lost"]) for c in whole["backlinks"]}
    assert cited == {
        "briefings/2026/haven/": ([], ["briefings/2026/leaves/"]),
        "briefings/2026/leaves/": (["briefings/2026/worms/"], []),
    }
    assert "briefings/2026/worms/" in {c["page"] for c in whole["related"]}
    lost = [f["place"] for f in whole["faults"] if f["code"] == "lost-address"]
    assert lost == ["briefings/2026/pans/"], "the redirect of the moved one counts"


def test_committed_uncommitted_and_untracked_are_the_same(repo: Repo) -> None:
    edits(repo)
    standing = found("main", code=1)
    repo.commit("content: Do it all")
    (repo.root / "briefings/2026/worms.md").write_text("not what is compared")
    committed = found("main", "--head", "work", code=1)
    assert committed["head"] == repo.head
    assert {**committed, "head": ""} == standing


def test_what_main_did_meanwhile_is_not_the_branch_s_doing(repo: Repo) -> None:
    repo.commit("content: Add", briefings__2026__new=text("New", "Something."))
    repo.git("switch", "--quiet", "main")
    repo.commit("content: Add elsewhere", briefings__2026__other=text("Other", "Something else."))
    repo.git("switch", "--quiet", "work")
    assert [c for c in changes(found("main")) if c[0] != "follows"] == [
        ("added", "briefings/2026/new/")
    ]


@pytest.mark.parametrize(
    ("change", "lost", "hint"),
    [
        pytest.param(
            {"briefings/2026/pans.md": text("Pans", "Salt dries.", "salt", "2025-03-17")},
            ["briefings/2026/pans/"],
            "add `aliases: [briefings/2026/pans/]` to 2026/pans.md",
            id="another year",
        ),
        pytest.param(
            {
                "briefings/2026/pans.md": None,
                "briefings/2026/dried.md": BASE["briefings/2026/pans.md"],
            },
            ["briefings/2026/pans/"],
            "add `aliases: [briefings/2026/pans/]` to 2026/dried.md",
            id="another file name",
        ),
        pytest.param(
            {"briefings/pages/about.md": None},
            ["about/"],
            "keep the file under its name: only briefings can have earlier addresses",
            id="a plain page",
        ),
        pytest.param(
            {"briefings/2026/pans.md": "no front matter"},
            ["briefings/2026/pans/"],
            "mend 2026/pans.md",
            id="a file that broke",
        ),
        pytest.param(
            {
                "briefings/topics.yml": TOPICS.replace("salt:\n  title: Salt\n", ""),
                "briefings/2026/pans.md": text("Pans", "Salt dries in the sun.", "rice"),
            },
            ["topics/salt/"],
            "keep the topic in its registry, or what is filed there",
            id="a topic",
        ),
        pytest.param(
            {"mkdocs.yml": CONFIG.replace("[briefings]", "[{briefings: {permalink: '{slug}/'}}]")},
            [f"briefings/2026/{slug}/" for slug in ("harbour", "leaves", "paddies", "pans")],
            "add `aliases: [briefings/2026/harbour/]` to 2026/harbour.md",
            id="another pattern",
        ),
        pytest.param(
            {"mkdocs.yml": CONFIG.replace("site_url", "# site_url")},
            [
                *("authors/ada-example/feed.json", "authors/ada-example/feed.xml"),
                *("changes/corrections/feed.json", "changes/corrections/feed.xml"),
                *("changes/feed.json", "changes/feed.xml", "feed.json", "feed.xml"),
                *(f"topics/{t}/feed.{e}" for t in ("rice", "salt", "tea") for e in ("json", "xml")),
            ],
            "keep what it belongs to, or `site_url` if that was taken away",
            id="feeds",
        ),
    ],
)
def test_an_address_without_a_redirect_is_an_error(
    repo: Repo, change: Mapping[str, str | None], lost: list[str], hint: str
) -> None:
    for path, content in change.items():
        if content is None:
            (repo.root / path).unlink()
        else:
            repo.write(path, content)
    whole = found("main", code=1)
    faults = [f for f in whole["faults"] if f["code"] == "lost-address"]
    assert [f["place"] for f in faults] == lost
    assert {f["severity"] for f in faults} == {"error"}
    assert faults[0]["hint"] == hint


def test_a_redirect_that_goes_is_an_error_and_one_that_turns_a_warning(repo: Repo) -> None:
    pans = text("Pans", "Salt dries in the sun.", "salt", more="aliases: [old/pans/, old/dry/]\n")
    repo.write("briefings/2026/pans.md", pans)
    start = repo.commit("content: Redirect")
    repo.write("briefings/2026/pans.md", BASE["briefings/2026/pans.md"])
    repo.write("briefings/2026/paddies.md", text("Paddies", "Rice grows in water.", "rice",
                                                 more="aliases: [old/dry/]\n"))  # fmt: skip
    whole = found(start, code=1)
    assert [(f["severity"], f["code"], f["place"]) for f in whole["faults"]] == [
        ("error", "lost-address", "old/pans/"),
        ("warning", "changed-address", "old/dry/"),
    ]
    assert [(a["change"], a["address"], a["before"], a["after"]) for a in whole["addresses"]] == [
        ("changed", "old/dry/", "briefings/2026/pans/", "briefings/2026/paddies/"),
        ("removed", "old/pans/", "briefings/2026/pans/", ""),
    ]


def test_the_base_has_its_whole_ledger(repo: Repo) -> None:
    known = [f"2026-03-17 {name} briefings/2026/{name}/" for name in ("leaves", "pans", "quay")]
    repo.write("briefings/permalinks.lock", "".join(f"{line}\n" for line in known))
    repo.write("briefings/former.yml", "briefings/2026/quay/: {to: briefings/2026/harbour/}\n")
    start = repo.commit("content: Record the addresses")
    repo.write("briefings/2026/pans.md", text("Pans", "Salt dries in the wind.", "salt"))
    whole = found(start)
    assert changes(whole) == [("edited", "briefings/2026/pans/")]
    # A ledger that is cut short has a bad line, which the branch would have mended.
    assert (whole["addresses"], whole["faults"], whole["mended"]) == ([], [], 0)


def test_only_problems_that_are_new_count(repo: Repo) -> None:
    repo.write("briefings/2026/leaves.md", text("Leaves", "See [[nowhere]]."))
    start = repo.commit("content: Break a link")
    assert found(start)["faults"] == []
    repo.write("briefings/2026/leaves.md", text("Leaves", "See [[elsewhere]]."))
    whole = found(start, code=1)
    assert [(f["code"], f["place"]) for f in whole["faults"]] == [
        ("bad-link", "2026/leaves.md:8:5")
    ]
    assert whole["mended"] == 1


def test_an_address_that_is_lost_is_told_once_and_first(repo: Repo) -> None:
    lines = "".join(f"2026-03-17 {name} briefings/2026/{name}/\n" for name in ("leaves", "pans"))
    repo.write("briefings/permalinks.lock", lines)
    repo.write("briefings/2026/paddies.md", text("Paddies", "See [[pans]].", "rice"))
    start = repo.commit("content: Record the addresses")
    (repo.root / "briefings/2026/pans.md").unlink()
    whole = found(start, code=1)
    assert [(f["code"], f["place"]) for f in whole["faults"]] == [
        ("lost-address", "briefings/2026/pans/"),
        ("bad-link", "2026/paddies.md:8:5"),
    ]


def test_links_of_a_page_that_is_removed_are_a_single_row(repo: Repo) -> None:
    (repo.root / "briefings/2026/leaves.md").unlink()
    report = run("main").stdout
    assert "- lost with `briefings/2026/leaves/`: `briefings/2026/harbour/`" in report


def test_a_topic_that_moves_in_the_tree_is_told(repo: Repo) -> None:
    moved = TOPICS.replace("title: Salt\n", "title: Sea salt\n  parent: rice\n")
    repo.write("briefings/topics.yml", moved)
    assert [t["change"] for t in found("main")["topics"]] == ["moved", "renamed"]
    report = run("main").stdout
    assert "- Sea salt stands under Rice now, before at the top, `topics/salt/`" in report
    assert "- Sea salt was called Salt, `topics/salt/`" in report


def test_what_a_registry_changes_is_told_by_the_pages_that_show_it(repo: Repo) -> None:
    repo.write("briefings/topics.yml", TOPICS.replace("Rice", "Rice and grain"))
    whole = found("main")
    assert {p["change"] for p in whole["pages"]} == {"follows"}
    assert "topics/rice/" in {p["address"] for p in whole["pages"]}
    assert whole["related"] == []
    assert whole["frame"], "the bar of sections names it"


def test_a_project_below_the_top_of_its_repository(repo: Repo, monkeypatch: Any) -> None:
    repo.git("switch", "--quiet", "--orphan", "below")
    for path, content in BASE.items():
        repo.write(f"site/{path}", content)
    repo.write("briefings/2026/decoy.md", text("Decoy", "Not this one."))
    start = repo.commit("content: Begin below")
    repo.write("site/briefings/2026/worms.md", text("Worms", "Silk.", "tea"))
    monkeypatch.chdir(repo.root / "site")
    assert ("added", "briefings/2026/worms/") in changes(found(start))


def test_a_bare_folder_needs_no_options(repo: Repo, monkeypatch: Any) -> None:
    (repo.root / "mkdocs.yml").unlink()
    repo.commit("tools: Go without")
    repo.write("briefings/2026/worms.md", text("Worms", "Silk.", "tea"))
    assert ("added", "briefings/2026/worms/") in changes(found("HEAD", "--folder", "briefings"))


def test_nothing_is_touched(repo: Repo, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    hook = repo.root / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {canary}\n")
    hook.chmod(0o755)
    repo.git("config", "filter.touch.smudge", f"touch {canary}; cat")
    repo.git("config", "core.fsmonitor", f"touch {canary}")
    repo.write(".gitattributes", "*.md filter=touch\n")
    edits(repo)
    before = snapshot(repo.root)
    run("main")
    assert snapshot(repo.root) == before
    assert not canary.exists()


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_options_are_data(repo: Repo, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    bad = f"{CONFIG}hooks: [x.py]\nextra: !!python/object/apply:os.system ['touch {canary}']\n"
    repo.write("mkdocs.yml", bad)
    repo.write("x.py", f"open({str(canary)!r}, 'w')")
    repo.commit("tools: Be bad")
    whole = found("main", "--head", "work")
    assert whole["options"] == ["hooks"], "what is no data is nothing"
    assert not canary.exists()


@pytest.mark.parametrize("docs", ["../../etc", "/etc", "briefings/../../etc"])
def test_a_content_folder_outside_of_the_project_is_refused(repo: Repo, docs: str) -> None:
    repo.write("mkdocs.yml", CONFIG.replace("docs_dir: briefings", f"docs_dir: {docs}"))
    start = repo.commit("tools: Climb")
    repo.write("mkdocs.yml", CONFIG)
    done = run(start)
    assert done.exit_code == 2
    assert "leads out of the project" in done.output


def test_links_and_submodules_of_a_commit_are_reported_and_not_followed(
    repo: Repo, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(text("Secret", "Nobody may read this."))
    (repo.root / "briefings/2026/link.md").symlink_to(secret)
    repo.git("add", "--all")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},briefings/sub")
    repo.git("commit", "--quiet", "--message=content: Link")
    whole = found("main", "--head", "work", code=1)
    assert [(f["code"], f["place"].split(":")[0]) for f in whole["faults"]] == [
        ("bad-file", "2026/link.md"),
        ("bad-file", "sub/.git"),
    ]
    assert "Secret" not in json.dumps(whole)


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:mkdocs.yml", ""])
def test_a_base_that_is_no_commit_is_misuse(repo: Repo, name: str) -> None:
    done = run("--", name)
    assert done.exit_code == 2
    assert "there is no commit" in done.output
    assert not (repo.root / "x").exists()


def test_a_folder_without_git_is_misuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "briefings").mkdir()
    monkeypatch.chdir(tmp_path)
    done = run("main")
    assert done.exit_code == 2
    assert "no work tree of git" in done.output


def test_the_output_does_not_depend_on_the_machine(repo: Repo, monkeypatch: Any) -> None:
    edits(repo)
    first = run("main", "--format", "json").stdout
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    repo.git("config", "core.quotepath", "true")
    repo.git("config", "diff.renames", "false")
    assert run("main", "--format", "json").stdout == first


SCHEMA = Path(__file__).parents[2] / "docs" / "diff.schema.json"


def test_the_form_for_machines_is_documented() -> None:
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `briefings diff --format json` tells",
        **msgspec.json.schema(Comparison),
    }
    now = f"{json.dumps(made, indent=1)}\n"
    if os.environ.get("BRIEFINGS_GOLDEN") == "renew":
        SCHEMA.write_text(now, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == now
    readme = (SCHEMA.parents[1] / "README.md").read_text(encoding="utf-8")
    rows = readme.partition("## What a branch does to the site")[2].partition("\n## ")[0]
    for name in (field.name for record in RECORDS for field in fields(record)):
        assert f"`{name}`" in rows, f"README.md does not tell of {name}"


RECORDS = (
    *(r.Comparison, r.Fault, r.Words, r.SourceChange, r.PageChange, r.AddressChange),
    *(r.LinkChange, r.ListChange, r.TopicChange, r.DomainChange),
)


def test_a_report_has_the_documented_form(tmp_path: Path) -> None:
    command = [str(Path(sysconfig.get_path("scripts")) / "check-jsonschema"), "--schemafile"]
    good = GOLDEN / "report.json"
    assert subprocess.run([*command, SCHEMA, good], check=False).returncode == 0
    broken = tmp_path / "broken.json"
    broken.write_text(good.read_text().replace('"moved"', '"vanished"'))
    assert subprocess.run([*command, SCHEMA, broken], check=False).returncode == 1


def test_the_report_is_made_without_loading_mkdocs(repo: Repo) -> None:
    edits(repo)
    code = """
import sys
from mkdocs_briefings.cli.main import main
try:
    main(["diff", "main"], standalone_mode=False)
except SystemExit as end:
    assert end.code == 1, end.code
assert not {"mkdocs", "material", "properdocs"} & set(sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=repo.root
    )
    assert done.returncode == 0, done.stderr


def test_related_lists_are_ranked_only_where_something_moved_them(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked: list[int] = []
    real = again.related_again

    def counted(catalog: Any, *given: Any, **more: Any) -> Any:
        ranked.append(len(catalog.briefings))
        return real(catalog, *given, **more)

    monkeypatch.setattr(again, "related_again", counted)
    repo.write(
        "briefings/2026/pans.md",
        text("Pans", "Salt dries in the sun.", "salt", more="aliases: [old/pans/]\n"),
    )
    assert changes(found("main")) == [("edited", "briefings/2026/pans/")]
    assert ranked == []
    edits(repo)
    found("main", code=1)
    assert ranked == [4, 4]


def test_files_with_the_same_bytes_are_read_once(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = written.read_written

    def counted(document: Any, settings: Any) -> Any:
        opened.append(document.path)
        return real(document, settings)

    monkeypatch.setattr(reading, "read_written", counted)
    repo.write("briefings/2026/pans.md", text("Pans", "Salt dries in the wind.", "salt"))
    found("main")
    paths = ["2026/harbour.md", "2026/leaves.md", "2026/paddies.md", "2026/pans.md"]
    assert sorted(opened) == sorted([*paths, "2026/pans.md"])


def test_a_name_that_is_no_text_is_told(repo: Repo) -> None:
    (repo.root / os.fsdecode(b"briefings/2026/\xff.md")).write_text("no text")
    (repo.root / "briefings/2026/a\n## b.md").write_text("no text")
    whole = found("main", code=1)
    assert [f["place"] for f in whole["faults"]] == ["2026/\\udcff.md:1:1", "2026/a\\n## b.md:1:1"]
    assert "\n## b" not in run("main").stdout
    repo.commit("content: Name badly")
    assert found("main", "--head", "work", code=1)["faults"] == whole["faults"]


def test_names_that_climb_out_of_a_commit_are_not_followed(repo: Repo, tmp_path: Path) -> None:
    blob = repo.git("hash-object", "-w", "briefings/2026/pans.md")
    entries = ["..", "../../evil.md", "/evil.md", ".git"]
    raw = b"".join(
        b"100644 " + name.encode() + b"\0" + bytes.fromhex(blob) for name in sorted(entries)
    )
    (tmp_path / "tree").write_bytes(raw)
    tree = repo.git("hash-object", "-w", "-t", "tree", "--literally", str(tmp_path / "tree"))
    config = repo.git("hash-object", "-w", "mkdocs.yml")
    (tmp_path / "top").write_bytes(
        b"40000 briefings\0" + bytes.fromhex(tree) + b"100644 mkdocs.yml\0" + bytes.fromhex(config)
    )
    top = repo.git("hash-object", "-w", "-t", "tree", "--literally", str(tmp_path / "top"))
    commit = repo.git("commit-tree", "-m", "content: Climb", "-p", "main", top)
    before = set(tmp_path.rglob("*"))
    done = run("main", "--head", commit)
    assert done.exit_code == 1, done.output
    assert set(tmp_path.rglob("*")) == before
    assert not (Path(tempfile.gettempdir()) / "evil.md").exists()
    # As if the folder were empty: its pages are gone.
    assert "removed | Pans" in done.stdout
