"""The editor in the browser at `admin/`: Sveltia CMS from npm, served from the site itself.

Off by default. The package is not part of ours: whoever wants the editor installs it beside
`mkdocs.yml`, in the one version whose files are known here by their hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from mkdocs.config.defaults import MkDocsConfig

from ..catalog.catalog import Catalog
from ..catalog.forges import kind_of
from ..reading import options as checks
from .repository import docs_folder

FOLDER = "admin/"
PACKAGE, VERSION = "@sveltia/cms", "0.221.1"
DIGEST = "30ef4b3432187174b8eb1f9289d2b94c0d2de35c976b90bf02560bc862f608b9"
"""SHA-256 of the files that are published, as `digest` has it."""
_PARTS = ("index.js", "chunks/*.js", "assets/*")

# The editor puts styles on its elements, shows pictures that it has made, and speaks to the forge;
# fonts and version notices of other hosts that it asks for are refused. `frame-ancestors` does not
# work from within a page: see the guide.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:{images}; font-src 'self'; media-src blob:; "
    "worker-src 'self' blob:; connect-src 'self' blob: data:{forge}; "
    "manifest-src 'self' blob: data:; base-uri 'none'; form-action 'none'"
)
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="../assets/icon.svg" type="image/svg+xml">
<link rel="cms-config-url" type="text/yaml" href="config.yml">
<script type="module" src="start.js"></script>
</head>
<body>
<noscript>The editor needs JavaScript. Each text is a file, too, for any other editor.</noscript>
</body>
</html>
"""
_START = 'import { init } from "./cms/index.js";\n\ninit();\n'
_HOSTS: Mapping[str, tuple[str, str]] = {
    "github": ("https://api.github.com", "https://avatars.githubusercontent.com"),
    "gitlab": ("{origin}", "{origin} https://secure.gravatar.com"),
    "gitea": ("{origin}", "{origin}"),
    "test-repo": ("", ""),
}
"""By backend: where the editor may connect to, and where faces of writers come from."""


