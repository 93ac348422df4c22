"""What a page may cost, and what it does cost: bytes on the way, requests, elements."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Request

from .visiting import Watched

KB = 1024


@dataclass(frozen=True)
class Budget:
    """The most that the first view of a page may cost, with an empty cache."""

    html: int = 15 * KB
    """Bytes on the way, compressed; headers are not counted, here and below."""
    css: int = 10 * KB
    js: int = 4 * KB
    font: int = 24 * KB
    image: int = 80 * KB
    total: int = 60 * KB
    """Of all but pictures."""
    requests: int = 8
    """Pictures of the text are not counted."""
    elements: int = 900


BRIEFING = Budget(html=25 * KB)
"""Texts are as long as they are."""


@dataclass
class Cost:
    """What the first view of a page did cost."""

    bytes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    elsewhere: list[str] = field(default_factory=list)
    elements: int = 0

    def over(self, budget: Budget) -> list[str]:
        """Each budget that is not kept, as `html: 16000 of 15360`."""
        total = sum(size for kind, size in self.bytes.items() if kind != "image")
        spent = {
            "html": (self.bytes["html"], budget.html),
            "css": (self.bytes["css"], budget.css),
            "js": (self.bytes["js"], budget.js),
            "font": (self.bytes["font"], budget.font),
            "total": (total, budget.total),
            "requests": (self.requests, budget.requests),
            "elements": (self.elements, budget.elements),
        }
        found = [f"{name}: {cost} of {most}" for name, (cost, most) in spent.items() if cost > most]
        return found + [f"elsewhere: {url}" for url in self.elsewhere]


KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "font", "image": "image"}


START = re.compile(rb"<[a-z][a-z0-9]*[\s>]")


def weight(page: bytes) -> tuple[int, int]:
    """Bytes on the way and elements of a page by itself, read from its file."""
    return len(gzip.compress(page, 9, mtime=0)), len(START.findall(page))


def cost(reader: Watched, address: str) -> Cost:
    """Open a page in a context that has seen none before, and add up what came."""
    found = Cost()
    asked: list[Request] = []
    reader.page.on("requestfinished", lambda request: asked.append(request))
    reader.open(address, idle=True)
    for request in asked:
        if not request.url.startswith(f"{reader.origin}/"):
            found.elsewhere.append(request.url)
            continue
        kind = KINDS.get(request.resource_type, request.resource_type)
        if kind != "image":
            found.requests += 1
        found.bytes[kind] += request.sizes()["responseBodySize"]
    found.elements = reader.page.evaluate("document.querySelectorAll('*').length")
    return found
