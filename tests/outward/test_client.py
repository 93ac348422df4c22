"""The client: what each answer means, and how politely it asks. Only this machine is asked."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from mkdocs_briefings.outward.answers import Answer, Verdict
from mkdocs_briefings.outward.client import Client, Manners, public

from .hosts import Host, host

QUICK = Manners(pause=0, timeout=0.5, longest=1.0, private=True)


@pytest.fixture
def there() -> Iterator[Host]:
    with host() as made:
        yield made


@pytest.mark.parametrize(
    ("path", "verdict", "told"),
    [
        pytest.param("/200", Verdict.GOOD, "200 OK", id="good"),
        pytest.param("/204", Verdict.GOOD, "204 No Content", id="good without a text"),
        pytest.param("/404", Verdict.GONE, "404 Not Found", id="not there"),
        pytest.param("/410", Verdict.GONE, "410 Gone", id="gone"),
        pytest.param("/401", Verdict.UNSURE, "401 Unauthorized", id="behind a door"),
        pytest.param("/403", Verdict.UNSURE, "403 Forbidden", id="it wants no machines"),
        pytest.param("/429", Verdict.UNSURE, "429 Too Many Requests", id="too many"),
        pytest.param("/500", Verdict.UNSURE, "500 Internal Server Error", id="in trouble"),
        pytest.param("/503", Verdict.UNSURE, "503 Service Unavailable", id="busy"),
        pytest.param("/799", Verdict.UNSURE, "799", id="a number of its own"),
        pytest.param("/301/200", Verdict.GOOD, "200 OK", id="moved for good"),
        pytest.param("/302/307/303/200", Verdict.GOOD, "200 OK", id="moved for now"),
        pytest.param("/301/404", Verdict.GONE, "404 Not Found", id="moved to nothing"),
        pytest.param("/302/403", Verdict.UNSURE, "403 Forbidden", id="moved behind a door"),
        pytest.param("/circle", Verdict.UNSURE, "redirects lead in a circle", id="a circle"),
        pytest.param("/endless/1", Verdict.UNSURE, "more than 5 redirects", id="no end"),
        pytest.param("/file", Verdict.UNSURE, "it leads to what is no web page", id="no web page"),
        pytest.param("/slow", Verdict.UNSURE, "no answer in time", id="slow"),
        pytest.param("/drip", Verdict.UNSURE, "no answer in time", id="slower still"),
        pytest.param("/reset", Verdict.UNSURE, "the connection broke off", id="it hangs up"),
        pytest.param("/garbage", Verdict.UNSURE, "the connection broke off", id="no HTTP"),
        pytest.param("/nohead", Verdict.GOOD, "200 OK", id="it takes no HEAD"),
        pytest.param("/liar", Verdict.GOOD, "200 OK", id="HEAD is not there, GET is"),
        pytest.param("/rude", Verdict.GOOD, "200 OK", id="it hangs up on HEAD"),
        pytest.param("/a b/ü?q=ä#part", Verdict.GOOD, "200 OK", id="an address with letters"),
    ],
)
def test_verdicts(there: Host, path: str, verdict: Verdict, told: str) -> None:
    began = time.monotonic()
    answer = Client(QUICK).ask(there.url(path))
    assert (answer.verdict, str(answer)) == (verdict, told)
    assert time.monotonic() - began < 10


def test_get_only_where_head_tells_too_little(there: Host) -> None:
    client = Client(QUICK)
    for path in ("/200", "/404", "/nohead", "/429"):
        client.ask(there.url(path))
    assert there.asked("/200") == ["HEAD"]
    assert there.asked("/404") == ["HEAD", "GET"], "nothing is gone because HEAD says so"
    assert there.asked("/nohead") == ["HEAD", "GET"]
    assert there.asked("/429") == ["HEAD"]
    assert all("mkdocs-briefings/" in agent for agent in there.agents)


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        pytest.param("/200", "", id="not at all"),
        pytest.param("/301/200", "/200", id="for good"),
        pytest.param("/308/301/200", "/200", id="for good, twice"),
        pytest.param("/301/302/200", "", id="then for now"),
        pytest.param("/302/200", "", id="for now"),
        pytest.param("/301/403", "", id="to a closed door"),
    ],
)
def test_moved_for_good(there: Host, path: str, moved: str) -> None:
    answer = Client(QUICK).ask(there.url(path))
    assert answer.moved == (there.url(moved) if moved else "")


def test_a_host_that_asks_for_peace_is_left_alone(there: Host) -> None:
    client = Client(QUICK)
    assert client.ask(there.url("/429/after/120")).wait == 120
    later = client.ask(there.url("/200"))
    assert (later.verdict, str(later)) == (
        Verdict.UNSURE,
        "the host asked to be left alone for a while",
    )
    assert len(there.log) == 1
    assert client.ask(there.url("/200", "localhost")).verdict is Verdict.GOOD, "another host"


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        pytest.param("30", 30, 30, id="seconds"),
        pytest.param("soon", 600, 600, id="what nobody understands"),
        pytest.param("999999999999", 604800, 604800, id="a week is enough"),
        pytest.param("-5", 600, 600, id="no time"),
    ],
)
def test_how_long(there: Host, asked: str, least: float, most: float) -> None:
    wait = Client(QUICK).ask(there.url(f"/503/after/{asked}")).wait
    assert least <= wait <= most


def test_until_a_moment() -> None:
    from mkdocs_briefings.outward.client import _seconds

    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < _seconds(moment) <= 90


def test_a_pause_between_requests(there: Host) -> None:
    client = Client(Manners(pause=0.15, timeout=1, private=True))
    for path in ("/302/200", "/nohead", "/404"):
        client.ask(there.url(path))
    moments = [moment for *_, moment in there.log]
    assert len(moments) == 6, "redirects and second questions count"
    assert min(b - a for a, b in itertools.pairwise(moments)) >= 0.14


def test_private_networks_are_not_asked(there: Host) -> None:
    client = Client(Manners(pause=0, timeout=1))
    for name in ("127.0.0.1", "localhost"):
        answer = client.ask(there.url("/200", name))
        assert str(answer) == "it leads into a private network"
    assert not there.log


def test_no_redirect_leads_inside(there: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    # The host itself counts as public here; where it leads does not.
    monkeypatch.setattr(
        "mkdocs_briefings.outward.client.public", lambda a: a == "127.0.0.1" or public(a)
    )
    answer = Client(Manners(pause=0, timeout=1)).ask(there.url("/inside"))
    assert str(answer) == "it leads into a private network"


def test_a_name_that_means_another_address_next_time(
    there: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at is what is connected to: no second look-up."""
    asked = []
    real = socket.getaddrinfo

    def look_up(name: str, *rest: object, **more: object) -> object:
        asked.append(name)
        return real("127.0.0.1" if name == "rebind.example" else name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert Client(QUICK).ask(there.url("/200", "rebind.example")).verdict is Verdict.GOOD
    assert asked.count("rebind.example") == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:0a00:0001::", False),
        ("nonsense", False),
    ],
)
def test_public_addresses(address: str, expected: bool) -> None:
    assert public(address) == expected


