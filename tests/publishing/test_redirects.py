"""Redirect pages stand where old addresses were, and lead to the page wherever the site is."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urljoin

import pytest
from mkdocs_briefings.publishing.redirects import redirect_page, redirects, relative
from mkdocs_briefings.viewing.parts import Chrome, Ref

from .conftest import FOREIGN, URL, make_chrome

NEW = Ref(title="Quota review opens", url="briefings/2026/quota-review/")


@dataclass
class Page(HTMLParser):
    """What a browser makes of a redirect page."""

    markup: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = ""
        self.feed(self.markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open = tag
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts[self.open] = self.texts.get(self.open, "") + data

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def only(self, tag: str, **attributes: str) -> dict[str, str | None]:
        wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
        found = [a for t, a in self.elements if t == tag and wanted.items() <= a.items()]
        assert len(found) == 1, f"{tag} {attributes}: {self.markup}"
        return found[0]

    @property
    def refresh(self) -> str:
        delay, _, address = (self.only("meta", http_equiv="refresh")["content"] or "").partition(
            "; url="
        )
        assert delay == "0"
        return address


def test_a_redirect_page_leads_on_with_and_without_script(chrome: Chrome) -> None:
    page = Page(redirect_page("../new/", "New & better", chrome, canonical=f"{URL}new/"))
    assert page.refresh == "../new/"
    assert page.only("a")["href"] == "../new/"
    assert page.texts["a"] == page.texts["title"] == "New & better"
    assert page.only("link")["href"] == f"{URL}new/"
    assert page.only("link")["rel"] == "canonical"
    assert page.only("meta", name="robots")["content"] == "noindex"
    assert page.only("html") == {"lang": "en", "dir": "ltr"}
    policy = page.only("meta", http_equiv="Content-Security-Policy")["content"]
    assert policy == ("default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'")
    assert page.only("script") == {"src": "assets/moved.js"}
    tags = [tag for tag, _ in page.elements]
    assert not {"style", "img", "iframe", "base"} & set(tags)
    assert tags.index("noscript") + 1 == tags.index("meta", tags.index("noscript"))
    assert tags.index("link") > tags.index("meta"), "nothing is loaded before the policy"
    assert page.markup.startswith("<!doctype html>\n")


@FOREIGN
def test_titles_are_text(text: str, chrome: Chrome) -> None:
    honest = Page(redirect_page("../new/", "x", chrome))
    page = Page(redirect_page("../new/", text, chrome))
    assert page.texts["title"] == page.texts["a"] == text
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in honest.elements]


@pytest.mark.parametrize(
    "to",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "https://evil.example/",
        '"><script>alert(1)</script>',
        "'; url=https://evil.example/",
        "a; url=https://evil.example/",
        "\x00javascript:alert(1)",
    ],
)
def test_no_target_leaves_the_site_or_runs(to: str, chrome: Chrome) -> None:
    page = Page(redirect_page(to, "x", chrome))
    for address in (page.refresh, page.only("a")["href"], page.only("link")["href"]):
        assert address is not None
        assert not set("\"'<>\\ \n\x00") & set(address)
        assert urljoin(f"{URL}old/", address).startswith("https://specimen.example/")
    assert page.only("script") == {"src": "assets/moved.js"}


@pytest.mark.parametrize(
    ("url", "file", "expected"),
    [
        pytest.param("new/", "old/index.html", "../new/", id="beside"),
        pytest.param("b/2026/x/", "b/2025/x/index.html", "../../2026/x/", id="shared folder"),
        pytest.param("b/x/y/", "b/x/index.html", "y/", id="below"),
        pytest.param("b/", "b/x/index.html", "../", id="above"),
        pytest.param("", "b/x/index.html", "../../", id="the front page"),
        pytest.param("", "old.html", "./", id="the front page from the root"),
        pytest.param("new/", "old.html", "new/", id="from a file at the root"),
        pytest.param("b/new.html", "b/old.html", "new.html", id="file to file"),
        pytest.param("b/x/#part", "b/y/index.html", "../x/#part", id="a fragment stays"),
        pytest.param("%E9%96%A2/x/", "関/y/index.html", "../../%E9%96%A2/x/", id="encoded"),
    ],
)
def test_relative(url: str, file: str, expected: str) -> None:
    assert relative(url, file) == expected
    place = quote(file.removesuffix("index.html"))
    for root in (URL, "https://specimen.example/", "http://127.0.0.1:8000/a/b/"):
        assert urljoin(root + place, expected) == root + url


def test_pages_that_are_files_never_end_in_a_folder() -> None:
    def to(url: str, file: str) -> str:
        return relative(url, file, directory_urls=False)

    assert to("", "old.html") == "index.html"
    assert to("", "b/old.html") == "../index.html"
    assert to("index.html", "b/old.html") == "../index.html"
    assert to("b/new.html", "b/old.html") == "new.html"


def test_redirects_stand_at_the_old_addresses(chrome: Chrome) -> None:
    pages = redirects(
        {"old/place/": NEW, "old.html": NEW, "a/b.html": NEW, "%E9%96%A2/": NEW}, chrome
    )
    assert list(pages) == ["a/b.html", "old.html", "old/place/index.html", "関/index.html"]
    assert {Page(page).refresh for page in pages.values()} == {
        "../briefings/2026/quota-review/",
        "briefings/2026/quota-review/",
        "../../briefings/2026/quota-review/",
    }
    for markup in pages.values():
        page = Page(markup)
        assert page.only("link")["href"] == f"{URL}{NEW.url}"
        assert page.texts["a"] == NEW.title


def test_without_directory_addresses_a_permalink_was_a_file(chrome: Chrome) -> None:
    new = Ref(title="New", url="b/new.html")
    other = Ref(title="Other", url="b/other.html")
    pages = redirects(
        {"b/old/": new, "b/two/": new, "b/two.html": other}, chrome, directory_urls=False
    )
    assert {file: Page(page).refresh for file, page in pages.items()} == {
        "b/old.html": "new.html",
        "b/old/index.html": "../new.html",
        "b/two.html": "other.html",
        "b/two/index.html": "../new.html",
    }


def test_those_to_some_pages_are_what_they_are_among_all(chrome: Chrome) -> None:
    new = Ref(title="New", url="b/new.html")
    other = Ref(title="Other", url="b/other.html")
    aliases = {"b/old/": new, "b/two/": new, "b/two.html": other}
    every = redirects(aliases, chrome, directory_urls=False)
    some = [redirects(aliases, chrome, directory_urls=False, to={ref.url}) for ref in (new, other)]
    assert [list(pages) for pages in some] == [
        ["b/old.html", "b/old/index.html", "b/two/index.html"],
        ["b/two.html"],
    ]
    assert some[0] | some[1] == every


def test_a_site_without_address_redirects_all_the_same(homeless: Chrome) -> None:
    page = Page(redirects({"old/": NEW}, homeless)["old/index.html"])
    assert page.refresh == page.only("link")["href"] == "../briefings/2026/quota-review/"


@pytest.mark.parametrize(
    "alias",
    [
        "",
        "/",
        "/etc/passwd",
        "../out/",
        "a/../../out/",
        "a/%2e%2e/%2e%2e/out/",
        "./",
        "a%00b/",
        "a/%2fetc/",
        "a//b/",
        "a\\b/",
    ],
)
def test_an_alias_that_would_be_written_elsewhere_is_refused(alias: str, chrome: Chrome) -> None:
    with pytest.raises(ValueError, match="does not lead to a file"):
        redirects({alias: NEW}, chrome)


def test_order_of_aliases_does_not_matter(chrome: Chrome) -> None:
    aliases = {"b/": NEW, "a/": NEW, "c.html": Ref(title="C", url="c/")}
    first = redirects(aliases, chrome)
    second = redirects(dict(reversed(aliases.items())), make_chrome())
    assert list(first.items()) == list(second.items())
