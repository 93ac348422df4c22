"""The judge sees what it is there for: otherwise nothing it passes means anything."""

from __future__ import annotations

import pytest

from . import judge

ROOT = "https://briefings.example/"
POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; "
    "style-src 'self'; base-uri 'none'\">"
)


def page(body: str = "", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head>{POLICY}<title>x</title>{head}</head>'
        f"<body><main>{body}</main></body></html>"
    )


HONEST = {
    "a text": page("<p>x</p>"),
    "our script": page(head='<script src="../assets/briefings.js?v=0a1b"></script>'),
    "our stylesheet": page(head='<link rel="stylesheet" href="../assets/briefings.css?v=0a1b">'),
    "structured data": page(head='<script type="application/ld+json">{"a":"\\u003cb"}</script>'),
    "an address elsewhere": page('<a href="https://a.example/">x</a> <a href="mailto:a@b.c">x</a>'),
    "an image": page('<img src="../a.png" alt="x">'),
    "a button": page('<button type="button" data-copy>x</button>'),
    "a search": page('<form class="search" method="get"><input type="search" name="q"></form>'),
    "a file to keep": page('<a href="data:application/json,x" download="x">x</a>'),
}
HOSTILE = {
    "a script": page("<script>kanari()</script>"),
    "a script from elsewhere": page('<script src="https://evil.example/assets/x.js?v=1"></script>'),
    "a script under our name": page('<script src="../assets/x.js?v=1">kanari()</script>'),
    "a handler": page("<p onclick=kanari()>x</p>"),
    "a handler of ours": page('<button type="button" onclick=kanari()>x</button>'),
    "an address": page('<a href="java\tscript:kanari()">x</a>'),
    "an address behind a control": page('<a href="\x01javascript:kanari()">x</a>'),
    "a document as an address": page('<a href="data:text/html,kanari">x</a>'),
    "a frame": page("<iframe src=x></iframe>"),
    "an svg": page("<svg><g/></svg>"),
    "mathematics": page("<math><mi>x</mi></math>"),
    "a style": page("<style>*{}</style>"),
    "a style of an element": page('<p style="position:fixed">x</p>'),
    "a form": page('<form action="https://evil.example"></form>'),
    "a form that looks like ours": page(
        '<form class="search" method="get" action="//evil">x</form>'
    ),
    "a password": page('<input type="password">'),
    "a button of a form": page("<button>x</button>"),
    "a base": page(head='<base href="https://evil.example/">'),
    "a refresh": page(head='<meta http-equiv="refresh" content="0; url=https://evil.example/">'),
    "a stylesheet": page(head='<link rel="stylesheet" href="//evil.example/x.css">'),
    "a relation": page(head='<link rel="import" href="x">'),
    "an image elsewhere": page('<img src="https://evil.example/x.png" alt="x">'),
    "an image behind backslashes": page('<img src="/\\evil.example/x.png" alt="x">'),
    "a name": page('<p name="getElementById">x</p>'),
    "an id": page('<p id="__config">x</p>'),
    "an id twice": page('<p id="a">x</p><p id="a">y</p>'),
    "a target": page('<a href="x" target="_top">x</a>'),
    "data for scripts": page('<p data-evil="x">x</p>'),
    "an element of one's own": page("<x-y>x</x-y>"),
    "a class": page('<p class="kanari">x</p>'),
    "no policy": page().replace(POLICY, ""),
    "a weak policy": page().replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
    "two policies": page(head=POLICY),
    "a policy in the body only": page(POLICY).replace(POLICY, "", 1).replace("'none'", "*"),
    "structured data that is left": page(
        head='<script type="application/ld+json">{"a":"</script><b onclick=x>"}</script>'
    ),
    "structured data that is none": page(head='<script type="application/ld+json">{</script>'),
    "structured data with no number": page(
        head='<script type="application/ld+json">{"a": NaN}</script>'
    ),
    "structured data that leads away": page(
        head='<script type="application/ld+json">{"url": "javascript:x"}</script>'
    ),
    "what only scripting hides": page(
        '<noscript><p title="</noscript><img src=x onerror=kanari()>">x</p></noscript>'
    ),
    "what only its absence shows": page("<noscript><img src=x onerror=kanari()></noscript>"),
    "a comment that ends early": page("<!--><img src=x onerror=kanari()>-->"),
}


@pytest.mark.parametrize("html", HONEST.values(), ids=HONEST)
def test_what_is_ours_passes(html: str) -> None:
    assert judge.document(html, ROOT) == []


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_is_found(html: str) -> None:
    assert judge.document(html, ROOT) != []


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
EVENT = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n{}END:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("path", "data", "good"),
    [
        ("feed.xml", ATOM.format("<title>x &lt;b&gt;</title>"), True),
        ("feed.xml", ATOM.format('<content type="html">&lt;p&gt;x&lt;/p&gt;</content>'), True),
        ("feed.xml", ATOM.format("<title>x <b></title>"), False),
        ("feed.xml", "<!DOCTYPE x>" + ATOM.format(""), False),
        ("feed.xml", ATOM.format("<kanari/>"), False),
        ("feed.xml", ATOM.format('<link href="javascript:x"/>'), False),
        (
            "feed.xml",
            ATOM.format('<content type="html">&lt;img src=x onerror=y&gt;</content>'),
            False,
        ),
        ("feed.xml", ATOM.format('<content type="html">&lt;a href="../x"&gt;</content>'), False),
        (
            "feed.json",
            '{"items": [{"content_html": "<p>x</p>", "url": "https://a.example"}]}',
            True,
        ),
        ("feed.json", '{"items": [{"content_html": "<script>x</script>"}]}', False),
        ("feed.json", '{"url": "javascript:x"}', False),
        ("feed.json", '{"x": Infinity}', False),
        ("feed.json", '{"kanari": 1}', False),
        ("sitemap.xml", "<urlset><url><loc>https://briefings.example/a</loc></url></urlset>", True),
        ("sitemap.xml", "<urlset><url><loc>https://evil.example/a</loc></url></urlset>", False),
        ("x.ics", EVENT.format(""), True),
        ("x.ics", EVENT.format("X-KANARI:1\r\n"), False),
        ("x.ics", EVENT.format("END:VEVENT\r\n"), False),
        ("x.ics", EVENT.format("BEGIN:VALARM\r\nEND:VALARM\r\n"), False),
        ("x.ics", EVENT.format("URL:javascript:x\r\n"), False),
        ("x.ics", EVENT.format("DESCRIPTION:a\nb\r\n"), False),
        ("x.svg", "<svg/>", False),
        ("CNAME", "evil.example", False),
    ],
)
def test_files_beside_pages(path: str, data: str, good: bool) -> None:
    assert (judge.site({path: data.encode()}, ROOT) == []) == good
