"""The options of a site, for commands that run without MkDocs: read from its `mkdocs.yml`."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from ..catalog.codes import CODES
from ..catalog.forges import FORGES
from ..catalog.languages import TAG
from ..catalog.problem import Problem, Severity
from ..catalog.rules import Rules
from ..catalog.settings import Settings
from . import hints

_FIELDS = frozenset({"year", "month", "day", "slug", "topic"})
CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")


class OptionError(Exception):
    """An option that cannot be meant: misuse, with a message for the user."""


def settings_for(folder: Path, *, now: datetime | None = None, drafts: bool = False) -> Settings:
    """The settings of the site whose content folder is `folder`; the usual ones without a site.

    Raises:
        OptionError: If `mkdocs.yml` is not YAML, or an option has no meaning.
    """
    path = find_config(folder)
    options = plugin_options(path) if path else {}
    rules, faults = house_rules(options.get("rules"), path, folder)
    try:
        return Settings(
            rules=rules,
            faults=faults,
            permalink=permalink(options.get("permalink")),
            lang=lang(options.get("lang")),
            severity=severity(options.get("severity")),
            now=now,
            drafts=drafts,
            related=max(0, _number(options, "related", 3)),
            page_size=max(1, _number(options, "page_size", 25)),
        )
    except OptionError as error:
        raise OptionError(f"{path}: {error}") from None


def house_rules(given: Any, config: Path | None, folder: Path) -> tuple[Rules, tuple[Problem, ...]]:
    """The house rules among the options, and what is wrong with them: see `rules_in_options`."""
    if given is None:
        return Rules(), ()
    # Imported where there are rules to read.
    from .rules import rules_in_options

    return rules_in_options(given, config, folder)


def find_config(folder: Path) -> Path | None:
    """The nearest `mkdocs.yml` above `folder` that publishes it, or None."""
    folder = folder.resolve()
    for parent in folder.parents:
        for name in CONFIG_NAMES:
            path = parent / name
            if path.is_file():
                docs = _load(path).get("docs_dir", "docs")
                if isinstance(docs, str) and (parent / docs).resolve() == folder:
                    return path
    return None


def plugin_options(path: Path) -> Mapping[str, Any]:
    """The options of the plugin `briefings` in a `mkdocs.yml`; empty when it has none."""
    plugins = _load(path).get("plugins")
    if isinstance(plugins, dict):
        plugins = [plugins]
    for entry in plugins if isinstance(plugins, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("briefings"), dict):
            options: Mapping[str, Any] = entry["briefings"]
            return options
        if isinstance(entry, dict) and entry.get("briefings") is not None:
            raise OptionError(f"{path}: plugins: the options of 'briefings' are no mapping")
    return {}


def docs_dir(project: Path) -> str:
    """The content folder of a project: what its `mkdocs.yml` says, else `briefings`.

    Raises:
        OptionError: If `mkdocs.yml` is not YAML.
    """
    for name in CONFIG_NAMES:
        if (project / name).is_file():
            found = _load(project / name).get("docs_dir", "docs")
            return found if isinstance(found, str) else "docs"
    return "briefings"


def clock(given: str | None = None, environment: Mapping[str, str] = os.environ) -> datetime:
    """The moment from which on briefings are in the future: as given, else `SOURCE_DATE_EPOCH`,
    else now.

    Raises:
        OptionError: If one of them is no moment.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        if given is not None:
            moment = datetime.fromisoformat(given)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        name, value = ("--now", given) if given is not None else ("SOURCE_DATE_EPOCH", epoch)
        raise OptionError(f"{name}: '{value}' is no moment") from None


