"""P18: `serve` is for the author alone, on this machine, and gives out nothing but the site."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from ..making import MakeSite
from .live import Live, live
from .specimen import SPECIMEN


def asked(server: Live, path: str, host: str = "") -> tuple[int, bytes]:
    """Status and body of exactly this path: no client puts it right before it is sent."""
    address = urlsplit(server.origin).netloc
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or address)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("command", ["briefings", "mkdocs"])
def test_p18_serving(site: MakeSite, command: str) -> None:
    made = site(SPECIMEN)
    made.write("-- secret.txt --\ncanary-outside\n")
    with live(made, command) as server:
        port = urlsplit(server.origin).port
        assert asked(server, "/")[0] == 200

        for host in ("evil.example", f"evil.example:{port}", "localhost.evil.example", "x@y", "[z"):
            status, body = asked(server, "/", host)
            assert status == 403, host
            assert b"Specimen" not in body
            assert asked(server, f"/livereload/{10**9}/1", host)[0] == 403
        for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
            assert asked(server, "/", host)[0] == 200, host

        up = "/".join([".."] * 12)
        encoded = "/".join(["%2e%2e"] * 12)
        for path in (
            f"/{up}{made.root}/secret.txt",
            f"/{encoded}{made.root}/secret.txt",
            f"/topics/{encoded}{made.root}/secret.txt",
            f"/..%2f..%2f..%2f..%2f..%2f..{made.root}/secret.txt",
            f"/..%5c..%5c{made.root}/secret.txt",
            f"/%252e%252e/%252e%252e{made.root}/secret.txt",
            f"/{made.root}/secret.txt",
            f"//{made.root}/secret.txt",
            f"/file://{made.root}/secret.txt",
            f"{made.root}/secret.txt%00.html",
            "/briefings/topics.yml",
            "/mkdocs.yml",
        ):
            status, body = asked(server, path)
            assert b"canary-outside" not in body, path
            assert status in {403, 404, 400, 500}, path

        # What is not published is shown here alone, and says what it is.
        draft = server.get("briefings/2026/draft-of-a-plan/")
        assert "noindex" in draft
        assert "Draft" in draft


def test_p18_an_address_that_is_taken(site: MakeSite) -> None:
    made = site(SPECIMEN)
    with live(made, "briefings") as server:
        address = urlsplit(server.origin).netloc
        done = made.run("briefings", "serve", "--dev-addr", address)
    assert done.exit_code == 2, done.log
    assert f"cannot listen at {address}" in done.log
    assert "Traceback" not in done.log
