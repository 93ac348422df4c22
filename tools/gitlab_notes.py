"""Put the report of each open merge request under it, or renew it.

For a scheduled pipeline of the default branch. Reads the variables that GitLab gives to jobs, and
BRIEFINGS_NOTE_TOKEN. A report is an artifact of a job that its proposal may have changed: see
`comment`. A request without one, or with one that cannot be read, is passed over.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from comment import LIMIT, MARK, comment

JOB, REPORT = "content", "report/report.json"
SECONDS = 30


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the API and nowhere else: artifacts may be kept by another host."""

    def redirect_request(self, *arguments: Any) -> Request | None:
        return None


class Project:
    """A project's API."""

    def __init__(self, api: str, number: str, token: str) -> None:
        self._api = api
        self._number = number
        self._token = token
        self._open = build_opener(_NoRedirect).open

    def _ask(self, method: str, path: str, project: str = "", **data: Any) -> bytes:
        """What the API answers; `path` is that of a project, or begins with `/`."""
        place = path if path[0] == "/" else f"/projects/{project or self._number}/{path}"
        request = Request(
            f"{self._api}{place}",
            method=method,
            data=json.dumps(data).encode() if data else None,
            headers={"PRIVATE-TOKEN": self._token, "Content-Type": "application/json"},
        )
        with self._open(request, timeout=SECONDS) as answer:
            found: bytes = answer.read(LIMIT + 1)
        return found

    def _all(self, path: str, project: str = "", **query: str) -> Iterator[dict[str, Any]]:
        page = 1
        while True:
            told = urlencode({**query, "per_page": "100", "page": str(page)})
            entries = json.loads(self._ask("GET", f"{path}?{told}", project))
            yield from entries
            if len(entries) < 100:
                return
            page += 1

    def requests(self) -> Iterator[dict[str, Any]]:
        """Every open merge request."""
        for entry in self._all("merge_requests", state="opened"):
            yield json.loads(self._ask("GET", f"merge_requests/{int(entry['iid'])}"))

    def report(self, pipeline: dict[str, Any]) -> bytes | None:
        """What the job of a pipeline left behind."""
        where = str(int(pipeline["project_id"]))
        for job in self._all(f"pipelines/{int(pipeline['id'])}/jobs", where):
            if job["name"] == JOB and job["status"] in {"success", "failed"}:
                try:
                    return self._ask("GET", f"jobs/{int(job['id'])}/artifacts/{REPORT}", where)
                except HTTPError:
                    return None
        return None

    def put(self, request: int, text: str) -> None:
        """Write the note, or renew the one that this token wrote before."""
        me = json.loads(self._ask("GET", "/user"))["id"]
        notes = f"merge_requests/{request}/notes"
        for note in self._all(notes):
            if note["author"]["id"] == me and note["body"].startswith(MARK.strip()):
                if note["body"].strip() != text.strip():
                    self._ask("PUT", f"{notes}/{int(note['id'])}", body=text)
                return
        self._ask("POST", notes, body=text)


def main() -> int:
    number = os.environ["CI_PROJECT_ID"]
    project = Project(os.environ["CI_API_V4_URL"], number, os.environ["BRIEFINGS_NOTE_TOKEN"])
    for request in project.requests():
        iid, pipeline = int(request["iid"]), request.get("head_pipeline")
        if not pipeline or pipeline["sha"] != request["sha"]:
            continue
        data = project.report(pipeline)
        try:
            text = comment(data) if data and len(data) <= LIMIT else ""
        except ValueError as error:
            print(f"!{iid}: {str(error).encode('unicode_escape').decode()}")
            continue
        if text:
            project.put(iid, text)
            print(f"!{iid}: told")
    return 0


if __name__ == "__main__":
    sys.exit(main())
