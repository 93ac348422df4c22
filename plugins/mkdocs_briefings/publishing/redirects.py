"""Redirects: a static page at every address that a page once had."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape
from urllib.parse import unquote

from ..viewing.parts import Chrome, Ref
from ..wording.language import language
from .text import absolute, uri

# A first segment with a colon would be read as a scheme, two slashes as a host.
_ESCAPES = re.compile(r"/|[^/?#]*:")

SCRIPT = "assets/moved.js"
"""Of the theme."""

_PAGE = """\
<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body>
<main>
<h1{ours}>{moved}</h1>
<p><a href="{to}" data-moved>{title}</a></p>
</main>
<script src="{script}"></script>
</body>
</html>
"""


def redirects(
    aliases: Mapping[str, Ref],
    chrome: Chrome,
    *,
    directory_urls: bool = True,
    to: Collection[str] | None = None,
) -> dict[str, str]:
    """The redirect pages of a site: output file -> HTML, sorted by file.

    `old/place/` becomes `old/place/index.html`, `old.html` itself. Without directory addresses a
    page of the permalink `old/place/` stood at `old/place.html`, so the redirect stands there too.

    Args:
        aliases: Old address, relative to the site's root -> the page that is meant today.
        chrome: Of the site.
        directory_urls: Whether pages stand at `place/` and not at `place.html`.
        to: Addresses of the pages to which those lead that are wanted; None for all.

    Raises:
        ValueError: If an alias, decoded, is empty, absolute, climbs or holds what no file name may:
            it would be written elsewhere.
    """
    targets: dict[str, Ref] = {}
    for alias, ref in sorted(aliases.items()):
        for file in _files(alias, directory_urls=directory_urls):
            targets.setdefault(file, ref)
    return {
        file: redirect_page(
            relative(ref.url, file, directory_urls=directory_urls),
            ref.title,
            chrome,
            canonical=absolute(chrome, ref.url),
            script=relative(f"{SCRIPT}?v={chrome.asset_version}", file),
        )
        for file, ref in sorted(targets.items())
        if to is None or ref.url in to
    }


def redirect_page(
    to: str, title: str, chrome: Chrome, *, canonical: str = "", script: str = SCRIPT
) -> str:
    """A page that moves its reader on.

    A browser drops the fragment of an address on its way through a refresh: `old/#part` would
    arrive at the top of the new page. So a script leads on, and the refresh is for those without.

    Args:
        to: The page that is meant, relative to this one; always read as a path of this site.
        title: Of that page; plain text.
        chrome: Of the site.
        script: The one that leads on, relative to this page.
        canonical: Absolute address of that page; `to` stands in where it is not known.
    """
    address = uri(f"./{to}" if _ESCAPES.match(to) else to)
    return _PAGE.format(
        lang=escape(chrome.lang),
        ours=f' lang="{escape(chrome.words_lang)}"' if chrome.words_lang else "",
        moved=escape(language(chrome.lang).word("moved")),
        dir=escape(chrome.dir),
        title=escape(title),
        to=escape(address),
        script=escape(script),
        canonical=escape(canonical or address),
    )


def relative(url: str, file: str, *, directory_urls: bool = True) -> str:
    """The way from an output file to an address, both relative to the site's root.

    Works under any sub-path, and from a folder opened without a server when pages are files.

    >>> relative("briefings/new/", "briefings/old/index.html")
    '../new/'
    """
    here = file.split("/")[:-1]
    there = url.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    way = "../" * (len(here) - shared) + "/".join(there[shared:])
    if not directory_urls and (not way or way.endswith("/")):
        way += "index.html"
    return way or "./"


def _files(alias: str, *, directory_urls: bool) -> list[str]:
    """Where pages must stand for an alias to be answered."""
    path = unquote(alias)
    parts = path.strip("/").split("/")
    unsafe = path.startswith("/") or "\\" in path or not path.isprintable()
    if unsafe or {"", ".", ".."} & set(parts):
        raise ValueError(f"alias {alias!r} does not lead to a file of the site")
    if not path.endswith("/"):
        return [path]
    file = f"{path}index.html"
    return [file] if directory_urls else [f"{path.rstrip('/')}.html", file]
