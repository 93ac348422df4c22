"""The plugin's options in `mkdocs.yml`, checked as MkDocs checks its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as option

from .catalog.settings import Settings
from .reading import options


class Checked(option.Type[Any]):
    """An option that the core checks, so that `briefings check` says the same without MkDocs."""

    def __init__(
        self, kind: type | tuple[type, ...], check: Callable[[Any], object], default: object
    ) -> None:
        super().__init__(kind, default=default)
        self.check = check

    def run_validation(self, value: object) -> Any:
        found = super().run_validation(value)
        try:
            self.check(found)
        except options.OptionError as error:
            raise base.ValidationError(str(error)) from error
        return found


class BriefingsConfig(base.Config):
    """Options of `plugins: [{briefings: {…}}]`."""

    enabled = option.Type(bool, default=True)
    """False leaves the folder to MkDocs, as if the plugin were absent."""
    permalink = Checked(str, options.permalink, Settings().permalink)
    """Address of a briefing: {year}, {month}, {day}, {slug}, {topic}."""
    lang = Checked((str, bool), options.lang, "en")
    """BCP 47 tag of the site and of briefings that name none."""
    severity = Checked(dict, options.severity, {})
    """Errors that open no door and lose no text can be lowered: `{bad-link: warning}`."""
    rules = option.Optional(option.Type(object))
    """House rules, as in `rules.yml`; what is wrong with them is told with the other problems."""
    related = option.Type(int, default=3)
    """Most related briefings a page shows; 0 shows none."""
    page_size = option.Type(int, default=25)
    """Briefings on one page of a long list."""
    lead_topics = option.ListOfItems(option.Type(str), default=[])
    """Keys of the topics in the section bar; else the first five top topics."""
    cards = option.Type(bool, default=True)
    """Draw a picture for each briefing that goes with a shared link; needs `site_url`."""
    cache = option.Type(bool, default=True)
    """Whether a build takes over what has not changed from the one before."""
    fast_markdown = option.Type(bool, default=True)
    """Whether plain texts are made into HTML without the Markdown parser, to the same result."""
    search = option.Type(bool, default=True)
    """Whether readers can search; the index is made with the site."""
    licence = option.Type(str, default="")
    """Licence of the text, as the footer shows it."""
    licence_url = option.Type(str, default="")

    history = Checked((bool, str), options.history, "auto")
    """Whether pages show the commits of their file: true, false, or `auto` for where git has them.
    """
    forge = Checked((str, dict), options.forge, "")
    """Kind of the forge at `repo_url`, or patterns: `{commit: "{repo}/c/{commit}", file: …}`."""
    admin = Checked((bool, dict), options.admin, False)
    """An editor in the browser at `admin/`: true, or `{backend: …, branch: …, package: …}`."""

    def settings(self, folder: Path, *, drafts: bool) -> Settings:
        """The options as the core takes them.

        `folder` is the content folder. `drafts` keeps drafts and future-dated briefings, marked,
        for a serving build.
        """
        config = Path(self.config_file_path) if self.config_file_path else None
        rules, faults = options.house_rules(self.rules, config, folder)
        return Settings(
            rules=rules,
            faults=faults,
            permalink=self.permalink,
            lang=self.lang,
            severity=options.severity(self.severity),
            now=options.clock(),
            drafts=drafts,
            related=max(0, self.related),
            page_size=max(1, self.page_size),
            terms=(folder / "glossary.yml").exists(),
        )
