"""What the forges run: promises P16 (nothing is to be had by a proposal) and P17, as files say."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from .cli.test_diff import BASE, edits, run
from .conftest import ROOT
from .repos import Repo

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
POWERLESS = {"check.yml", "test.yml"}
"""Workflows that run for pull requests."""
MAY_WRITE = {
    ("comment.yml", "comment"): {"actions": "read", "contents": "read", "pull-requests": "write"},
    ("publish.yml", "deploy"): {"attestations": "write", "id-token": "write", "pages": "write"},
    ("locks.yml", "propose"): {"contents": "write", "pull-requests": "write"},
    ("release.yml", "publish"): {
        "contents": "write",
        "id-token": "write",
        "attestations": "write",
    },
    ("weekly.yml", "published"): {"actions": "read", "pages": "read"},
    ("weekly.yml", "again"): {"actions": "read", "contents": "read"},
}
"""Jobs that may do more than read the repository, or other things."""


def loaded(path: Path) -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true.
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in loaded(path)["jobs"].items():
            yield path.name, name, job


def steps() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for file, name, job in jobs():
        for step in job["steps"]:
            yield file, name, step


def script(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def test_p16_no_workflow_reads_a_proposal_with_the_rights_of_the_base() -> None:
    for path in WORKFLOWS:
        on = loaded(path)["on"]
        triggers = {on} if isinstance(on, str) else set(on)
        assert triggers <= {
            *("pull_request", "push", "schedule", "workflow_dispatch", "workflow_run"),
        }, path.name  # fmt: skip
        assert ("pull_request" in triggers) == (path.name in POWERLESS)
        assert ("workflow_run" in triggers) == (path.name == "comment.yml")
        if "push" in triggers:
            # Who may push a tag of a release may release.
            released = path.name == "release.yml"
            assert on["push"] == ({"tags": ["v*"]} if released else {"branches": ["main"]})


def test_p16_jobs_have_no_right_that_is_not_named_here() -> None:
    for path in WORKFLOWS:
        assert loaded(path)["permissions"] == {}, path.name
    for file, name, job in jobs():
        expected = MAY_WRITE.get((file, name), {"contents": "read"})
        assert job["permissions"] == expected, (file, name)
        assert int(job["timeout-minutes"]) <= 60
    assert not any(file in POWERLESS for file, _ in MAY_WRITE)


def test_p16_no_secret_is_named_and_no_checkout_leaves_a_token() -> None:
    for path in WORKFLOWS:
        assert "secrets" not in path.read_text(encoding="utf-8"), path.name
    for file, name, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", (file, name)
        if file in POWERLESS:
            assert "github.token" not in json.dumps(step)


def test_p16_nothing_typed_by_somebody_is_pasted_into_a_script() -> None:
    for file, name, step in steps():
        assert "${{" not in step.get("run", ""), (file, name)
    assert "$" not in " ".join(str(job.get("if", "")) for _, _, job in jobs())


def test_p16_no_cache_is_saved() -> None:
    for file, name, step in steps():
        assert "cache" not in step.get("uses", ""), (file, name)
        assert "cache" not in step.get("with", {}), (file, name)


def test_p16_every_action_is_pinned_to_a_commit_with_its_version() -> None:
    uses = re.compile(r"^\s*(?:- )?uses: (.*)$", re.MULTILINE)
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    for path in WORKFLOWS:
        found = uses.findall(path.read_text(encoding="utf-8"))
        assert found
        assert [line for line in found if not pinned.fullmatch(line)] == [], path.name
    # One action, one commit.
    commits: dict[str, set[str]] = {}
    for _, _, step in steps():
        action, _, commit = step.get("uses", "").partition("@")
        commits.setdefault(action, set()).add(commit)
    assert all(len(found) == 1 for found in commits.values()), commits


def test_p16_pins_are_the_commits_of_releases(shared: Path) -> None:
    known = yaml.safe_load((shared / "design" / "actions.yml").read_text(encoding="utf-8"))
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        for action, commit, version in re.findall(r"uses: (\S+)@(\w+) # (\S+)", text):
            assert known[action] == {"version": version, "commit": commit}


def test_p16_a_proposal_is_read_by_the_tool_of_the_base() -> None:
    (job,) = loaded(ROOT / ".github/workflows/check.yml")["jobs"].values()
    checkouts = [s["with"] for s in job["steps"] if "checkout" in s.get("uses", "")]
    assert [(c["path"], c.get("ref", "")) for c in checkouts] == [
        ("trusted", "${{ github.event.pull_request.base.sha }}"),
        ("proposed", ""),
    ]
    scripts = [(s["run"], s.get("working-directory")) for s in job["steps"] if "run" in s]
    for text, folder in scripts:
        for line in text.splitlines():
            if "proposed" in line:
                assert (
                    line
                    == "python trusted/tools/take_content.py proposed/briefings trusted/briefings"
                )
            elif line.startswith("briefings "):
                assert folder == "trusted"
            elif "pip install" in line:
                assert "trusted" in line
    assert any("--format github" in text for text, _ in scripts), "findings are annotations"


def test_p16_the_job_that_comments_runs_nothing_of_the_artifact() -> None:
    (job,) = loaded(ROOT / ".github/workflows/comment.yml")["jobs"].values()
    assert job["if"] == "github.event.workflow_run.event == 'pull_request'"
    (checkout,) = [s for s in job["steps"] if "checkout" in s.get("uses", "")]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    (download,) = [s for s in job["steps"] if "download" in s.get("uses", "")]
    assert download["with"]["path"].startswith("${{ runner.temp }}/"), "outside of the checkout"
    text = "\n".join(s.get("run", "") for s in job["steps"])
    assert ".head.sha == env.SHA" in text, "the pull request is looked up by its commit"
    assert text.count("REPORT") == 1, "only our own reader opens it"
    assert 'python tools/comment.py "$REPORT" "$COMMENT"' in text


def test_p17_what_is_deployed_was_built_twice_from_the_locks() -> None:
    made = loaded(ROOT / ".github/workflows/publish.yml")
    assert made["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}
    assert set(made["on"]) == {"push", "schedule", "workflow_dispatch"}
    build, deploy = made["jobs"]["build"], made["jobs"]["deploy"]
    assert len(build["strategy"]["matrix"]["machine"]) == 2
    text = "\n".join(s.get("run", "") for s in build["steps"])
    assert "--require-hashes --no-deps --only-binary :all: -r requirements.lock" in text
    assert not (build["strategy"].keys() - {"matrix"})
    names = [s.get("uses", s.get("run", "")).partition("@")[0] for s in deploy["steps"]]
    assert names[1].startswith("cmp ")
    assert names[2:] == ["actions/attest-build-provenance", "actions/deploy-pages"]
    assert deploy["environment"]["name"] == "github-pages"


def test_p17_what_is_online_is_built_again_each_week() -> None:
    made = loaded(ROOT / ".github/workflows/weekly.yml")
    assert set(made["on"]) == {"schedule", "workflow_dispatch"}
    again = "\n".join(s.get("run", "") for s in made["jobs"]["again"]["steps"])
    publish = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert 'echo "$SOURCE_DATE_EPOCH" >moment' in publish
    assert 'SOURCE_DATE_EPOCH=$(cat "$DIGESTS/moment") briefings build --strict' in again
    assert "--require-hashes --no-deps --only-binary :all: -r requirements.lock" in again
    assert 'sha256sum --check --strict --quiet "$DIGESTS/site.sha256"' in again
    assert 'python tools/online.py "$DIGESTS/site.sha256" "$SITE"' in again
    audit = made["jobs"]["audit"]["steps"][-1]
    assert audit == {"run": "make audit", "env": {"BRIEFINGS_AUDIT": "required"}}


@pytest.fixture
def online(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is served, and where."""
    folder = tmp_path / "site"
    (folder / "a b").mkdir(parents=True)
    (folder / "index.html").write_text("front")
    (folder / "a b" / "index.html").write_text("page")
    (folder / "feed.xml").write_text("feed")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_p17_what_readers_get_is_compared_with_what_was_built(
    online: tuple[Path, str], tmp_path: Path
) -> None:
    folder, url = online
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  ./{path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*.*"))
    ]
    listed = tmp_path / "site.sha256"
    listed.write_text("\n".join(lines) + "\n")

    def compared(*arguments: str) -> subprocess.CompletedProcess[str]:
        tool = [sys.executable, str(ROOT / "tools" / "online.py"), *arguments]
        return subprocess.run(tool, capture_output=True, text=True, check=False)

    done = compared(str(listed), url)
    assert (done.returncode, done.stdout) == (0, "3 files, 0 of them not as they were built\n")
    (folder / "a b" / "index.html").write_text("other")
    (folder / "feed.xml").unlink()
    done = compared(str(listed), url)
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert told[0] == "a b/index.html: other bytes than were built"
    assert told[1].startswith("feed.xml: HTTP Error 404")
    assert told[2:] == ["3 files, 2 of them not as they were built"]
    listed.write_text("no digest\n")
    assert compared(str(listed), url).returncode == 2
    assert compared(str(listed), "file:///").returncode == 2


