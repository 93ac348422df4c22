"""The plugin's options in `mkdocs.yml`, checked as MkDocs checks its own."""

from __future__ import annotations

import os
import string
from datetime import UTC, datetime
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as option

from .catalog.codes import CODES
from .catalog.problem import Severity
from .catalog.settings import Settings


class Permalink(option.Type[str]):
    """A pattern of known fields that keeps every briefing apart."""

    FIELDS = frozenset({"year", "month", "day", "slug", "topic"})

    def __init__(self, default: str) -> None:
        super().__init__(str, default=default)

    def run_validation(self, value: object) -> str:
        pattern = super().run_validation(value)
        try:
            fields = {name for _, name, _, _ in string.Formatter().parse(pattern) if name}
        except ValueError as error:
            raise base.ValidationError(f"'{pattern}' is not a pattern: {error}") from error
        if unknown := sorted(fields - self.FIELDS):
            raise base.ValidationError(
                f"unknown field {{{unknown[0]}}}; known are {', '.join(sorted(self.FIELDS))}"
            )
        if "slug" not in fields:
            raise base.ValidationError("a permalink must hold {slug}: it keeps briefings apart")
        if pattern.startswith("/") or ".." in pattern or "//" in pattern or "?" in pattern:
            raise base.ValidationError(f"'{pattern}' must be a plain path inside the site")
        return pattern


class SeverityMap(option.Type[dict[str, str]]):
    """Codes, or `*` for all, with `error` or `warning`."""

    def __init__(self) -> None:
        super().__init__(dict, default={})

    def run_validation(self, value: object) -> dict[str, str]:
        found = super().run_validation(value)
        for code, severity in found.items():
            if code != "*" and code not in CODES:
                raise base.ValidationError(f"unknown code '{code}'; CONTRIBUTING.md lists them")
            if severity not in {"error", "warning"}:
                raise base.ValidationError(f"{code}: '{severity}' is neither error nor warning")
        return found


class BriefingsConfig(base.Config):
    """Options of `plugins: [{briefings: {…}}]`."""

    enabled = option.Type(bool, default=True)
    """False leaves the folder to MkDocs, as if the plugin were absent."""
    permalink = Permalink("briefings/{year}/{slug}/")
    """Address of a briefing: {year}, {month}, {day}, {slug}, {topic}."""
    lang = option.Type(str, default="en")
    """BCP 47 tag of the site and of briefings that name none."""
    severity = SeverityMap()
    """Errors that open no door and lose no text can be lowered: `{bad-link: warning}`."""
    related = option.Type(int, default=3)
    """Most related briefings a page shows; 0 shows none."""
    page_size = option.Type(int, default=50)
    """Briefings on one page of a long list."""
    lead_topics = option.ListOfItems(option.Type(str), default=[])
    """Keys of the topics in the section bar; else the first five top topics."""
    licence = option.Type(str, default="")
    """Licence of the text, as the footer shows it."""
    licence_url = option.Type(str, default="")

    def settings(self, *, drafts: bool) -> Settings:
        """The options as the core takes them.

        `drafts` keeps drafts and future-dated briefings, marked, for a serving build.
        """
        return Settings(
            permalink=self.permalink,
            lang=self.lang,
            severity={code: Severity(word) for code, word in self.severity.items()},
            now=clock(),
            drafts=drafts,
            related=max(0, self.related),
            page_size=max(1, self.page_size),
        )


def clock(environment: Any = os.environ) -> datetime:
    """The moment of the build: `SOURCE_DATE_EPOCH` when it is set, else now; in UTC."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
