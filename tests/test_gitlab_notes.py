"""Reports under merge requests, by a server that answers as GitLab's API does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import msgspec
import pytest
from mkdocs_briefings.comparing.records import Comparison

from .comparing.test_markdown import comparison
from .conftest import ROOT

TOKEN = "not-a-real-token"
MINE = 7


class Forge:
    """Two merge requests of a project, the second from a fork."""

    def __init__(self) -> None:
        self.notes: dict[int, list[dict[str, Any]]] = {1: [], 2: []}
        self.reports: dict[int, bytes] = {}
        self.log: list[str] = []
        self.address = ""
        self.head = {1: "a" * 40, 2: "b" * 40}
        self.pipeline = {1: "a" * 40, 2: "b" * 40}

    def answer(self, method: str, path: str, data: Any) -> tuple[int, Any]:
        path, _, _ = path.removeprefix("/api/v4").partition("?")
        self.log.append(f"{method} {path}")
        parts = path.strip("/").split("/")
        if path == "/user":
            return 200, {"id": MINE}
        if parts[:3] == ["projects", "5", "merge_requests"]:
            if len(parts) == 3:
                return 200, [{"iid": n} for n in self.head]
            number = int(parts[3])
            if len(parts) == 4:
                pipeline = {
                    "id": 10 + number,
                    "project_id": 4 + number,
                    "sha": self.pipeline[number],
                }
                return 200, {"iid": number, "sha": self.head[number], "head_pipeline": pipeline}
            if method == "GET":
                return 200, self.notes[number]
            if method == "PUT":
                (note,) = [n for n in self.notes[number] if n["id"] == int(parts[5])]
                note["body"] = data["body"]
                return 200, note
            self.notes[number].append({"id": 99, "author": {"id": MINE}, "body": data["body"]})
            return 201, {}
        if parts[2] == "pipelines":
            number = int(parts[3])
            return 200, [
                {"id": 100 + number, "name": "test", "status": "success"},
                {"id": number, "name": "content", "status": "failed"},
            ]
        if parts[2] == "jobs" and int(parts[3]) in self.reports:
            return 200, self.reports[int(parts[3])]
        return 404, {}


@pytest.fixture
def forge() -> Iterator[Forge]:
    made = Forge()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            assert self.headers["PRIVATE-TOKEN"] == TOKEN
            length = int(self.headers.get("Content-Length") or 0)
            data = json.loads(self.rfile.read(length)) if length else None
            status, answer = made.answer(self.command, self.path, data)
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = handle_any

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}/api/v4"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def post(forge: Forge) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "gitlab_notes.py"],
        capture_output=True,
        text=True,
        check=False,
        env={
            "CI_API_V4_URL": forge.address,
            "CI_PROJECT_ID": "5",
            "BRIEFINGS_NOTE_TOKEN": TOKEN,
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def report(title: str) -> bytes:
    made: Comparison = comparison(title)
    return msgspec.json.encode(made)


def test_each_request_gets_its_report_and_keeps_one(forge: Forge) -> None:
    forge.reports = {11: report("Tea"), 12: report("Rice")}
    forge.notes[1] = [{"id": 1, "author": {"id": 3}, "body": "<!-- briefings-diff --> forged"}]
    assert post(forge) == "!1: told\n!2: told\n"
    assert "GET /projects/6/jobs/12/artifacts/report/report.json" in forge.log, "the fork's job"
    assert [len(notes) for notes in forge.notes.values()] == [2, 1]
    assert forge.notes[1][0]["body"].endswith("forged"), "another's note is left alone"
    assert "Rice" in forge.notes[2][0]["body"]
    forge.reports[12] = report("Salt")
    forge.log.clear()
    post(forge)
    assert [line for line in forge.log if not line.startswith("GET")] == [
        "PUT /projects/5/merge_requests/2/notes/99"
    ]
    assert "Salt" in forge.notes[2][0]["body"]


def test_what_is_no_report_of_this_commit_is_passed_over(forge: Forge) -> None:
    forge.reports = {11: b'{"pages": "@everyone"}\n', 12: report("Rice")}
    forge.pipeline[2] = "c" * 40
    told = post(forge)
    assert told.startswith("!1: no report")
    assert told.count("\n") == 1
    assert forge.notes == {1: [], 2: []}
