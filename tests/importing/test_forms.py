"""Small sites of each form come in: keys, dates, names, addresses, links, pictures and marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from .importing import PNG, Imported, bring, plant

HUGO = """\
-- hugo.toml --
baseURL = "https://old.example/"
title = "The Old Harbour"
[permalinks]
news = "/:year/:month/:slug/"
-- content/_index.md --
---
title: Home
---
-- content/about.md --
+++
title = "About"
+++
Who we are.
-- content/news/_index.md --
---
title: News
---
-- content/news/2021-03-04-rates.md --
---
title: "Rates &amp; tides"
slug: rates-held
date: 2021-03-04T10:00:00+01:00
author: ada-example
topics: [Harbours, Tides]
deck: The dek.
aliases: [/old/rates/, "/news/rates.html"]
weight: 3
kicker: Seen
---
See [ferries]({{< ref "ferries.md#plan" >}}), [again](/2021/04/ferries/), [by address][f],
<a href="https://old.example/2021/04/ferries/">whole</a>, [tides]({{< relref "/topics/tides" >}}).
Gone: [gone](/guides/gone/), [elsewhere](https://other.example/x).

{{< figure src="/img/boat.png" alt="A boat" caption="The boat" >}}

{{< highlight go >}}
x := "{{< ref "nothing" >}}"
{{< /highlight >}}

{{< note title="Look" >}}
Mind the [gap](/2021/04/ferries/).
{{< /note >}}

{{< youtube abc123 >}} and {{< mystery a="b" >}} and {{</* shown */>}}

`{{< left in code >}}`

[f]: /2021/04/ferries/ "Ferries"
-- content/news/ferries/index.md --
+++
title = "Ferries"
date = 2021-04-05
authors = ["Ben Sample"]
topics = ["tides"]
draft = true
+++
## Plan

![Map](map.png)

Boats leave {{% highlight %}}at noon{{% /highlight %}}.
-- content/topics/tides/_index.md --
---
title: Tides and currents
summary: What the moon does.
aliases: [/topics/currents/]
---
-- content/authors/ada-example/_index.md --
---
display_name: Ada Example
first_name: Ada
last_name: Example
agency_full_name: Harbour Office
github: ada-example
shoe_size: 38
---
"""


@pytest.fixture
def hugo(tmp_path: Path) -> Imported:
    plant(
        tmp_path / "old",
        HUGO,
        {"static/img/boat.png": PNG, "content/news/ferries/map.png": PNG, "notes.odt": b"x"},
    )
    return bring(tmp_path, "--url", "https://www.old.example/")


def test_hugo_front_matter_and_registries(hugo: Imported) -> None:
    assert hugo.files == [
        "2021/ferries.md", "2021/rates-held.md", "authors.yml", "images/boat.png",
        "images/news/ferries/map.png", "pages/about.md", "topics.yml",
    ]  # fmt: skip
    front = dict(hugo.front("2021/rates-held.md"))
    assert front.pop("date").isoformat() == "2021-03-04T10:00:00+01:00"
    assert front == {
        "title": "Rates & tides",
        "author": "ada-example",
        "topics": ["harbours", "tides"],
        "summary": "The dek.",
        "aliases": ["2021/03/rates-held/", "old/rates/", "news/rates.html"],
    }
    assert hugo.front("2021/ferries.md")["draft"] is True
    assert hugo.registry("authors.yml") == {
        "ada-example": {
            "name": "Ada Example",
            "contact": "https://github.com/ada-example",
            "affiliation": "Harbour Office",
        },
        "ben-sample": {"name": "Ben Sample"},
    }
    assert hugo.registry("topics.yml") == {
        "tides": {
            "title": "Tides and currents",
            "description": "What the moon does.",
            "aliases": ["currents"],
        },
        "harbours": {"title": "Harbours"},
    }


def test_hugo_body(hugo: Imported) -> None:
    assert hugo.body("2021/rates-held.md") == (
        "See [ferries](ferries.md#plan), [again](ferries.md), [by address][f],\n"
        '<a href="ferries.md">whole</a>, [[topics/tides|tides]].\n'
        "Gone: [gone](https://www.old.example/guides/gone/), "
        "[elsewhere](https://other.example/x).\n\n"
        "![A boat](../images/boat.png) *The boat*\n\n"
        '```go\nx := "{{< ref "nothing" >}}"\n```\n\n'
        '!!! note "Look"\n    Mind the [gap](ferries.md).\n\n'
        '[YouTube abc123](https://www.youtube.com/watch?v=abc123) and `{{< mystery a="b" >}}` '
        "and {{< shown >}}\n\n"
        "`{{< left in code >}}`\n\n"
        '[f]: ferries.md "Ferries"'
    )
    ferries = hugo.body("2021/ferries.md")
    assert "![Map](../images/news/ferries/map.png)" in ferries
    assert ferries.endswith("Boats leave <mark>at noon</mark>.")


def test_hugo_report_names_all_that_is_not_there(hugo: Imported) -> None:
    source = "content/news/2021-03-04-rates.md"
    assert hugo.found("shortcode") == [hugo.place(source, '{{< mystery a="b" >}}')]
    assert hugo.found("link-old-site") == [hugo.place(source, "/guides/gone/")]
    assert hugo.found("unknown-key") == [
        ("content/authors/ada-example/_index.md", 7, 1, "shoe_size: 38"),
        (source, 10, 1, "kicker: Seen"),
    ]
    assert (source, 9, 1, "weight: 3") in hugo.found("layout-key")
    assert ("notes.odt", 0, 0, "notes.odt") in hugo.found("not-content")
    assert [row[3] for row in hugo.found("address-left")] == ["/topics/currents/"]
    every = {file["source"] for file in hugo.report["files"]}
    tree = hugo.root / "old"
    assert {p.relative_to(tree).as_posix() for p in tree.rglob("*") if p.is_file()} <= every


JEKYLL = """\
-- _config.yml --
title: Quay Notes
url: https://quay.example
baseurl: /notes
permalink: pretty
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, author: ada}
-- _data/authors.yml --
ada:
  name: Ada Example
  bio: Writes about boats.
