"""The editor in the browser: where it is published, what it is told, and when there is none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from mkdocs_briefings.host.admin import DIGEST, PACKAGE, VERSION, digest, published

from ..conftest import ROOT
from ..making import NOW, MakeSite, Site, build_in_process, differing, environment
from ..sites.specimen import SPECIMEN

PINNED = ROOT / "tools" / "admin"
HUB = "https://github.com/ada/daily"


@pytest.fixture(scope="module")
def cms() -> str:
    folder = PINNED / "node_modules" / PACKAGE
    if not (folder / "npm").is_dir():
        pytest.skip("no editor: run `make admin`")
    return str(folder)


@pytest.fixture
def specimen(site: MakeSite) -> Site:
    return site(SPECIMEN)


def config_of(files: dict[str, bytes]) -> Any:
    return yaml.safe_load(files["admin/config.yml"])


def test_the_version_is_the_one_that_is_pinned() -> None:
    asked = json.loads((PINNED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert asked == {PACKAGE: VERSION}


def test_the_digest_is_that_of_the_pinned_version(cms: str) -> None:
    assert digest(published(Path(cms))) == DIGEST


def test_it_is_off_by_default(specimen: Site) -> None:
    built = specimen.build()
    assert built.exit_code == 0, built.log
    assert not [name for name in built.files if name.startswith("admin")]


def test_it_is_published_and_stays_apart(specimen: Site, cms: str) -> None:
    plugin = {"admin": {"package": cms}, "cards": False}
    built = specimen.build(plugin=plugin, repo_url=HUB)
    assert built.exit_code == 0, built.log
    page = built.text("admin/index.html")
    assert '<meta name="robots" content="noindex, nofollow">' in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    hosts = set(re.findall(r"https?://[^ ;&]*", policy[1]))
    assert hosts == {"https://api.github.com", "https://avatars.githubusercontent.com"}
    assert "script-src &#x27;self&#x27;;" in policy[1]
    assert "unsafe-eval" not in policy[1]
    brought = {n.removeprefix("admin/cms/"): d for n, d in built.files.items() if "/cms/" in n}
    licence = brought.pop("LICENSE.txt")
    assert b"MIT" in licence
    assert digest(brought) == DIGEST
    others = {n: d for n, d in built.files.items() if not n.startswith("admin/")}
    told = [n for n, d in others.items() if b"admin/" in d]
    assert told == [], "no page, feed or sitemap leads there"
    # The rest of the site knows nothing of it, and both ways of building give the same.
    without = specimen.build(plugin={"cards": False}, repo_url=HUB)
    assert differing(without.files, others) == []
    host = specimen.run("mkdocs", "build", plugin=plugin, repo_url=HUB)
    admin = {n: d for n, d in host.files.items() if n.startswith("admin/")}
    assert differing(admin, {n: d for n, d in built.files.items() if n.startswith("admin/")}) == []


def test_what_it_is_told_is_what_it_takes(specimen: Site, cms: str) -> None:
    """Against the schema that the editor brings along."""
    built = specimen.build(plugin={"admin": {"package": cms}, "cards": False}, repo_url=HUB)
    config = config_of(dict(built.files))
    schema = json.loads((Path(cms) / "schema/sveltia-cms.json").read_text(encoding="utf-8"))
    errors = [
        f"{e.json_path}: {e.message}"[:300] for e in Draft7Validator(schema).iter_errors(config)
    ]
    assert errors == []
    assert [c["name"] for c in config["collections"]] == [
        *("briefings", "editions", "pages", "front", "registries")
    ]
    fields = {field["name"]: field for field in config["collections"][0]["fields"]}
    assert "topics" in fields
    assert fields["topics"]["max"] == 8
    assert {option["value"] for option in fields["topics"]["options"]}
    assert fields["body"]["modes"] == ["raw"]


@pytest.mark.parametrize(
    ("repo", "admin", "wanted"),
    [
        (
            HUB,
            {},
            {
                "backend": {
                    "name": "github",
                    "repo": "ada/daily",
                    "branch": "main",
                    "open_authoring": True,
                    "auth_scope": "public_repo",
                },
                "publish_mode": "editorial_workflow",
            },
        ),
        (
            f"{HUB}.git/",
            {"branch": "next", "auth_url": "https://auth.example"},
            {
                "backend": {
                    "name": "github",
                    "repo": "ada/daily",
                    "branch": "next",
                    "open_authoring": True,
                    "auth_scope": "public_repo",
                    "base_url": "https://auth.example",
                },
            },
        ),
        (
            "https://gitlab.example/press/team/daily",
            {"app_id": "abc"},
            {
                "backend": {
                    "name": "gitlab",
                    "repo": "press/team/daily",
                    "branch": "main",
                    "base_url": "https://gitlab.example",
                    "api_root": "https://gitlab.example/api/v4",
                    "auth_type": "pkce",
                    "app_id": "abc",
                },
                "publish_mode": "editorial_workflow",
            },
        ),
        (
            "https://git.example/ada/daily",
            {"backend": "forgejo"},
            {
                "backend": {
                    "name": "gitea",
                    "repo": "ada/daily",
                    "branch": "main",
                    "base_url": "https://git.example",
                    "api_root": "https://git.example/api/v1",
                },
                "publish_mode": None,
            },
        ),
    ],
    ids=["GitHub", "GitHub, signing in elsewhere", "GitLab", "Forgejo"],
)
def test_the_forge_is_that_of_the_repository(
    specimen: Site, cms: str, repo: str, admin: dict[str, str], wanted: dict[str, Any]
) -> None:
    plugin = {"admin": {"package": cms, **admin}, "cards": False}
    built = specimen.build(plugin=plugin, repo_url=repo)
    assert built.exit_code == 0, built.log
    config = config_of(dict(built.files))
    for key, value in wanted.items():
        assert config.get(key) == value
    origin = config["backend"].get("api_root", "https://api.github.com").split("/api/")[0]
    assert f"connect-src &#x27;self&#x27; blob: data: {origin};" in built.text("admin/index.html")


@pytest.mark.parametrize(
    ("admin", "repo", "said"),
    [
        (True, HUB, f"install it: npm install --ignore-scripts {PACKAGE}@{VERSION}"),
        ({"backend": "test-repo", "package": "other"}, None, f"is not {PACKAGE} {VERSION}"),
        ({"package": "other"}, None, "set `repo_url` to a repository on GitHub"),
        ({"package": "other"}, "https://git.example/x/y", "and `backend` where its address"),
        ({"package": "other"}, "https://github.com/ada", "must be the address of a repository"),
        ({"bakend": "github"}, HUB, "there is no 'bakend'; did you mean 'backend'?"),
        ({"branch": 1}, HUB, "branch: a branch is wanted"),
        ("yes", HUB, "admin"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_published(
    specimen: Site, admin: Any, repo: str | None, said: str
) -> None:
    other = specimen.root / "other" / "npm"
    other.mkdir(parents=True)
    (other / "index.js").write_text("export const init = () => {};\n")
    built = specimen.run("briefings", "build", plugin={"admin": admin}, repo_url=repo)
    assert built.exit_code != 0
    assert said in " ".join(built.log.split())
    assert built.files == {}


def test_its_address_is_kept(specimen: Site) -> None:
    specimen.write("-- briefings/pages/admin.md --\n---\ntitle: Admin\n---\nText.\n")
    assert "duplicate-permalink" in specimen.build().codes


def test_a_name_of_the_site_is_escaped(specimen: Site, cms: str) -> None:
    plugin = {"admin": {"backend": "test-repo", "package": cms}, "cards": False}
    built = specimen.build(plugin=plugin, site_name='"><script>alert(1)</script>')
    page = built.text("admin/index.html")
    assert "<script>alert" not in page
    assert page.count("<script") == 1


def test_a_serving_build_has_it_too(specimen: Site, cms: str) -> None:
    plugin = {"admin": {"backend": "test-repo", "package": cms}, "cards": False}
    path = specimen.configure({}, plugin)
    with environment(SOURCE_DATE_EPOCH=str(NOW)):
        assert build_in_process(path, strict=False, command="serve") == 0
    assert (specimen.output / "admin/cms/index.js").is_file()
