"""Who may ask a server on this machine: pages of other sites may not, whatever name they use.

A page that somebody reads while `serve` runs can point a name of its own at this machine (DNS
rebinding) and then ask as if it were the site itself. Its requests carry that name.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.plugins import get_plugin_logger

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("briefings")


def known_hosts_only(server: LiveReloadServer, host: str) -> None:
    """Have a server refuse requests for a name that is not this machine's.

    Args:
        server: Not yet started.
        host: Name or address that it listens at.
    """
    if not _is_loopback(host):
        log.info("Everybody who reaches this machine can read what is served, drafts too")
    ask = server.serve_request
    names = {"localhost", host.casefold(), socket.gethostname().casefold()}

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_known(environ.get("HTTP_HOST", ""), names):
            return ask(environ, start_response)
        text = b"This name does not belong to this machine.\n"
        start_response("403 Forbidden", [("Content-Type", "text/plain")])
        return [text]

    server.set_app(guarded)


def is_known(header: str, names: Iterable[str]) -> bool:
    """Whether a `Host` header names this machine: by one of its names, or by any address, which
    nobody can point elsewhere.

    >>> [is_known(h, {"localhost"}) for h in ("localhost:8000", "[::1]:8000", "127.0.0.1")]
    [True, True, True]
    >>> [is_known(h, {"localhost"}) for h in ("evil.example", "localhost.evil.example", "")]
    [False, False, False]
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    return name in names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)