class _Plain(yaml.CSafeDumper):
    """Writes what is there twice twice: the editor's reader knows no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class AdminError(Exception):
    """Why there can be no editor: what to change."""


def fault(config: MkDocsConfig, given: Any) -> str:
    """Why the editor that the options ask for cannot be; empty when it can, or none is wanted."""
    options = checks.admin(given)
    if options is None:
        return ""
    try:
        _backend(config, options)
        _package(config, options)
    except AdminError as error:
        return f"admin: {error}"
    return ""


def admin_files(config: MkDocsConfig, given: Any, catalog: Catalog) -> dict[str, str | bytes]:
    """The files of the editor by output path; none where it is not wanted.

    Raises:
        AdminError: As `fault` tells.
    """
    options = checks.admin(given)
    if options is None:
        return {}
    backend = _backend(config, options)
    kind = str(backend["name"])
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(config.repo_url or ""))
    forge, images = (f" {hosts.format(origin=origin)}" if hosts else "" for hosts in _HOSTS[kind])
    policy = _POLICY.format(forge=forge, images=images)
    page = _PAGE.format(policy=escape(policy), title=escape(config.site_name))
    files: dict[str, str | bytes] = {
        "index.html": page,
        "start.js": _START,
        "config.yml": yaml.dump(
            settings(config, backend, catalog), Dumper=_Plain, allow_unicode=True, sort_keys=False
        ),
        **{f"cms/{name}": data for name, data in _package(config, options).items()},
    }
    return {f"{FOLDER}{name}": content for name, content in files.items()}


def settings(config: MkDocsConfig, backend: Mapping[str, Any], catalog: Catalog) -> dict[str, Any]:
    """What the editor is told, as its `config.yml` has it."""
    # Imported here: it brings along what only a site with the editor needs.
    from ..reading.forms import Choices, collections

    folder = (docs_folder(config) or "").rstrip("/")
    known = Choices(
        topics={key: topic.title for key, topic in catalog.topics.items()},
        authors={key: author.name for key, author in catalog.authors.items()},
        storylines={key: line.title for key, line in catalog.storylines.items()},
    )
    content = Path(config.docs_dir)
    entries = {
        name: tuple(_keys(content / f"{name}.yml"))
        for name in ("topics", "authors", "storylines", "glossary")
    }
    reviewed = backend["name"] in ("github", "gitlab")
    return {
        "backend": dict(backend),
        **({"publish_mode": "editorial_workflow"} if reviewed else {}),
        **({"site_url": config.site_url} if config.site_url else {}),
        "app_title": config.site_name,
        "media_folder": folder,
        "public_folder": "/",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        # A key without a value, or a part of one, is no front matter.
        "output": {"omit_empty_optional_fields": True},
        "collections": collections(folder, known, entries),
    }


def _keys(path: Path) -> list[str]:
    """Keys at the top of a registry that was read without fault."""
    if not path.is_file():
        return []
    found = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)
    return list(found) if isinstance(found, dict) else []


def _backend(config: MkDocsConfig, options: Mapping[str, str]) -> dict[str, Any]:
    """Where texts are kept, and how a writer signs in."""
    repo = urlsplit((config.repo_url or "").rstrip("/"))
    kind = options.get("backend") or kind_of(config.repo_url or "", config.repo_name or "")
    kind = "gitea" if kind == "forgejo" else kind
    if kind == "test-repo":
        return {"name": kind}
    if kind not in _HOSTS:
        raise AdminError(
            "set `repo_url` to a repository on GitHub, GitLab, Gitea or Forgejo, and `backend` "
            "where its address does not tell which; or try the editor with `backend: test-repo`"
        )
    path = repo.path.strip("/").removesuffix(".git")
    if not repo.netloc or path.count("/") < 1:
        raise AdminError("`repo_url` must be the address of a repository")
    if docs_folder(config) is None:
        raise AdminError("the content folder must lie beside mkdocs.yml")
    origin = f"{repo.scheme}://{repo.netloc}"
    found: dict[str, Any] = {"name": kind, "repo": path, "branch": options.get("branch", "main")}
    if kind == "github":
        # Who may not write to the repository proposes changes from a copy of it.
        found |= {"open_authoring": True, "auth_scope": "public_repo"}
        if "auth_url" in options:
            found["base_url"] = options["auth_url"]
    else:
        found |= {"base_url": options.get("auth_url", origin), "api_root": f"{origin}/api/v4"}
        if kind == "gitea":
            found["api_root"] = f"{origin}/api/v1"
        if "app_id" in options:
            found |= {"auth_type": "pkce", "app_id": options["app_id"]}
    return found


def _package(config: MkDocsConfig, options: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the package that are published, by path below it."""
    folder = _folder(config, options)
    files = published(folder)
    install = f"npm install --ignore-scripts {PACKAGE}@{VERSION}"
    if not files:
        raise AdminError(f"{folder} is not there; install it: {install}")
    if digest(files) != DIGEST:
        raise AdminError(f"{folder} is not {PACKAGE} {VERSION} as published; {install}")
    licence = folder / "LICENSE.txt"
    return {**files, "LICENSE.txt": licence.read_bytes()} if licence.is_file() else files


def _folder(config: MkDocsConfig, options: Mapping[str, str]) -> Path:
    project = Path(config.config_file_path or "mkdocs.yml").absolute().parent
    return project / options.get("package", f"node_modules/{PACKAGE}")


def package_folders(config: MkDocsConfig, given: Any) -> tuple[str, ...]:
    """The folder that the editor is taken from, if there is to be one."""
    options = checks.admin(given)
    return () if options is None else (str(_folder(config, options)),)


def published(folder: Path) -> dict[str, bytes]:
    """What of a package of the editor is published: all that its page may load, by path."""
    built = folder / "npm"
    return {
        path.relative_to(built).as_posix(): path.read_bytes()
        for part in _PARTS
        for path in sorted(built.glob(part))
        if path.suffix != ".map" and path.is_file() and not path.is_symlink()
    }


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 of names and contents, in the order of names."""
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return whole.hexdigest()