def test_p16_gitlab_gives_its_secret_to_protected_schedules_alone() -> None:
    made = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    for name, job in made.items():
        if "BRIEFINGS_NOTE_TOKEN" in json.dumps(job):
            assert name == "notes"
            assert '$CI_COMMIT_REF_PROTECTED == "true"' in job["rules"][0]["if"]
            assert '$CI_PIPELINE_SOURCE == "schedule"' in job["rules"][0]["if"]
    assert "cache" not in made["default"]
    assert not any("cache" in job for job in made.values() if isinstance(job, dict))
    lines = made["content"]["script"]
    assert "merge_request_event" in made["content"]["rules"][0]["if"]
    assert lines[0].startswith("git worktree add --detach")
    assert any("take_content.py briefings trusted/briefings" in line for line in lines)


def test_workflows_pass_zizmor() -> None:
    done = subprocess.run(
        [script("zizmor"), "--offline", "--no-progress", "--format", "json", str(ROOT / ".github")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # The one accepted finding stands beside its reason.
    ignored = [p.name for p in WORKFLOWS if "zizmor: ignore" in p.read_text(encoding="utf-8")]
    assert ignored == ["comment.yml"]


SCHEMAS = [
    *(("vendor.github-workflows", f".github/workflows/{path.name}") for path in WORKFLOWS),
    ("vendor.dependabot", ".github/dependabot.yml"),
    ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/correction.yml"),
    ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/briefing.yml"),
    ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
    ("vendor.gitlab-ci", ".gitlab-ci.yml"),
]


@pytest.mark.parametrize(("schema", "file"), SCHEMAS, ids=[file for _, file in SCHEMAS])
def test_files_of_the_forges_have_their_form(schema: str, file: str, tmp_path: Path) -> None:
    more = ["--data-transform", "gitlab-ci"] if schema == "vendor.gitlab-ci" else []
    command = [script("check-jsonschema"), "--builtin-schema", schema, *more]
    done = subprocess.run([*command, file], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    broken = tmp_path / "broken.yml"
    broken.write_text("jobs: 1\nbody: 1\nversion: x\nblank_issues_enabled: 3\nstages: 3\n")
    done = subprocess.run([*command, broken], capture_output=True, text=True, check=False)
    assert done.returncode == 1, "the schema was not asked"


def test_codeowners_is_up_to_date() -> None:
    done = subprocess.run(
        [script("briefings"), "owners", "--check", ".github/CODEOWNERS"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    guarded = {line.split()[0] for line in lines if line.endswith("/maintainers")}
    assert {
        "*",
        "/.github/",
        "/plugins/",
        "/theme/",
        "/tools/",
        "/mkdocs.yml",
        "/*.lock",
        "/briefings/*.lock",
        "/briefings/former.yml",
        "/briefings/rules.yml",
    } <= guarded


def tool(name: str, *arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "tools" / name, *arguments],
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


def test_p16_only_regular_files_of_a_proposal_are_taken(tmp_path: Path) -> None:
    proposed, trusted = tmp_path / "proposed", tmp_path / "trusted"
    (proposed / "2026").mkdir(parents=True)
    (proposed / "2026/tea.md").write_text("tea")
    trusted.mkdir()
    (trusted / "old.md").write_text("old")
    assert tool("take_content.py", proposed, trusted).returncode == 0
    assert {p.name: p.read_text() for p in trusted.rglob("*.md")} == {"tea.md": "tea"}


@pytest.mark.parametrize("kind", ["link", "folder link", "pipe", "repository", "whole", "name"])
def test_p16_whatever_else_a_proposal_holds_is_refused(tmp_path: Path, kind: str) -> None:
    proposed, trusted = tmp_path / "proposed", tmp_path / "trusted"
    proposed.mkdir()
    trusted.mkdir()
    (trusted / "old.md").write_text("old")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.md").write_text("key")
    if kind == "link":
        (proposed / "a.md").symlink_to(tmp_path / "secret/key.md")
    elif kind == "folder link":
        (proposed / "a").symlink_to(tmp_path / "secret")
    elif kind == "pipe":
        os.mkfifo(proposed / "a.md")
    elif kind == "repository":
        (proposed / "sub/.git").mkdir(parents=True)
    elif kind == "whole":
        proposed.rmdir()
        proposed.symlink_to(tmp_path / "secret")
    else:
        (proposed / "a\n::error::forged").symlink_to("x")
    done = tool("take_content.py", proposed, trusted)
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1, "a name begins no line of its own"
    assert [p.name for p in trusted.iterdir()] == ["old.md"], "nothing was changed"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the first job leaves behind."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")
    repo = Repo(tmp_path / "repo")
    for path, content in BASE.items():
        repo.write(path, content)
    repo.commit("content: Begin")
    edits(repo)
    monkeypatch.chdir(repo.root)
    made = tmp_path / "report.json"
    made.write_text(run("HEAD", "--format", "json").stdout, encoding="utf-8")
    return made


def test_p16_a_report_becomes_a_comment_by_our_own_writer(report: Path, tmp_path: Path) -> None:
    comment = tmp_path / "comment.md"
    done = tool("comment.py", report, comment)
    assert done.returncode == 0, done.stdout + done.stderr
    told = comment.read_text(encoding="utf-8")
    assert told.startswith("<!-- briefings-diff -->\n## What this does to the site")
    assert "Leaves and buds" in told
    forged = json.loads(report.read_text())
    forged["pages"][0]["title"] = "@everyone <img src=x> [x](https://evil.example)"
    report.write_text(json.dumps(forged))
    assert tool("comment.py", report, comment).returncode == 0
    told = comment.read_text(encoding="utf-8")
    assert "@everyone" not in told
    assert "<img" not in told
    assert "](https" not in told


@pytest.mark.parametrize(
    "change",
    [
        {"pages": [{"title": "x"}]},
        {"form": 2},
        {"errors": "many"},
        {"base": ["a"]},
        {"faults": None},
    ],
    ids=str,
)
def test_p16_a_report_of_another_form_is_refused(
    report: Path, tmp_path: Path, change: Mapping[str, Any]
) -> None:
    report.write_text(json.dumps({**json.loads(report.read_text()), **change}))
    done = tool("comment.py", report, tmp_path / "comment.md")
    assert done.returncode == (0 if "errors" in change else 1), "an unknown field says nothing"
    assert (tmp_path / "comment.md").exists() == (done.returncode == 0)


@pytest.mark.parametrize("kind", ["link", "large", "deep", "noise"])
def test_p16_a_report_that_is_no_report_is_refused(tmp_path: Path, kind: str) -> None:
    report = tmp_path / "report.json"
    if kind == "link":
        report.symlink_to("/etc/hostname")
    elif kind == "large":
        with report.open("wb") as file:
            file.truncate(33 << 20)
    elif kind == "deep":
        report.write_text('{"pages":' + "[" * 100_000)
    else:
        report.write_bytes(bytes(range(256)))
    done = tool("comment.py", report, tmp_path / "comment.md")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("error: ")
    assert not (tmp_path / "comment.md").exists()


def test_problems_become_a_code_quality_report(tmp_path: Path) -> None:
    problem = {
        "path": "briefings/a.md", "line": 7, "column": 1, "severity": "error", "code": "bad-link",
        "message": "leads nowhere", "hint": "mend it",
    }  # fmt: skip
    (tmp_path / "problems.json").write_text(json.dumps([problem, {**problem, "line": 9}]))
    done = tool("code_quality.py", tmp_path / "problems.json", tmp_path / "report.json")
    assert done.returncode == 0, done.stderr
    first, second = json.loads((tmp_path / "report.json").read_text())
    assert first["fingerprint"] != second["fingerprint"]
    assert first["location"] == {"path": "briefings/a.md", "lines": {"begin": 7}}
    assert first["severity"] == "major"
    assert first["description"] == "leads nowhere (mend it)"


def test_the_pre_commit_hook_does_what_it_says(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    entry = hook["entry"].split()
    entry[0] = script(entry[0])
    repo = Repo(tmp_path / "repo")
    for path, content in BASE.items():
        repo.write(path, content)
    shutil.rmtree(repo.root / ".git")

    def hooked() -> subprocess.CompletedProcess[str]:
        return subprocess.run(entry, cwd=repo.root, capture_output=True, text=True, check=False)

    assert hooked().returncode == 0
    repo.write("briefings/2026/bad.md", "---\ntitle: Bad\n---\nSee [[nowhere]].\n")
    done = hooked()
    assert done.returncode == 1
    assert "briefings/2026/bad.md:4:5" in done.stdout
