"""Who is compared: this project and its peers, each doing as much of the same work as it can.

The work: a page for each article, lists of 25 by topic, author and time, related articles, feeds
of 30 articles in full for the site and for each topic and author, links between articles that lead
to their pages. What a peer cannot do of itself is left out, and `Candidate.makes` says so. Where
a choice is open, it is the one that costs the peer less: Hugo and Eleventy have the smallest
templates that show what is asked for, MkDocs and Zensical no navigation of all articles. Material's
blog is there twice, so tuned and as it comes, with ten articles on a page of a list.

Ours is told to leave out what no peer does: social cards and each page's history. It still checks
every file, and makes backlinks, structured data, citations, calendars and a second feed of each.

An edit is measured as whoever writes meets it: the first after a whole build, which makes entries
of feeds that later ones find, has a row of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from ..conftest import ROOT
from ..making import CONFIG, NOW, script
from .corpus import REGISTRIES, Corpus, Place

WORK = ROOT / ".cache" / "benchmarks"
"""Where the peers are installed (tools/peers.sh) and, unless told otherwise, sites are made."""
PEERS = WORK / "peers"
PROJECTS = Path(__file__).parent / "peers"


@dataclass(frozen=True, kw_only=True)
class Project:
    """A site that is ready to be built."""

    folder: Path
    command: tuple[str | Path, ...]
    page: Callable[[Place], str]
    """The file of an article's page, relative to the site."""
    clear: tuple[str, ...] = ("site",)
    """What a build leaves, relative to the folder: gone before a build from nothing."""
    env: Mapping[str, str] = field(default_factory=lambda: {"SOURCE_DATE_EPOCH": str(NOW)})

    @property
    def site(self) -> Path:
        return self.folder / "site"


Edit = Callable[[Project, Corpus], None]
"""Changes what is to be built."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One row of the table."""

    key: str
    """Its name on the command line. What stands before a `-` names all of one software."""
    name: str
    makes: str
    """What the site has beside the articles' pages."""
    tool: Path
    """What must be there for it to run."""
    lay: Callable[[Corpus, Path], Project]
    """Write its project for a corpus into an empty folder."""
    edit: Edit | None = None
    """What is done to a built site before each measured build; None builds from nothing."""
    fresh: bool = False
    """Whether a whole build, which is not measured, goes before each edit; otherwise edits follow
    each other, and before the first that is measured there was one."""
    shares: str = ""
    """Candidates that name the same share one project."""

    @property
    def software(self) -> str:
        return self.key.partition("-")[0]

    @property
    def project(self) -> str:
        return self.shares or self.key

    @property
    def installed(self) -> bool:
        return self.tool.exists()