class _Loader(yaml.CSafeLoader):
    """Tags such as `!ENV` or `!!python/name:` are not followed: their values are None."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _load(path: Path) -> Mapping[str, Any]:
    try:
        found = yaml.load(path.read_bytes(), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise OptionError(f"{path}{line} is not YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise OptionError(f"{path} is not YAML: {error}") from None
    if found is not None and not isinstance(found, dict):
        raise OptionError(f"{path} holds no options: keys with values are wanted")
    return found or {}


def permalink(pattern: Any) -> str:
    """A pattern of known fields that keeps every briefing apart; None is the usual one.

    Raises:
        OptionError: If it is none.
    """
    if pattern is None:
        return Settings().permalink
    if not isinstance(pattern, str):
        raise OptionError("permalink: a pattern such as 'briefings/{year}/{slug}/' is wanted")
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError as error:
        raise OptionError(f"permalink: '{pattern}' is not a pattern: {error}") from None
    if unknown := sorted(fields - _FIELDS):
        known = ", ".join(sorted(_FIELDS))
        raise OptionError(f"permalink: unknown field {{{unknown[0]}}}; known are {known}")
    if "slug" not in fields:
        raise OptionError("permalink: it must hold {slug}, which keeps briefings apart")
    if pattern.startswith("/") or re.search(r"\.\.|//|[?#\\:!]", pattern):
        raise OptionError(f"permalink: '{pattern}' must be a plain path inside the site")
    return pattern


def lang(given: Any) -> str:
    """The tag of a site's language; None is English.

    Raises:
        OptionError: If it is no tag.
    """
    if given is None:
        return Settings().lang
    if isinstance(given, bool):
        raise OptionError("lang: YAML takes this word for a truth; put it in quotes: 'no'")
    if not isinstance(given, str) or not TAG.fullmatch(given):
        raise OptionError(f"lang: '{given}' is not a language tag: write 'en', 'es' or 'pt-BR'")
    return given


def severity(given: Any) -> Mapping[str, Severity]:
    """Codes, or `*` for all, with the severity a site gives them.

    Raises:
        OptionError: If a code is not known or cannot be lowered, or the word is no severity.
    """
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise OptionError("severity: codes with `error` or `warning` are wanted")
    found = {}
    for code, word in given.items():
        if code != "*" and code not in CODES:
            near = hints.meant(str(code), CODES, "CONTRIBUTING.md lists them")
            raise OptionError(f"severity: there is no code '{code}'; {near}")
        if word not in ("error", "warning"):
            raise OptionError(f"severity: {code}: '{word}' is neither error nor warning")
        if word == "warning" and code != "*" and CODES[code].firm:
            raise OptionError(f"severity: {code} cannot be lowered: {CODES[code].meaning}")
        found[str(code)] = Severity(word)
    return found


def history(given: Any) -> bool | None:
    """Whether the pages tell their history: yes, no, or None for where there is one.

    Raises:
        OptionError: If it is none of the three.
    """
    if given is None or given == "auto":
        return None
    if not isinstance(given, bool):
        raise OptionError("history: `true`, `false` or `auto` is wanted")
    return given


def forge(given: Any) -> str | Mapping[str, str]:
    """The kind of forge, or the patterns of its addresses; empty to go by `repo_url`.

    Raises:
        OptionError: If the kind is not known, or a pattern lacks what it is for.
    """
    if given is None or given == "":
        return ""
    known = ", ".join(sorted(FORGES))
    if isinstance(given, str):
        if given not in FORGES:
            raise OptionError(f"forge: '{given}' is not known; known are {known}")
        return given
    if not isinstance(given, dict):
        raise OptionError(f"forge: one of {known}, or patterns for `commit` and `file` are wanted")
    for name, pattern in given.items():
        wanted = {"commit": ["{commit}"], "file": ["{commit}", "{path}"]}.get(str(name))
        if wanted is None:
            raise OptionError(f"forge: there is no '{name}'; `commit` and `file` have patterns")
        for part in wanted:
            if not isinstance(pattern, str) or part not in pattern:
                raise OptionError(f"forge: {name}: a pattern with {part} in it is wanted")
    return given


_ADMIN = {
    "backend": "`github`, `gitlab`, `gitea`, `forgejo` or `test-repo`",
    "branch": "a branch",
    "package": "a folder",
    "auth_url": "an address",
    "app_id": "the id of an application",
}


def admin(given: Any) -> Mapping[str, str] | None:
    """How the editor in the browser is set up; None for a site without one.

    Raises:
        OptionError: If an option is not known, or is no text.
    """
    if given is None or given is False:
        return None
    if given is True:
        return {}
    if not isinstance(given, dict):
        raise OptionError("admin: `true`, `false` or options of the editor are wanted")
    for name, value in given.items():
        if name not in _ADMIN:
            near = hints.meant(str(name), _ADMIN, f"known are {', '.join(_ADMIN)}")
            raise OptionError(f"admin: there is no '{name}'; {near}")
        if not isinstance(value, str) or not value:
            raise OptionError(f"admin: {name}: {_ADMIN[name]} is wanted")
    return given


def _number(options: Mapping[str, Any], name: str, default: int) -> int:
    value = options.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool):
        raise OptionError(f"{name}: a whole number is wanted")
    return value


def site_options(path: Path | None) -> Mapping[str, Any]:
    """Everything in a `mkdocs.yml`, as data; nothing for None.

    Raises:
        OptionError: If it is not YAML.
    """
    return _load(path) if path else {}
