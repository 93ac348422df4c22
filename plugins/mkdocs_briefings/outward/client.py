"""A polite client: it asks whether an address leads somewhere, and takes nothing home.

Hosts are asked one request at a time, with a pause between two, and one that wants to be left alone
is. `HEAD` comes first; where it is refused, `GET`, whose body is not read. The names of hosts are
looked up once and the connection goes to the very address that was looked at, so that no name and
no redirect leads into a private network.
"""

from __future__ import annotations

import contextlib
import email.utils
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .. import __version__
from .answers import Answer, Verdict

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
BUSY = frozenset({429, 503})
"""A host that answers so is not asked again in this run."""
_KEPT = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How hosts are treated."""

    pause: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 10.0
    """Seconds for which a connection may be silent."""
    longest: float = 30.0
    """Seconds that one request may take in all."""
    redirects: int = 5
    """Most of them on the way to an answer."""
    hosts: int = 8
    """Most hosts that are asked at the same time."""
    busy: float = 600.0
    """Seconds for which a host is left alone that is busy and does not say for how long."""
    private: bool = False
    """Ask addresses of private networks and of this machine, too."""


class Failed(Exception):
    """There is no response; the message says why."""


@dataclass(slots=True)
class _Host:
    """What is known of a host in this run."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = float("-inf")
    closed: float = float("-inf")
    """Moment until which it wants to be left alone."""


@dataclass(slots=True)
class Client:
    """Asks for addresses; may be used by several threads, each with hosts of its own."""

    manners: Manners = Manners()
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def leave_alone(self, host: str, seconds: float) -> None:
        """Do not ask a host for some time, as it wished in an earlier run."""
        self._host(host).closed = self.now() + seconds

    def ask(self, url: str) -> Answer:
        """What comes of asking for `url`; never an exception for what hosts do."""
        answer = self._follow("HEAD", url)
        # Some hosts know no HEAD and answer it with anything.
        refused = answer.status >= 400 and answer.status not in BUSY
        if answer.verdict is not Verdict.GOOD and (refused or answer.why in _AGAIN):
            return self._follow("GET", url)
        return answer

    def _follow(self, method: str, url: str) -> Answer:
        seen: list[str] = []
        permanent = True
        while True:
            if url in seen:
                return Answer(why="redirects lead in a circle")
            if len(seen) > self.manners.redirects:
                return Answer(why=f"more than {self.manners.redirects} redirects")
            seen.append(url)
            try:
                status, onward, wait = self._request(method, url)
            except Failed as failed:
                return Answer(why=str(failed))
            if status not in REDIRECTS or not onward:
                moved = url if permanent and len(seen) > 1 and 200 <= status < 300 else ""
                busy = host_of(url) if wait else ""
                return Answer(status=status, moved=moved, busy=busy, wait=wait)
            permanent = permanent and status in PERMANENT
            try:
                url = urljoin(url, onward).partition("#")[0]
            except ValueError:
                return Answer(why="a redirect to what is no address")

    def _host(self, name: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(name, _Host())

    def _request(self, method: str, url: str) -> tuple[int, str, float]:
        """Status, `Location` and the seconds to leave the host alone."""
        parts, name = _parts(url)
        host = self._host(name)
        with host.lock:
            if self.now() < host.closed:
                raise Failed("the host asked to be left alone for a while")
            self.sleep(max(0.0, host.last + self.manners.pause - self.now()))
            try:
                with self._response(method, parts, name) as response:
                    status = response.status
                    onward = response.getheader("Location") or ""
                    asked = response.getheader("Retry-After") or ""
            finally:
                host.last = self.now()
            wait = 0.0
            if status in BUSY:
                wait = _seconds(asked) or self.manners.busy
                host.closed = self.now() + wait
            return status, onward, wait

    @contextlib.contextmanager
    def _response(self, method: str, parts: SplitResult, name: str) -> Iterator[HTTPResponse]:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        target = quote(parts.path or "/", safe=_KEPT)
        if parts.query:
            target += f"?{quote(parts.query, safe=_KEPT)}"
        connection: HTTPConnection | None = None
        watch: threading.Timer | None = None
        response: HTTPResponse | None = None
        over = threading.Event()
        try:
            plain = self._connected(name, port)
            if parts.scheme == "https":
                connection = HTTPSConnection(name, port)
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(
                    plain, server_hostname=name, do_handshake_on_connect=False
                )
            else:
                connection = HTTPConnection(name, port)
                connection.sock = plain
            # A host that sends a byte now and then is never silent: there is an end all the same.
            watch = threading.Timer(self.manners.longest, _hang_up, [connection, over])
            watch.daemon = True
            watch.start()
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            agent = f"mkdocs-briefings/{__version__} (checks whether links still lead somewhere)"
            headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            # Headers that break off in the middle count as whole for the library.
            if over.is_set():
                raise TimeoutError
            yield response
        except TimeoutError:
            raise Failed(_LATE) from None
        except ssl.SSLError:
            raise Failed("no safe connection") from None
        except socket.gaierror:
            raise Failed("the host is not found") from None
        except ConnectionRefusedError:
            raise Failed("the host refuses connections") from None
        except (OSError, HTTPException, ValueError):
            raise Failed(_LATE if over.is_set() else _BROKEN) from None
        finally:
            if watch is not None:
                watch.cancel()
            for opened in (response, connection):
                if opened is not None:
                    opened.close()

    def _connected(self, name: str, port: int) -> socket.socket:
        """A connection to the first address of a host that takes one, if the host may be asked.

        Names are looked up here and nowhere else.
        """
        looked_up = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        found = list(dict.fromkeys(str(entry[4][0]) for entry in looked_up))
        if not self.manners.private and not all(map(public, found)):
            raise Failed("it leads into a private network")
        for address in found[:-1]:
            with contextlib.suppress(OSError):
                return socket.create_connection((address, port), self.manners.timeout)
        return socket.create_connection((found[-1], port), self.manners.timeout)


_LATE = "no answer in time"
_BROKEN = "the connection broke off"
_AGAIN = frozenset({_BROKEN})
"""Failures after which another method may have more luck."""


def public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in.

    >>> public("93.184.215.14"), public("127.0.0.1"), public("169.254.169.254")
    (True, False, False)
    >>> public("::ffff:10.0.0.1"), public("64:ff9b::a00:1"), public("2002:7f00:1::")
    (False, False, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def host_of(url: str) -> str:
    """The name of an address's host, as it is looked up; empty where it has none."""
    try:
        return _parts(url)[1]
    except Failed:
        return ""


def _parts(url: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(url)
        name = (parts.hostname or "").rstrip(".")
        name = name if name.isascii() else name.encode("idna").decode("ascii")
        _ = parts.port
    except (ValueError, UnicodeError):
        raise Failed("it is no address") from None
    if parts.scheme not in ("http", "https") or not name:
        raise Failed("it leads to what is no web page")
    if parts.username is not None:
        raise Failed("it holds a user's name, which is sent to nobody")
    return parts, name


def _seconds(asked: str) -> float:
    """What `Retry-After` says: seconds or a moment; 0 for nothing that can be read."""
    if asked.strip().isdecimal():
        return float(min(int(asked.strip()), 7 * 86_400))
    try:
        moment = email.utils.parsedate_to_datetime(asked)
        return float(min(max(0.0, moment.timestamp() - time.time()), 7 * 86_400))
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _hang_up(connection: HTTPConnection, over: threading.Event) -> None:
    over.set()
    # What waits for the host then finds that it has gone.
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
