"""Template marks that show something: images, videos and posts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..catalog.markup import scheme
from .images import Images
from .links import missing, relative
from .mark import Mark, label
from .records import Site

IMAGE = re.compile(r"(?:.*[-_/])?(?:img|image|figure|fig|picture|photo|imgproc)(?:[-_.].*)?\Z")
"""Names of marks that show an image."""
VIDEOS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtube_embed": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/{user}/status/{}",
    "x": "https://twitter.com/{user}/status/{}",
    "twitter": "https://twitter.com/{user}/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "spotify": "https://open.spotify.com/{}",
}
"""Address of what a mark shows, by its name."""
_CALLED = {"youtube": "YouTube", "youtube_embed": "YouTube", "vimeo": "Vimeo", "x": "Tweet"}


class Media:
    """What the marks of one site show."""

    def __init__(self, site: Site, images: Images) -> None:
        self._site = site
        self._images = images

    def image(self, mark: Mark) -> None:
        """A mark that names an image."""
        tag = mark.tag
        address = tag.get("src", "url", "image", "path") or tag.positional[0]
        given = (
            tag.positional[1] if len(tag.positional) > 1 and tag.positional[0] == address else ""
        )
        alt = " ".join((tag.get("alt") or given or tag.get("title")).split())
        caption = " ".join(tag.get("caption", "attr", "credit").split())
        self._show(mark, address, alt, caption, tag.get("link", "href"))

    def include(self, mark: Mark) -> None:
        """A mark that takes something from elsewhere: an image or a video by its name."""
        tag = mark.tag
        what = tag.positional[0]
        name = what.rpartition("/")[2].rpartition(".")[0].lower()
        src = tag.get("src", "url", "image", "image_path", "path")
        if tag.name == "image":
            alt = tag.positional[1] if len(tag.positional) > 1 else tag.get("alt")
            self._show(mark, what, alt, tag.get("caption"), "")
        elif src and IMAGE.match(name or what):
            self._show(mark, src, tag.get("alt", "title"), tag.get("caption"), "")
        elif name in VIDEOS and tag.get("id"):
            video(mark, name)
        else:
            mark.unknown()

    def _show(self, mark: Mark, address: str, alt: str, caption: str, link: str) -> None:
        item, site = mark.sheet.item, self._site
        alt = alt.replace("[", "(").replace("]", ")")
        path, why = "", "it is on another site"
        if not scheme(address):
            path, why = self._images.find(address, item)
        if path:
            new = f"![{alt}]({relative(path, item)})"
            mark.note("image-copied", address, path)
        elif scheme(address) in {"http", "https"}:
            new = f"[Image: {alt or address}]({address})"
            mark.note("image-missing", address, f"{why}; a link instead")
        else:
            base = site.bases[0] if site.bases and address.startswith("/") else ""
            named = alt or caption or address
            new = (
                f"[Image: {named}]({base.rstrip('/')}{address})"
                if base
                else missing(named, address)
            )
            mark.note("image-missing", address, f"{why}; its description stands there")
        if link and scheme(link) in {"http", "https"} and path:
            new = f"[{new}]({link})"
        if caption and caption != alt:
            new = f"{new} *{caption.replace('*', '')}*"
        mark.put(new, "shortcode-taken")


def video(mark: Mark, name: str) -> None:
    """A mark that shows what another site has, by an id there: a link to it."""
    tag = mark.tag
    ident = tag.get("id") or "/".join(tag.positional)
    user = tag.get("user") or "i"
    if len(tag.positional) == 2 and "{user}" in VIDEOS[name]:
        user, ident = tag.positional
    if re.fullmatch(r"[\w/.-]+", ident) and re.fullmatch(r"[\w.-]+", user):
        address = VIDEOS[name].replace("{user}", user).replace("{}", ident)
        called = _CALLED.get(name, name.capitalize())
        named = tag.get("title") or f"{called} {ident}"
        mark.put(f"[{label(named)}]({address})", "shortcode-taken")
    elif scheme(ident) in {"http", "https"}:
        mark.put(f"<{ident}>", "shortcode-taken")
    else:
        mark.unknown()