def _dump(path: Path, value: Any) -> None:
    """Write JSON, which is YAML too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _registries(corpus: Corpus) -> tuple[dict[str, Any], dict[str, Any]]:
    authors, topics = (
        yaml.load((corpus.folder / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
        for name in REGISTRIES
    )
    return authors, topics


def _years(corpus: Corpus) -> dict[int, list[Place]]:
    """The articles of each year, newest first."""
    years: dict[int, list[Place]] = {}
    for place in sorted(corpus.places, key=lambda place: (place.date, place.slug), reverse=True):
        years.setdefault(place.date.year, []).append(place)
    return years


def _dated(place: Place) -> str:
    return f"briefings/{place.path.removesuffix('.md')}/index.html"


# Ours


def lay_ours(corpus: Corpus, folder: Path, *, search: bool = False, own: bool = False) -> Project:
    """`own` gives it a copy of the articles, to be edited."""
    content = corpus.folder
    if own:
        content = folder / "briefings"
        shutil.copytree(corpus.folder, content)
    options = {"severity": {"*": "warning"}, "cards": False, "history": False, "search": search}
    _dump(
        folder / "mkdocs.yml",
        {**CONFIG, "docs_dir": str(content), "plugins": [{"briefings": options}]},
    )
    return Project(
        folder=folder,
        command=(script("briefings"), "build", "--quiet"),
        page=_dated,
        clear=("site", ".cache"),
    )


def unchanged(project: Project, corpus: Corpus) -> None:
    """Leave all as it is."""


def edit_body(project: Project, corpus: Corpus) -> None:
    """Add a paragraph to the newest article: it stands on the front page, in lists and feeds."""
    path = project.folder / "briefings" / corpus.newest.path
    path.write_text(path.read_text(encoding="utf-8") + "\nMore was known later.\n", "utf-8")


def edit_title(project: Project, corpus: Corpus) -> None:
    """Add a word to the title of the newest article."""
    path = project.folder / "briefings" / corpus.newest.path
    text = path.read_text(encoding="utf-8")
    before = yaml.safe_load(text.split("---\n", 2)[1])["title"]
    # The line alone, as an editor does: not the whole front matter written otherwise.
    text, count = re.subn(
        r"^title: .*$",
        lambda _: f"title: {json.dumps(f'{before} again', ensure_ascii=False)}",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    assert count, "the title stands otherwise"
    path.write_text(text, "utf-8")


# Peers


def lay_hugo(corpus: Corpus, folder: Path, *, related: bool) -> Project:
    """The corpus is read where it lies; registries become the titles of its term pages."""
    shutil.copytree(PROJECTS / "hugo", folder, dirs_exist_ok=True)
    config = folder / "config" / "_default"
    config.mkdir(parents=True)
    (folder / "hugo.toml").rename(config / "hugo.toml")
    articles = {"source": str(corpus.folder), "target": "content/briefings", "files": ["**/*.md"]}
    others = [{"source": name, "target": name} for name in ("content", "layouts")]
    _dump(config / "module.json", {"mounts": [articles, *others]})
    _dump(config / "params.json", {"related": related})
    authors, topics = _registries(corpus)
    titles = {
        "briefings": "Archive",
        **{f"briefings/{year}": str(year) for year in _years(corpus)},
        **{f"authors/{key}": author["name"] for key, author in authors.items()},
        **{f"topics/{key}": topic["title"] for key, topic in topics.items()},
    }
    for path, title in titles.items():
        index = folder / "content" / path / "_index.md"
        index.parent.mkdir(parents=True, exist_ok=True)
        index.write_text(f"---\n{json.dumps({'title': title})}\n---\n", encoding="utf-8")
    return Project(
        folder=folder,
        command=(_hugo(), "--destination", "site", "--cacheDir", folder / "cache", "--quiet"),
        page=_dated,
        clear=("site", "cache", "resources", ".hugo_build.lock"),
    )


def _hugo() -> Path:
    """The program itself: the command of the package starts a Python that starts it."""
    found = sorted((PEERS / "hugo").glob("lib/python3*/site-packages/hugo/binaries/hugo"))
    return found[-1] if found else PEERS / "hugo" / "bin" / "hugo"


def _plain(corpus: Corpus, folder: Path) -> None:
    """The corpus as a folder of documents, with a list of each year and one of the years."""
    shutil.copytree(corpus.folder, folder)
    for name in REGISTRIES:
        (folder / name).unlink()
    years = _years(corpus)
    for year, places in years.items():
        lines = [f"- [{place.slug}]({place.slug}.md), {place.date}" for place in places]
        text = f"# {year}\n\n" + "\n".join(lines)
        (folder / str(year) / "index.md").write_text(text, encoding="utf-8")
    lines = [f"- [{year}]({year}/index.md), {len(places)}" for year, places in years.items()]
    (folder / "index.md").write_text("# Articles\n\n" + "\n".join(lines), encoding="utf-8")


def _undated(place: Place) -> str:
    return f"{place.path.removesuffix('.md')}/index.html"


def lay_zensical(corpus: Corpus, folder: Path) -> Project:
    shutil.copytree(PROJECTS / "zensical", folder, dirs_exist_ok=True)
    _plain(corpus, folder / "docs")
    return Project(
        folder=folder,
        command=(PEERS / "zensical" / "bin" / "zensical", "build"),
        page=_undated,
        clear=("site", ".cache"),
    )


MKDOCS = PEERS / "material" / "bin" / "mkdocs"


def lay_material(corpus: Corpus, folder: Path) -> Project:
    shutil.copyfile(PROJECTS / "material" / "plain.yml", folder / "mkdocs.yml")
    _plain(corpus, folder / "docs")
    return Project(folder=folder, command=(MKDOCS, "build", "--quiet"), page=_undated)


def lay_blog(corpus: Corpus, folder: Path, *, lean: bool) -> Project:
    """Topics become categories, for the lists, and tags. A list shows a post up to its mark: the
    summary is put before it, as the other candidates show it. `lean` has it tuned."""
    options = "lean.yml" if lean else "blog.yml"
    shutil.copyfile(PROJECTS / "material" / options, folder / "mkdocs.yml")
    docs = folder / "docs"
    authors, topics = _registries(corpus)
    for place in corpus.places:
        text = (corpus.folder / place.path).read_text(encoding="utf-8")
        _, head, body = text.split("---\n", 2)
        front = yaml.load(head, yaml.CSafeLoader)
        named = [topics.get(key, {}).get("title", key) for key in front.pop("topics")]
        summary = front.pop("summary", "")
        front |= {"slug": place.slug, "categories": named, "tags": named}
        head = yaml.dump(front, Dumper=yaml.CSafeDumper, allow_unicode=True)
        path = docs / "posts" / place.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{head}---\n\n{summary}\n\n<!-- more -->\n{body}", encoding="utf-8")
    (docs / "index.md").write_text("# Articles\n", encoding="utf-8")
    (docs / "tags.md").write_text("# Topics\n\n<!-- material/tags -->\n", encoding="utf-8")
    people = {
        key: {
            "name": author["name"],
            "description": author.get("affiliation", "Author"),
            "avatar": "avatar.png",
        }
        for key, author in authors.items()
    }
    _dump(docs / ".authors.yml", {"authors": people})
    return Project(folder=folder, command=(MKDOCS, "build", "--quiet"), page=_undated)


ELEVENTY = PEERS / "eleventy" / "node_modules"


def lay_eleventy(corpus: Corpus, folder: Path) -> Project:
    shutil.copytree(PROJECTS / "eleventy", folder, dirs_exist_ok=True)
    shutil.copytree(corpus.folder, folder / "content" / "briefings", dirs_exist_ok=True)
    authors, topics = _registries(corpus)
    names = {
        "authors": {key: author["name"] for key, author in authors.items()},
        "topics": {key: topic["title"] for key, topic in topics.items()},
        "briefings": {},
    }
    _dump(folder / "_data" / "names.json", names)
    (folder / "node_modules").symlink_to(ELEVENTY)
    node = shutil.which("node") or "node"
    command = (node, ELEVENTY / "@11ty" / "eleventy" / "cmd.cjs", "--quiet")
    return Project(folder=folder, command=command, page=_dated)


OURS = "lists, feeds, related, backlinks, structured data"
LISTS = "lists, feeds"

CANDIDATES = (
    Candidate(
        key="briefings-cold",
        name="briefings, all anew",
        makes=OURS,
        tool=Path(script("briefings")),
        lay=lay_ours,
    ),
    Candidate(
        key="briefings-search",
        name="briefings, all anew, with search",
        makes=f"{OURS}, search",
        tool=Path(script("briefings")),
        lay=partial(lay_ours, search=True),
    ),
    *(
        Candidate(
            key=f"briefings-{key}",
            name=f"briefings, {name}",
            makes=OURS,
            tool=Path(script("briefings")),
            lay=partial(lay_ours, own=True),
            edit=edit,
            fresh=fresh,
            shares="briefings-again",
        )
        for key, name, edit, fresh in (
            ("unchanged", "nothing changed", unchanged, False),
            ("first", "one text changed, first after all anew", edit_body, True),
            ("body", "one text changed", edit_body, False),
            ("title", "one title changed", edit_title, False),
        )
    ),
    Candidate(
        key="briefings-body-search",
        name="briefings, one text changed, with search",
        makes=f"{OURS}, search",
        tool=Path(script("briefings")),
        lay=partial(lay_ours, search=True, own=True),
        edit=edit_body,
    ),
    Candidate(
        key="hugo-related",
        name="Hugo, related by topic",
        makes=f"{LISTS}, related",
        tool=_hugo(),
        lay=partial(lay_hugo, related=True),
    ),
    Candidate(
        key="hugo-plain",
        name="Hugo",
        makes=LISTS,
        tool=_hugo(),
        lay=partial(lay_hugo, related=False),
    ),
    Candidate(
        key="eleventy",
        name="Eleventy",
        makes=LISTS,
        tool=ELEVENTY / "@11ty" / "eleventy" / "cmd.cjs",
        lay=lay_eleventy,
    ),
    Candidate(
        key="zensical",
        name="Zensical, plain pages",
        makes="lists by year, search",
        tool=PEERS / "zensical" / "bin" / "zensical",
        lay=lay_zensical,
    ),
    Candidate(
        key="material-plain",
        name="MkDocs and Material, plain pages",
        makes="lists by year, search",
        tool=MKDOCS,
        lay=lay_material,
    ),
    *(
        Candidate(
            key=f"material-{key}",
            name=f"Material's blog and tags, {name}",
            makes="lists, search",
            tool=MKDOCS,
            lay=partial(lay_blog, lean=lean),
        )
        for key, name, lean in (("blog", "as they come", False), ("lean", "tuned", True))
    ),
)


def missing_pages(project: Project, corpus: Corpus) -> list[str]:
    """Articles that have no page: a build that left work out must not look fast."""
    found = {
        os.path.relpath(Path(root) / "index.html", project.site)
        for root, _, names in os.walk(project.site)
        if "index.html" in names
    }
    return [place.path for place in corpus.places if project.page(place) not in found]