-- _posts/2020-01-02-first-boat.md --
---
title: First boat
categories: ships news
tags: [Boats, Paint]
excerpt: It floats.
redirect_from: /first/
---
See [the second]({% post_url 2020-02-03-second-boat %}) and
[again]({{ site.baseurl }}{% link _posts/2020-02-03-second-boat.md %}), or
[by address]({{ "/ships/2020/02/03/second-boat/" | relative_url }}),
[whole](https://quay.example/notes/ships/2020/02/03/second-boat/).
{: .lead}

![Boat]({{ site.baseurl }}/assets/boat.png)

{% highlight ruby %}
puts "{% raw %}"
{% endhighlight %}

{% raw %}{{ shown }}{% endraw %} {% include mystery.html id=4 %} {{ site.title }} {{ page.nothing }}

{% comment %}not for readers{% endcomment %}
-- _posts/2020-02-03-second-boat.md --
---
title: Second boat
categories: [ships]
---
Text.
-- _drafts/third.md --
---
title: Third
---
No date yet.
-- about.md --
---
title: About
permalink: /about/
---
We.
-- README.md --
Not a page.
"""


HUGO_RULES = """\
-- hugo.toml --
baseURL = "https://old.example/"
defaultContentLanguage = "en"
[permalinks]
news = "{rule}"
-- content/news/tide.md --
---
title: "Spring tides – why 3.5% more? It's “new”"
date: 2021-04-05
---
See [the other](/es/2021/mareas-por-qu%C3%A9/).
-- content/news/tide.es.md --
---
title: "Mareas: por qué"
date: 2021-04-05
---
Como se dijo.
-- content/news/held.md --
---
title: Rates
slug: rates-held
date: 2021-04-05
---
As told.
"""


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        pytest.param("/:year/:slug/", "rates-held", id="the slug, or else the title"),
        pytest.param("/:year/:title/", "rates", id="the title, whatever the slug"),
    ],
)
def test_hugo_makes_addresses_of_titles_and_puts_languages_before_them(
    tmp_path: Path, rule: str, held: str
) -> None:
    plant(tmp_path / "old", HUGO_RULES.format(rule=rule))
    done = bring(tmp_path, "--author", "Ada Example", "--topic", "tides")
    aliases = {path: done.front(path)["aliases"] for path in done.files if path.startswith("2021/")}
    assert aliases == {
        "2021/tide.md": ["2021/spring-tides-why-3.5-more-its-new/"],
        "2021/tide-es.md": ["es/2021/mareas-por-qué/"],
        "2021/rates-held.md": [f"2021/{held}/"],
    }
    assert done.body("2021/tide.md") == "See [the other](tide-es.md)."
    assert done.errors() == []


@pytest.mark.parametrize("day", ["", "2021-05-06"])
@pytest.mark.parametrize(
    ("config", "path", "more"),
    [
        pytest.param("_config.yml", "_drafts/merger.md", "", id="jekyll"),
        pytest.param("hugo.toml", "content/news/merger.md", "draft: true\n", id="hugo"),
        pytest.param("hugo.toml", "content/list/_index.md", "draft: true\n", id="a list of hugo"),
        pytest.param("_config.yml", "merger.md", "published: false\n", id="a page of jekyll"),
    ],
)
def test_a_draft_is_never_published(
    tmp_path: Path, config: str, path: str, more: str, day: str
) -> None:
    plant(
        tmp_path / "old",
        f"-- {config} --\n-- {path} --\n---\ntitle: Merger\n{more}---\nTold to us.\n",
    )
    options = ["--author", "Ada Example", "--topic", "tides", *(["--date", day] if day else [])]
    done = bring(tmp_path, *options)
    texts = [name for name in done.files if name.endswith(".md")]
    assert [done.front(name).get("draft") for name in texts] == [True] * bool(day)
    assert len(done.found("not-taken")) == (not day)


def test_an_old_address_on_another_site_leads_to_nothing_of_ours(tmp_path: Path) -> None:
    old = ["https://www.old.example/held/", "//old.example/kept/", "https://other.example/tides/"]
    front = f"title: Tides\ndate: 2021-04-05\naliases: {old}"
    tree = {"hugo.toml": b'baseURL = "https://old.example/"\n'}
    tree["content/news/tides.md"] = f"---\n{front}\n---\nAs told.\n".encode()
    plant(tmp_path / "old", "", tree)
    done = bring(tmp_path, "--author", "Ada Example", "--topic", "tides")
    assert done.front("2021/tides.md")["aliases"] == ["news/tides/", "held/", "kept/"]
    assert [row[3] for row in done.found("address-left")] == ["https://other.example/tides/"]


@pytest.mark.parametrize("original", ["tides.md", "tides.en.md"])
def test_a_text_in_another_language_names_the_one_that_it_translates(
    tmp_path: Path, original: str
) -> None:
    text = "---\ntitle: {}\ndate: 2021-04-05\n{}---\nAs told.\n"
    texts = {
        original: ("The tides", ""),
        "tides.es.md": ("Las mareas", ""),
        "ferries.es.md": ("Los barcos", ""),
        "harbour.md": ("El puerto viejo", "lang: es\n"),
        "harbour.es.md": ("El puerto", ""),
    }
    tree = {f"content/news/{name}": text.format(*said).encode() for name, said in texts.items()}
    plant(tmp_path / "old", "", tree)
    done = bring(tmp_path, "--from", "hugo", "--author", "Ada Example", "--topic", "tides")
    slug = "tides" if original == "tides.md" else "tides-en"
    assert done.front("2021/tides-es.md")["translation_of"] == slug
    for other in (slug, "ferries-es", "harbour", "harbour-es"):
        assert "translation_of" not in done.front(f"2021/{other}.md")
    assert done.found("translation") == [
        ("content/news/tides.es.md", 0, 0, f"content/news/{original}")
    ]
    assert not done.errors()


def test_jekyll(tmp_path: Path) -> None:
    plant(tmp_path / "old", JEKYLL, {"assets/boat.png": PNG})
    done = bring(tmp_path)
    assert done.files == [
        "2020/first-boat.md", "2020/second-boat.md", "authors.yml", "images/boat.png",
        "pages/about.md", "topics.yml",
    ]  # fmt: skip
    front = done.front("2020/first-boat.md")
    assert front["aliases"] == ["ships/news/2020/01/02/first-boat/", "first/"]
    assert front["author"] == "ada"
    assert front["topics"] == ["ships", "news", "boats", "paint"]
    assert front["summary"] == "It floats."
    assert str(front["date"]) == "2020-01-02"
    assert done.registry("authors.yml") == {
        "ada": {"name": "Ada Example", "bio": "Writes about boats."}
    }
    assert done.body("2020/first-boat.md") == (
        "See [the second](second-boat.md) and\n"
        "[again](second-boat.md), or\n"
        "[by address](second-boat.md),\n"
        "[whole](second-boat.md).\n\n\n"
        "![Boat](../images/boat.png)\n\n"
        '```ruby\nputs "{% raw %}"\n```\n\n'
        "{{ shown }} `{% include mystery.html id=4 %}` Quay Notes `{{ page.nothing }}`"
    )
    source = "_posts/2020-01-02-first-boat.md"
    assert done.found("shortcode") == [
        done.place(source, "{% include mystery.html id=4 %}"),
        done.place(source, "{{ page.nothing }}"),
    ]
    assert [row[3] for row in done.found("text-left")] == ["not for readers"]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        pytest.param("* TOC\n{:toc}\n\nText.", "Text.", id="a table of contents"),
        pytest.param("1. Contents\n{:.big toc}\n\nText.", "Text.", id="a numbered one"),
        pytest.param("* Tides\n{: .no_toc}\n\nText.", "* Tides\n\n\nText.", id="another list"),
    ],
)
def test_a_table_of_contents_of_kramdown_leaves_no_words(
    tmp_path: Path, written: str, left: str
) -> None:
    post = f"---\ntitle: Tides\n---\n{written}\n"
    plant(tmp_path / "old", f"-- _config.yml --\n-- _posts/2020-01-02-tides.md --\n{post}")
    assert bring(tmp_path, "--author", "Ada Example").body("2020/tides.md") == left


PELICAN = """\
-- pelicanconf.py --
import os
SITEURL = 'https://pier.example'  # no slash
AUTHOR = "Ada Example"
PATH = "content"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
SECRET = os.environ["HOME"]
-- content/boats/launch.md --
Title: The launch
Date: 2019-05-06 10:20
Modified: 2019-06-01
Category: Boats
Tags: water, paint
Slug: the-launch
Summary: It went well.
Status: published
Shoe: left

See [the other]({filename}/boats/other.md), [beside](|filename|other.md#end),
[paint]({tag}paint) and ![a boat]({static}/images/boat.png).
-- content/boats/other.md --
---
title: The other
date: 2019-07-08
authors: [Ben Sample, Cid Mock]
---
Text.

## End
-- content/pages/contact.md --
Title: Contact

Call.
"""


def test_pelican(tmp_path: Path) -> None:
    plant(tmp_path / "old", PELICAN, {"content/images/boat.png": PNG})
    done = bring(tmp_path)
    assert done.files == [
        "2019/the-launch.md", "2019/the-other.md", "authors.yml", "images/boat.png",
        "pages/contact.md", "topics.yml",
    ]  # fmt: skip
    front = done.front("2019/the-launch.md")
    assert str(front["date"]) == "2019-05-06"
    assert str(front["updated"]) == "2019-06-01"
    assert front["topics"] == ["boats", "water", "paint"]
    assert front["author"] == "ada-example"
    assert front["aliases"] == ["2019/05/the-launch/"]
    assert done.front("2019/the-other.md")["authors"] == ["ben-sample", "cid-mock"]
    assert done.body("2019/the-launch.md") == (
        "See [the other](the-other.md), [beside](the-other.md#end),\n"
        "[[topics/paint|paint]] and ![a boat](../images/boat.png)."
    )
    assert done.found("unknown-key") == [("content/boats/launch.md", 9, 1, "shoe: left")]
    assert done.found("time-without-zone") == [
        ("content/boats/launch.md", 2, 1, "date: 2019-05-06 10:20")
    ]
    assert not done.errors()


ELEVENTY = """\
-- .eleventy.js --
module.exports = (c) => { return { dir: { input: "src" } }; };
-- src/_data/metadata.json --
{"url": "https://mole.example/", "title": "The Mole"}
-- src/posts/posts.json --
{"layout": "post.njk", "tags": ["posts"], "author": "Ada Example"}
-- src/posts/2022-01-02-first.md --
---json
{
  "title": "First", "tags": "Boats"
}
---
Text.
-- src/posts/one.md --
---
title: One
date: 2022-03-04
tags: [Boats]
description: The first.
permalink: "/articles/{{ page.fileSlug }}/"
---
{% set x = 1 %}See [two]({{ '/posts/two/' | url }}), [by file](./2022-04-05-two.md) and
{% image "./boat.png", "A boat" %} of {{ metadata.title }}.
-- src/posts/2022-04-05-two.md --
---
title: Two
tags: Boats
---
Two.
-- src/about.md --
---
title: About
permalink: /about/index.html
---
About.
"""


def test_eleventy(tmp_path: Path) -> None:
    plant(tmp_path / "old", ELEVENTY, {"src/posts/boat.png": PNG})
    done = bring(tmp_path)
    assert done.files == [
        "2022/first.md", "2022/one.md", "2022/two.md", "authors.yml", "images/posts/boat.png",
        "pages/about.md", "topics.yml",
    ]  # fmt: skip
    front = done.front("2022/one.md")
    assert front["topics"] == ["boats"]
    assert front["author"] == "ada-example"
    assert front["aliases"] == ["articles/one/"]
    assert done.front("2022/two.md")["aliases"] == ["posts/two/"]
    assert done.body("2022/one.md") == (
        "`{% set x = 1 %}`See [two](two.md), [by file](two.md) and\n"
        "![A boat](../images/posts/boat.png) of The Mole."
    )
    assert not done.errors()


MATERIAL = """\
-- mkdocs.yml --
site_name: Buoy
site_url: https://buoy.example/docs/
theme: {name: material}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - blog:
      post_url_format: "{date}/{slug}"
-- docs/index.md --
# Welcome

To the [blog](blog/index.md).
-- docs/blog/index.md --
# Blog
-- docs/blog/.authors.yml --
authors:
  ada:
    name: Ada Example
    description: Editor
    avatar: https://other.example/a.png
-- docs/blog/posts/one.md --
---
date:
  created: 2023-01-02
  updated: 2023-02-03
authors: [ada]
categories: [Boats]
tags: [Paint]
slug: the-one
pin: true
---

# The one that *floats*

Lead.

<!-- more -->

See [two](two.md#end), [home](../../index.md) and ![b](img/boat.png).
--8<-- "snippet.md"
-- docs/blog/posts/two.md --
---
date: 2023-03-04
authors: [ada]
categories: [Boats]
---

# Two boats

## End
"""


def test_material(tmp_path: Path) -> None:
    plant(tmp_path / "old", MATERIAL, {"docs/blog/posts/img/boat.png": PNG})
    done = bring(tmp_path)
    assert done.files == [
        "2023/the-one.md", "2023/two-boats.md", "authors.yml", "images/blog/posts/img/boat.png",
        "pages/welcome.md", "topics.yml",
    ]  # fmt: skip
    front = done.front("2023/the-one.md")
    assert front["title"] == "The one that floats"
    assert str(front["updated"]) == "2023-02-03"
    assert front["topics"] == ["boats", "paint"]
    assert front["aliases"] == ["blog/2023/01/02/the-one/"]
    assert done.front("2023/two-boats.md")["aliases"] == ["blog/2023/03/04/two-boats/"]
    assert done.registry("authors.yml") == {"ada": {"name": "Ada Example", "bio": "Editor"}}
    assert "[two](two-boats.md#end), [home](../pages/welcome.md)" in done.body("2023/the-one.md")
    assert "![b](../images/blog/posts/img/boat.png)" in done.body("2023/the-one.md")
    assert [row[3] for row in done.found("shortcode")] == ['--8<-- "snippet.md"']
    assert not done.errors()
