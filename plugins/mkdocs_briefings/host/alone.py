"""Whether a site is made of our pages alone, or MkDocs has to make each of them for others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import meta, nodes
from mkdocs.config.defaults import MkDocsConfig

from ..rendering.filters import filters
from ..wording.language import ENGLISH
from .assemble import THEME
from .events import options_of, own_folders

GIVEN = frozenset({"view", "chrome", "base", "body", "structured", "cite"})
"""What every template may use: see `composing.composer.values`."""
MKDOCS_FILTERS = frozenset({"url", "script_tag"})
STATIC = frozenset({"404.html", "sitemap.xml"})
"""Pages that themes let MkDocs make without a text: the first is ours, the second is not used."""


def why_not(config: MkDocsConfig) -> str:
    """Why MkDocs must build every page of a site with our plugin; empty if it need not."""
    if others := sorted(set(config.plugins) - {"briefings"}):
        return f"every page is made for other plugins: {', '.join(others)}"
    if not options_of(config).enabled:
        return "the plugin is switched off"
    if config.nav:
        return "every page is made, since mkdocs.yml has a 'nav'"
    if config.extra_templates or set(config.theme.static_templates) - STATIC:
        return "every page is made, since the site has templates of its own"
    if foreign := sorted(_foreign(config)):
        return f"every page is made, since a template of the site uses {', '.join(foreign)}"
    return ""


def _foreign(config: MkDocsConfig) -> set[str]:
    """What the site's own templates use and get from MkDocs alone."""
    before = own_folders(config.theme.dirs)[:-1]
    if not before:
        return set()
    env = config.theme.get_env()
    env.filters.update(filters(ENGLISH))  # Names alone are asked for.
    parse = env.parse
    own = _used(parse, (path for folder in before for path in Path(folder).rglob("*.html")))
    # What ours hand to those that they include is given to the site's, too.
    ours = _used(parse, (path for path in THEME.rglob("*.html") if path.name != "main.html"))
    return own - ours - GIVEN


def _used(parse: Callable[[str], nodes.Template], paths: Iterable[Path]) -> set[str]:
    """Variables and MkDocs' filters that templates use."""
    found: set[str] = set()
    for path in paths:
        tree = parse(path.read_text(encoding="utf-8"))
        found |= meta.find_undeclared_variables(tree)
        found |= {node.name for node in tree.find_all(nodes.Filter)} & MKDOCS_FILTERS
    return found