@pytest.mark.parametrize(
    ("url", "told"),
    [
        pytest.param("http://ada:secret@127.0.0.1/", "a user's name", id="a password"),
        pytest.param("http://127.0.0.1:99999/", "no address", id="no port"),
        pytest.param("http://[::1/", "no address", id="no host"),
        pytest.param("ftp://127.0.0.1/", "no web page", id="another scheme"),
        pytest.param("http:///x", "no web page", id="without a host"),
        pytest.param("http://127.0.0.1:1/", "refuses connections", id="nobody there"),
        pytest.param("https://127.0.0.1:1/", "refuses connections", id="nobody there, safely"),
    ],
)
def test_addresses_that_cannot_be_asked(url: str, told: str) -> None:
    answer = Client(QUICK).ask(url)
    assert answer.verdict is Verdict.UNSURE
    assert told in str(answer)


def test_no_encryption_where_it_is_promised(there: Host) -> None:
    answer = Client(QUICK).ask(there.url("/200").replace("http:", "https:"))
    assert answer.verdict is Verdict.UNSURE
    assert not there.log


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*arguments: object, **more: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert str(Client(QUICK).ask("http://gone.example/")) == "the host is not found"


def test_an_answer_without_a_status_is_never_good() -> None:
    assert Answer().verdict is Verdict.UNSURE
    assert Answer(status=404, why="x").verdict is Verdict.UNSURE
