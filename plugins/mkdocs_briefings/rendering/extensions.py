"""Which Markdown extensions a body is read with, and which are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown.extensions import Extension

DEFAULTS: Final[Sequence[str]] = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
"""What a site has when its `mkdocs.yml` names no extension. Nothing in it changes what was typed:
no curly quotes, no emoji codes, no links that were not written."""

CONFIGS: Final[Mapping[str, Mapping[str, Any]]] = {
    # A policy without inline styles blocks `style`, so alignment is an attribute.
    "tables": {"use_align_attribute": True},
    "markdown.extensions.tables": {"use_align_attribute": True},
    # No ids for lines; the class of a language is its own affair.
    "pymdownx.highlight": {
        "use_pygments": True,
        "guess_lang": False,
        "anchor_linenums": False,
        "line_anchors": "",
        "line_spans": "",
        "noclasses": False,
        "linenums": False,
    },
    # What stands behind the language of a fence never turns code into prose.
    "pymdownx.superfences": {"relaxed_headers": True},
}

_REFUSED: Final[Mapping[str, str]] = {
    "pymdownx.snippets": "reads files by a path in the text",
    "pymdownx.b64": "reads files by a path in the text",
    "pymdownx.pathconverter": "changes addresses after they were checked",
    "pymdownx.striphtml": "hides what the checks would report",
    "markdown_include": "reads files by a path in the text",
    "mdx_include": "reads files by a path in the text",
    "embed_file": "reads files by a path in the text",
    "codeinclude": "reads files by a path in the text",
    "mkdocs_macros": "runs what is in the text",
    "macros": "runs what is in the text",
    "markdown_exec": "runs what is in the text",
    "mkdocs_click": "imports what the text names",
    "mdx_showcode": "reads files by a path in the text",
    "plantuml_markdown": "sends the text to a server or a program",
    "markdown_inline_graphviz": "hands the text to a program",
    "mdx_graphviz": "hands the text to a program",
    "codehilite": "colours code however long that takes: write 'pymdownx.highlight'",
    "meta": "takes lines such as 'Note: …' out of the text",
    "full_yaml_metadata": "takes lines out of the text",
    "wikilinks": "reads [[links]] in another way than the checks do",
    "mdx_wikilink_plus": "reads [[links]] in another way than the checks do",
    "mdx_headdown": "changes headings after they were checked",
}

REPLACED: Final = frozenset({"toc", "pymdownx.saneheaders"})
"""Read past: MkDocs always names `toc`, and our own code gives headings their ids."""


def name_of(extension: str | Extension) -> str:
    """The name under which an extension is known, however it was given."""
    name = extension if isinstance(extension, str) else type(extension).__module__
    return name.partition(":")[0].removeprefix("markdown.extensions.")


def refused(extensions: Iterable[str | Extension]) -> list[str]:
    """Why some of `extensions` cannot be used, a line each; empty when all can.

    >>> refused(["tables", "pymdownx.snippets"])
    ["markdown_extensions: remove 'pymdownx.snippets'; it reads files by a path in the text"]
    """
    lines = []
    for extension in extensions:
        name = name_of(extension)
        reason = _REFUSED.get(name) or _REFUSED.get(name.partition(".")[0])
        if reason:
            lines.append(f"markdown_extensions: remove '{name}'; it {reason}")
    return lines


def are_known(
    extensions: Sequence[str | Extension], configs: Mapping[str, Mapping[str, Any]]
) -> bool:
    """Whether plain Markdown is read with these extensions as it is with `DEFAULTS`.

    >>> are_known(DEFAULTS, {}), are_known([*DEFAULTS, "smarty"], {})
    (True, False)
    """
    names = {name_of(extension) for extension in extensions if isinstance(extension, str)}
    known = {*DEFAULTS, *REPLACED, "fenced_code"}
    settled = not any(given for name, given in configs.items() if name_of(name) not in REPLACED)
    # These read what is plain; what the others read is not.
    needed = {"attr_list", "pymdownx.betterem", "tables"}
    return settled and needed <= names <= known and all(isinstance(e, str) for e in extensions)
