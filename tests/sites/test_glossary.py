"""Whole sites with a glossary: its page, the marks in briefings, and what does not change."""

from __future__ import annotations

import json
import re

import pytest

from ..links import broken
from ..making import CONFIG, MakeSite

SITE = """\
-- briefings/glossary.yml --
harbour-toll:
  term: Harbour toll
  definition: What a boat pays to lie in the harbour.
  aliases: [harbour tolls, mooring fee]
quota:
  term: Quota
  definition: How much of a thing may be taken in a year.
apr:
  term: APR
  definition: The Act on Ports & Reeds, <b>1904</b>.
unused:
  term: Zeppelin mast
  definition: Nobody writes of it.
-- briefings/2026/tolls.md --
---
title: The quota of tolls
author: Ada Example
date: 2026-03-01
topics: [Harbours]
summary: What the quota does to a harbour toll.
key_points:
  - A quota is not a harbour toll.
  - It never was.
---
## A quota for harbour tolls

The harbour toll rises under the APR. See [[plan|the quota plan]], and [[glossary#quota]].

| quota | 3 |
|---|---|
| toll | 4 |

The `quota` is *the* quota, says [[glossary]] of harbour tolls.
-- briefings/2026/plan.md --
---
title: A plan
author: Ada Example
date: 2026-03-02
topics: [Harbours]
summary: What is planned.
---
A mooring fee for small boats.
-- briefings/2026/abroad.md --
---
title: Un plan
author: Ada Example
date: 2026-03-03
topics: [Harbours]
summary: Ce qui est planifié.
lang: fr
---
La quota, le APR et la mooring fee.
-- briefings/pages/about.md --
---
title: About
---
We explain each quota.
"""
MARK = re.compile(r'<a class="term" href="([^"]*)">([^<]*)</a>')
PAGES = {
    "tolls": "briefings/2026/tolls/index.html",
    "plan": "briefings/2026/plan/index.html",
    "abroad": "briefings/2026/abroad/index.html",
    "about": "about/index.html",
}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_first_mention_in_a_briefing_leads_to_the_glossary(
    site: MakeSite, directory_urls: bool
) -> None:
    done = site(SITE).build(use_directory_urls=directory_urls)
    assert done.exit_code == 0, done.log

    def page(name: str) -> str:
        return done.text(PAGES[name] if directory_urls else PAGES[name].replace("/index", ""))

    glossary = "../../../glossary/" if directory_urls else "../../glossary.html"
    assert MARK.findall(page("tolls")) == [
        (f"{glossary}#harbour-toll", "harbour toll"),
        (f"{glossary}#apr", "APR"),
        (f"{glossary}#quota", "quota"),
    ]
    assert MARK.findall(page("plan")) == [(f"{glossary}#harbour-toll", "mooring fee")]
    assert MARK.findall(page("abroad")) == [], "terms are of the site's language"
    assert MARK.findall(page("about")) == [], "of briefings alone"
    assert broken(done.files, str(CONFIG["site_url"])) == []


def test_a_wiki_link_to_a_term_shows_its_name(site: MakeSite) -> None:
    page = site(SITE).build().text(PAGES["tolls"])
    assert '<a class="internal" href="../../../glossary/#quota">Quota</a>' in page
    assert '<a class="internal" href="../../../glossary/">Glossary</a>' in page


def test_the_glossary_lists_terms_and_who_uses_them(site: MakeSite) -> None:
    done = site(SITE).build()
    page = done.text("glossary/index.html")
    assert re.findall(r'<h3 id="([^"]*)">([^<]*)</h3>', page) == [
        ("apr", "APR"),
        ("harbour-toll", "Harbour toll"),
        ("quota", "Quota"),
        ("unused", "Zeppelin mast"),
    ]
    assert "The Act on Ports &amp; Reeds, &lt;b&gt;1904&lt;/b&gt;." in page
    rows = dict(re.findall(r'<h3 id="([^"]*)">(.*?)</li>', page, re.DOTALL))
    uses = {key: re.findall(r'href="\.\./(briefings[^"]*)"', row) for key, row in rows.items()}
    tolls, plan = "briefings/2026/tolls/", "briefings/2026/plan/"
    assert uses == {"apr": [tolls], "harbour-toll": [plan, tolls], "quota": [tolls], "unused": []}
    assert "mooring fee" in rows["harbour-toll"]
    assert "harbour tolls" not in rows["harbour-toll"], "a plural is no other name"
    assert "<loc>https://briefings.example/glossary/</loc>" in done.text("sitemap.xml")
    assert 'href="../../../glossary/">Glossary</a></li>' in done.text(PAGES["tolls"])
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    terms, trail = data["@graph"]
    assert (terms["@type"], trail["@type"]) == ("DefinedTermSet", "BreadcrumbList")
    assert terms["hasDefinedTerm"][0] == {
        "@type": "DefinedTerm",
        "name": "APR",
        "description": "The Act on Ports & Reeds, <b>1904</b>.",
        "url": "https://briefings.example/glossary/#apr",
    }


def test_feeds_hold_the_words_alone(site: MakeSite) -> None:
    done = site(SITE).build()
    feed = json.loads(done.text("feed.json"))
    text = next(item["content_html"] for item in feed["items"] if item["title"] != "Un plan")
    assert "<p>A mooring fee for small boats.</p>" in text
    assert 'class="term"' not in done.text("feed.xml")


def test_another_definition_changes_the_glossary_and_nothing_else(site: MakeSite) -> None:
    s = site(SITE)
    before = s.build().files
    path = s.content / "glossary.yml"
    path.write_text(path.read_text().replace("may be taken", "can be taken"))
    after = s.build().files
    assert {path for path in before if before[path] != after[path]} == {"glossary/index.html"}


def test_another_term_changes_only_the_pages_that_use_it(site: MakeSite) -> None:
    s = site(SITE)
    before = s.build().files
    path = s.content / "glossary.yml"
    path.write_text(f"{path.read_text()}boat:\n  term: Boat\n  definition: It floats.\n")
    after = s.build().files
    changed = {name for name in before if before[name] != after.get(name)}
    # What can be found changes, too.
    assert {name for name in changed if not name.startswith("search/index/")} == {
        "glossary/index.html",
        PAGES["plan"],
    }


def test_a_site_without_terms_has_no_glossary(site: MakeSite) -> None:
    bare = SITE.replace("briefings/glossary.yml", "notes.yml")
    done = site(bare.replace("[[glossary#quota]]", "it").replace("[[glossary]]", "we")).build()
    assert done.exit_code == 0, done.log
    assert not [path for path in done.files if "glossary" in path]
    assert not [path for path, page in done.pages.items() if "glossary" in page]


def test_its_address_is_kept(site: MakeSite) -> None:
    done = site(SITE.replace("pages/about.md", "pages/glossary.md")).build()
    assert "duplicate-permalink" in done.codes
