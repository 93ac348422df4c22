"""`briefings check`: findings, forms, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs_briefings.cli.main import main
from mkdocs_briefings.cli.report import PER_FILE, guarded
from mkdocs_briefings.reading import read

HEAD = "author: Ada Example\ndate: 2026-03-17\ntopics: [banks]\nsummary: Short.\n"

TEN: dict[str, str | bytes] = {
    "a.md": f"---\n{HEAD}---\nText.\n",
    "b.md": f"---\ntitle: {{bad\n{HEAD}---\nText.\n",
    "c.md": f"---\ntitle: C\n{HEAD.replace('2026-03-17', '12:30')}---\nText.\n",
    "d.md": f"---\ntitle: D\n{HEAD.replace('banks', 'bnaks')}---\nText.\n",
    "e.md": f"---\ntitle: E\n{HEAD.replace('Ada', 'Ida')}---\nText.\n",
    "f.md": f"---\ntitle: F\n{HEAD}lastmod: 2026-03-18\n---\nText.\n",
    "g.md": f"---\ntitle: G\n{HEAD}---\nSee [[rates-hled]].\n",
    "h.md": f"---\ntitle: H\ntitle: again\n{HEAD}---\nText.\n",
    "i.md": b"---\ntitle: I\n---\nCaf\xe9\n",
    "rates-held/g.md": f"---\ntitle: G too\n{HEAD}---\nText.\n",
}
FOUND = """\
briefings/a.md:1:1 missing-title
briefings/b.md:2:12 bad-yaml
briefings/c.md:4:7 bad-date
briefings/d.md:5:10 unknown-topic
briefings/e.md:3:9 unknown-author
briefings/f.md:7:1 unknown-key
briefings/g.md:8:5 bad-link
briefings/h.md:3:1 duplicate-key
briefings/i.md:4:4 not-utf8
briefings/rates-held/g.md:1:1 duplicate-slug"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")  # 1 June 2026
    made = tmp_path / "briefings"
    made.mkdir()
    return made


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)


def ten(folder: Path) -> None:
    write(folder, TEN)
    write(folder, {"topics.yml": "banks:\n", "authors.yml": "ada: {name: Ada Example}\n"})
    write(folder, {"rates-held.md": f"---\ntitle: Rates held\n{HEAD}---\nText.\n"})


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)


def test_ten_files_with_ten_errors_in_one_run(folder: Path) -> None:
    ten(folder)
    done = run()
    assert done.exit_code == 1
    rows = done.stdout.splitlines()
    assert [f"{row.split(': ')[0]} {row.split('[')[1].split(']')[0]}" for row in rows[::2]] == (
        FOUND.splitlines()
    )
    assert all(row.startswith("  hint: ") for row in rows[1::2])
    assert done.stderr == "10 errors in 13 files of briefings\n"


def test_json_says_the_same(folder: Path) -> None:
    ten(folder)
    done = run("--format", "json")
    found = json.loads(done.stdout)
    assert [f"{p['path']}:{p['line']}:{p['column']} {p['code']}" for p in found] == (
        FOUND.splitlines()
    )
    assert {p["severity"] for p in found} == {"error"}
    assert all(p["message"] and p["hint"] for p in found)
    (folder / "only").mkdir()
    assert json.loads(run("briefings/only", "--format", "json").stdout) == []


def test_nothing_forges_a_workflow_command(folder: Path) -> None:
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}'x%0A::set-env,a=b': c\n---\nText.\n"})
    write(folder, {"b\n::error::x.svg": "x"})
    done = run("--format", "github")
    rows = done.stdout.splitlines()
    assert rows[0].startswith(
        "::error file=briefings/a.md,line=7,col=1,title=unknown-key::unknown key 'x%250A::set-env"
    )
    assert rows[1].startswith(
        "::error file=briefings/b\\n%3A%3Aerror%3A%3Ax.svg,line=1,col=1,title=bad-file::"
    )
    assert len(rows) == 2


def test_warnings_pass_unless_strict(folder: Path) -> None:
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}---\n"})
    done = run()
    assert (done.exit_code, done.stderr) == (0, "1 warning in 1 file of briefings\n")
    assert "warning[empty-body]" in done.stdout
    strict = run("--strict")
    assert (strict.exit_code, strict.stderr) == (1, "1 error in 1 file of briefings\n")


