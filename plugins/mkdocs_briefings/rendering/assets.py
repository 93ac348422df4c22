"""The theme's stylesheet and scripts as published: compact, while their source is for reading."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from rcssmin import cssmin


def published_assets(theme: Path, overrides: Path | None = None) -> dict[str, bytes]:
    """What is published of a theme's `assets/`, by its path below the theme, in order of paths.

    Files of the same names in a site's own folder of overrides take their places, as they are.
    Faces, whose names never change, are in a folder of their own and not among them.
    """
    found = {}
    for path in sorted((theme / "assets").iterdir()):
        if not path.is_file():
            continue
        name = f"assets/{path.name}"
        own = overrides / name if overrides else None
        found[name] = own.read_bytes() if own and own.is_file() else _compact(path)
    return found


def asset_version(assets: Mapping[str, bytes]) -> str:
    """Short hash of what is published: a changed asset gets a new address."""
    digest = hashlib.blake2b(digest_size=4)
    for path, content in assets.items():
        digest.update(path.encode())
        digest.update(content)
    return digest.hexdigest()


def _compact(path: Path) -> bytes:
    if path.suffix == ".css":
        return compact_css(path.read_text(encoding="utf-8")).encode()
    if path.suffix == ".js":
        return compact_js(path.read_text(encoding="utf-8")).encode()
    return path.read_bytes()


def compact_css(source: str) -> str:
    """A stylesheet without comments and needless white space; every rule stays as it is.

    A rule within a rule begins with `&`: without it the space before a pseudo-class goes
    (`.a { .b :is(p) {…} }`), and with it the meaning. A browser test compares every rule.

    >>> compact_css("/* Links */\\n.a :is(b, i) > u {\\n  color: light-dark(#fff, #000);\\n}\\n")
    '.a :is(b,i)>u{color:light-dark(#fff,#000)}'
    >>> compact_css("@view-transition {\\n  navigation: auto;\\n}\\n")
    '@view-transition{navigation:auto}'
    >>> compact_css(".a {\\n  & :is(b) {\\n    color: red;\\n  }\\n}\\n")
    '.a{& :is(b){color:red}}'
    """
    compacted: str = cssmin(source)
    return compacted


def compact_js(source: str) -> str:
    """A script without indentation, empty lines and comments that have their lines to themselves.

    Only what cannot be part of a string or a pattern goes: a script with a text or comment that
    could run on from one line to the next stays as it is.

    >>> compact_js("/* Why.\\n   And how. */\\nif (a) {\\n  // so\\n  b(`//`); // then\\n}\\n")
    'if (a) {\\nb(`//`); // then\\n}\\n'
    >>> compact_js("a = `\\n  // text\\n`;\\n")
    'a = `\\n  // text\\n`;\\n'
    """
    kept: list[str] = []
    inside = False
    for line in map(str.strip, source.splitlines()):
        rest = line
        if inside or rest.startswith("/*"):
            inside, rest = _after_comment(rest if inside else rest[2:])
        if inside or not rest or rest.startswith("//"):
            continue
        if _runs_on(rest):
            return source
        kept.append(rest)
    return "".join(f"{line}\n" for line in kept)


def _after_comment(text: str) -> tuple[bool, str]:
    """Whether a comment goes on after this line, and what follows where it ends."""
    _, end, rest = text.partition("*/")
    return not end, rest.strip()


def _runs_on(line: str) -> bool:
    """Whether a text or a comment may begin on this line and end on a later one."""
    opened = re.sub(r"/\*.*?\*/", "", line)
    return "/*" in opened or line.count("`") % 2 == 1 or "${`" in line or line.endswith("\\")
