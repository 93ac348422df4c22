"""Where the site's sources are kept, as MkDocs' options and ours tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig

from ..catalog.forges import FORGES, Forge, kind_of, web

_GUESSES = ("edit/master/docs/", "src/default/docs/")
"""What MkDocs takes for `edit_uri` where nobody wrote one."""


def forge_of(config: MkDocsConfig, option: str | Mapping[str, str]) -> Forge:
    """The forge of `repo_url`; without patterns, and so without links, where it is not known.

    Args:
        config: MkDocs' options.
        option: A name of `FORGES`, patterns of ours, or empty to go by the address.
    """
    repo = web((config.repo_url or "").rstrip("/"))
    if isinstance(option, Mapping):
        forge = Forge(**option)
    else:
        forge = FORGES.get(option or kind_of(repo, config.repo_name or ""), Forge())
    if not repo:
        forge = Forge()
    return replace(forge, repo=repo, edit=_edit(config, forge, repo))


def _edit(config: MkDocsConfig, forge: Forge, repo: str) -> str:
    """The pattern of the editor's address, `{path}` being a path in the content folder.

    As `edit_uri_template` or `edit_uri` says, else as the forge has it on the branch `main`.
    """
    written = str(config.edit_uri_template or "")
    docs = docs_folder(config)
    if not written and config.edit_uri and not (config.edit_uri in _GUESSES and docs != "docs/"):
        written = f"{config.edit_uri}{{path}}"
    if written:
        return urljoin(repo if written[0] in "?#" else f"{repo}/", written)
    if config.edit_uri == "" or docs is None:
        return ""
    return forge.edit.replace("{branch}", "main").replace("{path}", f"{quote(docs)}{{path}}")


def docs_folder(config: MkDocsConfig) -> str | None:
    """The content folder from the folder of `mkdocs.yml`, `briefings/`; None outside of it."""
    root = Path(config.config_file_path or "mkdocs.yml").absolute().parent
    try:
        found = Path(config.docs_dir).absolute().relative_to(root)
    except ValueError:
        return None
    return "" if found == Path() else f"{found.as_posix()}/"