def test_many_problems_of_a_file_are_counted(folder: Path) -> None:
    keys = "".join(f"k{n}: x\n" for n in range(PER_FILE + 7))
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}{keys}---\nText.\n"})
    done = run()
    assert done.stdout.splitlines()[-1] == "briefings/a.md: 7 more"
    assert done.stderr == f"{PER_FILE + 7} errors in 1 file of briefings\n"
    assert len(json.loads(run("--format", "json").stdout)) == PER_FILE + 7


@pytest.mark.parametrize(
    ("config", "code", "told"),
    [
        pytest.param("plugins: [briefings]\n", 1, "error[bad-link]", id="no options"),
        pytest.param(
            "plugins: [{briefings: {severity: {bad-link: warning}}}]\n",
            0,
            "warning[bad-link]",
            id="one code lowered",
        ),
        pytest.param(
            "theme: {x: !ENV [X, y]}\nz: !!python/name:a.b\n"
            "plugins: {search: {}, briefings: {severity: {'*': warning}}}\n",
            0,
            "warning[bad-link]",
            id="all lowered, with tags that are not followed",
        ),
        pytest.param(
            "plugins: [{briefings: {severity: {bad-lnk: warning}}}]\n",
            2,
            "did you mean 'bad-link'?",
            id="unknown code",
        ),
        pytest.param(
            "plugins: [{briefings: {severity: {bad-date: warning}}}]\n",
            2,
            "bad-date cannot be lowered",
            id="firm code",
        ),
        pytest.param(
            "plugins: [{briefings: {permalink: '{year}/'}}]\n", 2, "{slug}", id="bad permalink"
        ),
        pytest.param(
            "plugins: [{briefings: {lang: spanish}}]\n", 2, "write 'en', 'es'", id="no language"
        ),
        pytest.param("plugins: [{briefings: {lang: no}}]\n", 2, "in quotes: 'no'", id="Norwegian"),
        pytest.param("plugins: [\n", 2, "is not YAML", id="not YAML"),
    ],
)
def test_options_of_the_site(folder: Path, config: str, code: int, told: str) -> None:
    write(folder, {"2026/a.md": f"---\ntitle: A\n{HEAD}---\nSee [[nowhere]].\n"})
    (folder.parent / "mkdocs.yml").write_text(f"docs_dir: briefings\n{config}", encoding="utf-8")
    done = run()
    assert done.exit_code == code
    assert told in done.stdout + done.stderr
    if code == 2:
        assert "mkdocs.yml" in done.stderr, "it says where"
    if config != "plugins: [\n":
        assert run("briefings/2026").exit_code == 1, "another folder, another site"


def test_the_clock(folder: Path) -> None:
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}---\nSee [[b]].\n"})
    later = HEAD.replace("2026-03-17", "2026-06-02")
    write(folder, {"b.md": f"---\ntitle: B\n{later}---\nText.\n"})
    assert run().exit_code == 1
    assert run("--now", "2026-06-02").exit_code == 0
    misuse = run("--now", "soon")
    assert (misuse.exit_code, "--now" in misuse.stderr) == (2, True)


def test_misuse(folder: Path) -> None:
    assert run("nowhere").exit_code == 2
    assert run("--format", "xml").exit_code == 2
    folder.rmdir()
    assert run().exit_code == 2, "the folder it looks for when none is named"


def test_a_fault_of_ours_has_no_traceback(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("no\nsuch")

    monkeypatch.setattr(read, "scan", fail)
    done = run()
    assert (done.exit_code, done.stdout) == (70, "")
    assert "Traceback" not in done.stderr
    assert "fault of ours" in done.stderr
    assert "Traceback" in run("--debug").stderr


def test_refusals_of_the_system_have_a_code_of_their_own() -> None:
    @click.command()
    @guarded
    def refused() -> None:
        raise PermissionError(13, "Permission denied", "a.md")

    done = CliRunner().invoke(refused)
    assert (done.exit_code, done.stderr) == (3, "error: a.md: Permission denied\n")


def test_it_loads_neither_mkdocs_nor_what_an_unchanged_folder_needs_not(folder: Path) -> None:
    write(folder, {"a.md": f"---\ntitle: A\n{HEAD}---\nText.\n"})
    script = (
        "import sys; from mkdocs_briefings.cli.main import main\n"
        "try: main(['check'])\nexcept SystemExit as end: assert end.code == 0, end.code\n"
        "print([m for m in ('mkdocs', 'numpy', 'scipy', 'rich', 'rapidfuzz') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=folder.parent
    )
    assert done.stdout == "[]\n", done.stderr
