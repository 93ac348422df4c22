"""The checker of links itself: it must find what is broken and accept what is not."""

from __future__ import annotations

import pytest

from .links import broken

SITE = {
    "index.html": b'<h1 id="top">Front</h1><a href="a/">A</a>',
    "a/index.html": b'<h2 id="caf\xc3\xa9">Caf\xc3\xa9</h2><a href="../#top">up</a>',
    "style.css": b"@font-face { src: url('font.woff2') }",
    "font.woff2": b"",
}


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param('<a href="a/">', id="a folder with an index"),
        pytest.param('<a href="a/#caf%C3%A9"><a href="a/#café">', id="an anchor, escaped or not"),
        pytest.param('<a href="#x" id="x"><a href="">', id="the page itself"),
        pytest.param('<a href="/a/"><a href="https://site.test/a/">', id="from the root"),
        pytest.param('<a href="https://elsewhere.test/x">', id="another site"),
        pytest.param('<a href="mailto:ada@site.test">', id="mail"),
        pytest.param('<link rel="stylesheet" href="style.css?v=1">', id="with a version"),
    ],
)
def test_whole_links(addresses: str) -> None:
    assert broken({**SITE, "page.html": addresses.encode()}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("page.html", '<a href="b/">', id="no such page"),
        pytest.param("page.html", '<a href="a/#tea">', id="no such anchor"),
        pytest.param("page.html", '<a href="#tea">', id="no such anchor of its own"),
        pytest.param("page.html", '<img src="a.png" alt="">', id="no such picture"),
        pytest.param("page.html", '<img src="font.woff2" srcset="a.png 2x">', id="in srcset"),
        pytest.param("page.html", '<link rel="alternate" href="feed.xml">', id="no such feed"),
        pytest.param(
            "page.html", '<meta http-equiv="refresh" content="0; url=b/">', id="a redirect"
        ),
        pytest.param("more.css", "a { background: url(a.png) }", id="in a stylesheet"),
        pytest.param("sitemap.xml", "<loc>https://site.test/b/</loc>", id="in the sitemap"),
        pytest.param("feed.xml", '<link href="https://site.test/b/"/>', id="in a feed"),
    ],
)
def test_broken_links(path: str, text: str) -> None:
    assert len(broken({**SITE, path: text.encode()})) == 1


def test_a_link_out_of_the_folder_of_the_site_is_broken() -> None:
    site = {"index.html": b'<a href="/a/">', "a/index.html": b""}
    assert broken(site, "https://site.test/sub/") == ["index.html -> /a/: leaves the site"]
