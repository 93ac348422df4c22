"""The options of a site that decide what its records and pages are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .problem import Problem, Severity
from .rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options, checked. `mkdocs.yml` gives them to the plugin, and to `briefings check`."""

    permalink: str = "briefings/{year}/{slug}/"
    """Pattern of a briefing's address: {year}, {month}, {day}, {slug}, {topic}."""
    lang: str = "en"
    """Language of briefings that name none, BCP 47."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Severity by code, `*` for all; only codes that may be lowered are."""
    now: datetime | None = None
    """What is published after this moment is held back; None publishes everything."""
    drafts: bool = False
    """Keep drafts and future-dated briefings, marked: for `serve`."""
    related: int = 3
    """Most related briefings a page shows; 0 shows none."""
    page_size: int = 25
    """Briefings on one page of a long list."""
    passages: bool = True
    """Note which passages are in another language than their page; a check needs not."""
    terms: bool = True
    """Note the running text of briefings, in which terms of a glossary are explained; a check needs
    not, nor a site that has none."""
    rules: Rules = field(default_factory=Rules)
    """House rules; a `rules.yml` in the content folder goes before them."""
    faults: tuple[Problem, ...] = ()
    """What is wrong with `rules`, placed in the file that has them."""
