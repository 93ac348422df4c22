"""A host on this machine that answers in every way in which hosts answer."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Host:
    """A running host, and what it was asked."""

    port: int
    log: list[tuple[str, str, float]] = field(default_factory=list)
    """Method, path and moment of each request, in order."""
    answers: dict[str, int] = field(default_factory=dict)
    """Statuses by path, over the usual ones: `/404` is 404."""
    most_at_once: dict[str, int] = field(default_factory=dict)
    """By the name under which the host was asked."""
    agents: set[str] = field(default_factory=set)

    def url(self, path: str, name: str = "127.0.0.1") -> str:
        return f"http://{name}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        return [method for method, asked, _ in self.log if asked == path]


@contextmanager
def host() -> Iterator[Host]:
    """A host for the length of a test."""
    known = Host(0)
    lock = threading.Lock()
    busy: dict[str, int] = {}
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.answer()

        def do_GET(self) -> None:
            self.answer()

        def answer(self) -> None:
            with lock:
                known.log.append((self.command, self.path, time.monotonic()))
                known.agents.add(self.headers["User-Agent"])
            self.respond()

        def linger(self) -> None:
            """Take a while; who asks again does so after the answer, and this has ended then."""
            name = self.headers["Host"].partition(":")[0]
            with lock:
                busy[name] = busy.get(name, 0) + 1
                known.most_at_once[name] = max(known.most_at_once.get(name, 0), busy[name])
            time.sleep(0.1)
            with lock:
                busy[name] -= 1

        def respond(self) -> None:
            path = self.path.partition("?")[0]
            what = path.strip("/").split("/")[0]
            if what == "slow":
                over.wait(20)
            elif what == "drip":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
                for _ in range(200):
                    if over.wait(0.1):
                        return
                    self.wfile.write(b"x")
                    self.wfile.flush()
            elif what == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                self.connection.close()
            elif what == "nohead" and self.command == "HEAD":
                self.status(405)
            elif what == "liar" and self.command == "HEAD":
                self.status(404)
            elif what == "rude" and self.command == "HEAD":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            elif what == "garbage":
                self.wfile.write(b"\x00\xff nonsense\r\n\r\n")
                self.close_connection = True
            elif what == "linger":
                self.linger()
                self.status(200)
            elif what in ("301", "302", "303", "307", "308"):
                # `/301/404` leads to `/404`; `/302/302` and `/301` to themselves.
                self.status(int(what), Location=path.removeprefix(f"/{what}") or path)
            elif what == "circle":
                self.status(302, Location="/circle")
            elif what == "endless":
                number = int(path.rpartition("/")[2])
                self.status(301, Location=f"/endless/{number + 1}")
            elif what == "file":
                self.status(302, Location="file:///etc/passwd")
            elif what == "inside":
                self.status(302, Location="http://169.254.169.254/latest/meta-data/")
            elif what in ("429", "503") and "after" in path:
                self.status(int(what), **{"Retry-After": path.rpartition("/")[2]})
            elif what.isdecimal():
                self.status(int(what))
            else:
                self.status(known.answers.get(path, 200))

        def status(self, status: int, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

        def finish(self) -> None:
            with suppress(OSError, ValueError):
                super().finish()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield known
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
