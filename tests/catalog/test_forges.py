"""Addresses on forges: each kind's own, and nothing that is not of the web."""

from __future__ import annotations

from dataclasses import replace

import pytest
from mkdocs_briefings.catalog.forges import FORGES, Forge, kind_of

REPO = "https://git.example/ada/daily"
ID = "0a1b2c3d" * 5


@pytest.mark.parametrize(
    ("kind", "commit", "file", "edit"),
    [
        ("github", f"/commit/{ID}", f"/blob/{ID}/b/a%20b.md", "/edit/{branch}/b/a%20b.md"),
        ("gitlab", f"/-/commit/{ID}", f"/-/blob/{ID}/b/a%20b.md", "/-/edit/{branch}/b/a%20b.md"),
        ("gitea", f"/commit/{ID}", f"/src/commit/{ID}/b/a%20b.md", "/_edit/{branch}/b/a%20b.md"),
        ("forgejo", f"/commit/{ID}", f"/src/commit/{ID}/b/a%20b.md", "/_edit/{branch}/b/a%20b.md"),
        ("bitbucket", f"/commits/{ID}", f"/src/{ID}/b/a%20b.md",
         "/src/{branch}/b/a%20b.md?mode=edit"),
    ],
)  # fmt: skip
def test_addresses_of_each_kind(kind: str, commit: str, file: str, edit: str) -> None:
    forge = replace(FORGES[kind], repo=REPO)
    assert forge.commit_url(ID) == REPO + commit
    assert forge.file_url(ID, "b/a b.md") == REPO + file
    assert forge.edit_url("b/a b.md") == REPO + edit


def test_every_kind_is_tried() -> None:
    assert set(FORGES) == {"github", "gitlab", "gitea", "forgejo", "bitbucket"}


@pytest.mark.parametrize(
    ("url", "name", "kind"),
    [
        ("https://github.com/a/b", "", "github"),
        ("https://gitlab.com/a/b", "GitLab", "gitlab"),
        ("https://gitlab.town.example/a/b", "", "gitlab"),
        ("https://codeberg.org/a/b", "", "forgejo"),
        ("https://bitbucket.org/a/b", "", "bitbucket"),
        ("https://git.example/a/b", "Gitea", "gitea"),
        ("https://git.example/github/b", "a/b", ""),
        ("https://mygithub.example/a/b", "", ""),
        ("", "", ""),
    ],
)
def test_kinds_by_address(url: str, name: str, kind: str) -> None:
    assert kind_of(url, name) == kind


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(Forge(repo=REPO), id="no patterns"),
        pytest.param(
            Forge(
                repo="javascript:x", commit="{repo}/{commit}", file="{repo}", edit="{repo}{path}"
            ),
            id="a scheme that runs",
        ),
        pytest.param(
            Forge(repo="git@git.example:a", commit="{repo}/{commit}", file="{repo}", edit="{repo}"),
            id="an address for git alone",
        ),
        pytest.param(
            Forge(repo="http://[", commit="{repo}/{commit}", file="{repo}", edit="{repo}"),
            id="no address at all",
        ),
    ],
)
def test_no_link_where_none_can_be(forge: Forge) -> None:
    assert [forge.commit_url(ID), forge.file_url(ID, "a.md"), forge.edit_url("a.md")] == [""] * 3


def test_what_is_not_known_gives_no_link() -> None:
    forge = replace(FORGES["github"], repo=REPO)
    assert forge.commit_url("") == forge.file_url("", "a.md") == forge.file_url(ID, "") == ""
    assert forge.commit_url("HEAD/../../x") == forge.edit_url("") == ""


def test_names_are_encoded_and_fill_nothing() -> None:
    forge = Forge(repo=REPO, file="{repo}/{commit}?f={path!q}&n={path_noext}", edit="{repo}/{path}")
    assert forge.edit_url('{commit}"<x>#?.md') == f"{REPO}/%7Bcommit%7D%22%3Cx%3E%23%3F.md"
    assert forge.file_url(ID, "a/b.md").endswith("?f=a%2Fb.md&n={path_noext}")
    edit = Forge(repo=REPO, edit="{repo}?f={path!q}&n={path_noext}&m={path_noext!q}")
    assert edit.edit_url("a/b.md") == f"{REPO}?f=a%2Fb.md&n=a/b&m=a%2Fb"
