"""Where a repository shows a commit, a file, and its editor: addresses by kind of forge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlsplit

_COMMIT = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """Patterns of a forge's addresses; an empty one gives no link.

    `{repo}` stands for the repository's address, `{commit}` for a commit's id, `{path}` for the
    place of a file, `{path_noext}` for that without its ending; `{path!q}` has no bare slashes.
    """

    repo: str = ""
    """Without a last `/`."""
    commit: str = ""
    file: str = ""
    """A file as it was at a commit."""
    edit: str = ""
    """The editor of a file, which proposes a change; `{branch}` is what it is proposed to."""

    def commit_url(self, commit: str) -> str:
        return self._filled(self.commit, commit=commit) if _COMMIT.fullmatch(commit) else ""

    def file_url(self, commit: str, path: str) -> str:
        """The file at that commit; empty when one of the two is not known."""
        if not (path and _COMMIT.fullmatch(commit)):
            return ""
        return self._filled(self.file, commit=commit, path=path)

    def edit_url(self, path: str) -> str:
        if not (path and self.edit):
            return ""
        without = str(PurePosixPath(path).with_suffix(""))
        return self._filled(self.edit, path=path, path_noext=without)

    def _filled(self, pattern: str, **values: str) -> str:
        url = pattern.replace("{repo}", self.repo)
        for name, value in values.items():
            url = url.replace(f"{{{name}}}", quote(value))
            url = url.replace(f"{{{name}!q}}", quote(value, safe=""))
        return web(url)


def web(url: str) -> str:
    """An address when it is one of the web, else nothing.

    >>> web("https://git.example/x"), web("javascript:alert(1)"), web("git@git.example:x")
    ('https://git.example/x', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


_GITEA = Forge(
    commit="{repo}/commit/{commit}",
    file="{repo}/src/commit/{commit}/{path}",
    edit="{repo}/_edit/{branch}/{path}",
)
FORGES: Final[Mapping[str, Forge]] = MappingProxyType(
    {
        "github": Forge(
            commit="{repo}/commit/{commit}",
            file="{repo}/blob/{commit}/{path}",
            edit="{repo}/edit/{branch}/{path}",
        ),
        "gitlab": Forge(
            commit="{repo}/-/commit/{commit}",
            file="{repo}/-/blob/{commit}/{path}",
            edit="{repo}/-/edit/{branch}/{path}",
        ),
        "gitea": _GITEA,
        "forgejo": _GITEA,
        "bitbucket": Forge(
            commit="{repo}/commits/{commit}",
            file="{repo}/src/{commit}/{path}",
            edit="{repo}/src/{branch}/{path}?mode=edit",
        ),
    }
)
"""By the name that the option `forge` takes."""

_NAMES = {**{name: name for name in FORGES}, "codeberg": "forgejo"}


def kind_of(repo_url: str, repo_name: str = "") -> str:
    """The kind of forge at an address: by a part of its host, else by the repository's name.

    >>> kind_of("https://gitlab.example.org/x/y"), kind_of("https://git.example/x", "Forgejo")
    ('gitlab', 'forgejo')
    >>> kind_of("https://git.example/github/x")
    ''
    """
    host = urlsplit(repo_url).hostname or ""
    for part in (*host.split("."), repo_name.casefold()):
        if part in _NAMES:
            return _NAMES[part]
    return ""
