"""The interface in words: pure filters that templates use, and every word that is ours.

Templates hold no words of their own. They name a key of `WORDS`; Jinja looks a constant key up
once, when it compiles the template, so a page pays nothing for it, and another language is
another mapping. Dates are those of briefings: calendar days, printed without a locale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from ..viewing.words import MONTHS
from .charts import chart_html

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # The frame
        "skip": "Skip to content",
        "sections": "Sections",
        "breadcrumb": "Breadcrumb",
        "search": "Search",
        "dark": "Dark",
        "light": "Light",
        "theme": "theme",
        "privacy": "No cookies, no trackers, no third-party requests.",
        "privacy_visits": "When you were last here is kept in your browser only.",
        "text_licence": "Text is",
        "todays_briefings": "today’s briefings",
        # A briefing
        "by": "By",
        "and": "and",
        "edited_by": "Edited by",
        "edited_last": "Edited last",
        "published": "Published",
        "updated": "Updated",
        "corrected": "Corrected",
        "see_update": "See the update",
        "see_all": "See all",
        "also_in": "Also in",
        "at_a_glance": "At a glance",
        "details": "Details",
        "why": "Why it matters",
        "in_this_briefing": "In this briefing",
        "on_this_page": "On this page",
        "suggest": "Suggest a correction",
        "print": "Print",
        "comes_next": "What comes next",
        "sources": "Sources",
        "updates": "Updates",
        "updates_and_corrections": "Updates and corrections",
        "no_changes": "First version. No changes since.",
        "no_logged_since": "First version. No updates or corrections since.",
        "first_version": "First version.",
        "unsaid_update": "Text updated.",
        "see_change": "See the change",
        "all": "All",
        "newest_of": "The newest",
        "to_this_text": "to this text",
        "cite_this": "Cite this",
        "cite_this_version": "Cite this version",
        "copy": "Copy",
        "copied": "Copied.",
        "selected": "Selected: copy it from your keyboard or menu.",
        "for_managers": "For reference managers",
        "this_version": "This version in the repository",
        "update": "Update",
        "correction": "Correction",
        "topics": "Topics",
        "storylines": "Storylines",
        "in": "in",
        "archived_copy": "Archived copy",
        "cited": "Cited",
        "photo": "Picture:",
        "also_like": "You may also like",
        "cited_by": "Cited by",
        "all_citing": "Show all",
        "more_on": "More on",
        "earlier": "Earlier",
        "later": "Later",
        "source": "Source",
        # Where it stands
        "developing": "Developing",
        "settled": "Settled",
        "superseded": "Superseded",
        "archived": "Archived",
        "superseded_text": "This briefing has been superseded.",
        "read_instead": "Read instead:",
        "archived_text": "This briefing is kept for the record and is no longer updated.",
        "draft": "Draft",
        "draft_text": "A draft: only you see it. It is not published until that changes.",
        "scheduled": "Scheduled",
        "scheduled_text": "Held back until its date: only you see it.",
        "problems": "Problems to mend",
        "problems_text": "Only a preview shows this. Nothing is published while an error stands.",
        "unreadable": "This file could not be read",
        # A storyline
        "storyline": "Storyline",
        "part": "Part",
        "of": "of",
        "where_it_sits": "Where this sits in the story",
        "first_in_storyline": "First in a new storyline",
        "you_are_here": "You are here:",
        "expected": "expected",
        "since": "since",
        "full_timeline": "Full timeline",
        "previous": "Previous",
        "next": "Next",
        "all_storylines": "All storylines",
        "where_things_stand": "Where things stand",
        "checked": "Checked",
        "ahead": "Ahead",
        "jump": "Jump to",
        "show": "Show",
        "all_events": "All events",
        "turning_points": "Turning points",
        "turning_point": "Turning point",
        "latest_event": "Latest",
        "was_due": "Was due",
        "briefing": "Briefing",
        "briefing_is": "Briefing:",
        "source_is": "Source:",
        "read_in_order": "Read it in order",
        "no_events": "No events yet.",
        "no_storylines": "No storylines yet.",
        # Dates and calendars
        "dates_ahead_intro": "What our briefings and storylines expect, the soonest first.",
        "no_dates": "No fixed dates.",
        "passed": "Due, not yet confirmed",
        "passed_text": "These days have passed since the text was last checked. We have not yet "
        "written whether it happened.",
        "calendar": "Add to your calendar",
        "calendar_text": "Opened, this file adds the dates as they are now. Followed at its "
        "address, it brings new ones by itself:",
        "all_dates": "All dates",
        "storyline_is": "Storyline:",
        # Since the last visit; the script puts a number and a day for the braces
        "new": "New",
        "new_since": "{count} new since {day}",
        "closed": "Closed",
        # Topics, authors, lists
        "follow": "Follow by feed",
        "subtopics": "Subtopics",
        "state_of_play": "State of play",
        "instrument": "Instrument",
        "now": "Now",
        "holds": "Holds",
        "moves": "Changing",
        "waits": "Waiting",
        "start_here": "Start here",
        "in_all": "in all",
        "briefings": "Briefings",
        "related_topics": "Related topics",
        "contributors": "Who writes here",
        "nothing_here": "Nothing here yet.",
        "pages": "Pages",
        "by_subject": "By subject",
        "a_to_z": "A to Z",
        "latest": "Latest",
        "also_called": "Also:",
        "used_in": "Used in:",
        "interests": "Declared interests",
        "contact": "Contact",
        "all_changes": "All changes",
        "corrections_only": "Corrections",
        "no_logged_changes": "No updates or corrections yet.",
        # Editions and the front page
        "edition": "Edition",
        "read": "Read",
        "also_published": "Also published",
        "what_we_changed": "What we changed",
        "previous_edition": "Previous edition",
        "next_edition": "Next edition",
        "no_editions": "No editions yet.",
        "latest_briefing": "Latest briefing",
        "recently_changed": "Recently changed",
        "all_updates": "All updates",
        "all_briefings": "All briefings",
        "in_one_chart": "In one chart",
        "from_briefing": "From the briefing",
        "dates_ahead": "Dates ahead",
        "out_of_date": "See something out of date?",
        "propose": "Every briefing is a text file. Propose a change and an editor reviews it.",
        "how_to_contribute": "How to contribute",
        "no_briefings": "Nothing here yet. Propose the first briefing.",
        # Search
        "search_for": "Search the briefings",
        "search_hint": "Words from the text, a name, or “a phrase” in quotation marks.",
        "searching": "Searching…",
        "search_waiting": "The search index is being made. The search begins when it is there.",
        "search_none": "Nothing for “{query}”. Check the spelling or try a broader word.",
        "search_failed": "Search could not load. Try again, or browse by topic.",
        "search_no_script": "Search needs JavaScript. Without it, browse by topic or by date.",
        "try_again": "Try again",
        "narrow": "Narrow the results",
        "any": "Any",
        "order": "Order",
        "best_first": "Best first",
        "newest_first": "Newest first",
        "show_more": "Show more",
        "browse": "Browse by topic",
        "topic": "Topic",
        "author": "Author",
        "year": "Year",
        "language": "Language",
        "page": "Page",
        # Not found
        "not_found": "There is no page at this address.",
        "not_found_text": "It may have moved, or the address may be mistyped.",
        "newest": "The newest briefings",
    }
)

COUNTED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "briefing": ("briefing", "briefings"),
        "edited": ("briefing edited", "briefings edited"),
        "storyline": ("storyline", "storylines"),
        "event": ("event", "events"),
        "part": ("part", "parts"),
        "earlier_part": ("earlier part", "earlier parts"),
        "update": ("update", "updates"),
        "correction": ("correction", "corrections"),
        "edit": ("edit", "edits"),
        "other_briefing": ("other briefing", "other briefings"),
        "shared": ("briefing in common", "briefings in common"),
        "minute": ("minute", "minutes"),
        "result": ("result", "results"),
    }
)
"""Singular and plural of what is counted."""

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ar": "Arabic",
        "cs": "Czech",
        "da": "Danish",
        "de": "German",
        "el": "Greek",
        "en": "English",
        "es": "Spanish",
        "fa": "Persian",
        "fi": "Finnish",
        "fr": "French",
        "he": "Hebrew",
        "hi": "Hindi",
        "hu": "Hungarian",
        "id": "Indonesian",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "nl": "Dutch",
        "no": "Norwegian",
        "pl": "Polish",
        "pt": "Portuguese",
        "ro": "Romanian",
        "ru": "Russian",
        "sv": "Swedish",
        "th": "Thai",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "ur": "Urdu",
        "vi": "Vietnamese",
        "zh": "Chinese",
    }
)


def word(key: str) -> str:
    """The words of the interface for `key`.

    Raises:
        KeyError: If there is none: a fault of the template, found by its test.
    """
    return WORDS[key]


def day(value: date, precision: str = "day") -> str:
    """A date with as much of it as is known: `17 March 2026`, `March 2026` or `2026`."""
    if precision == "day":
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return month_year(value) if precision == "month" else str(value.year)


def time_of_day(moment: str) -> str:
    """The time of an ISO 8601 moment with its zone, to follow its day; empty for a bare day.

    >>> time_of_day("2026-03-17T09:30:00+02:00"), time_of_day("2026-03-17")
    (', 09:30 UTC+2', '')
    """
    if "T" not in moment:
        return ""
    at = datetime.fromisoformat(moment)
    offset = at.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    zone = f"{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else ""
    return f", {at:%H:%M} UTC{zone.replace('-', '−')}"


def day_month(value: date, precision: str = "day") -> str:
    """A date where its year is said elsewhere: `17 March`, `March` or `2026`."""
    if precision == "year":
        return str(value.year)
    month = MONTHS[value.month - 1]
    return f"{value.day} {month}" if precision == "day" else month


def iso(value: date, precision: str = "day") -> str:
    """For `datetime`: `2026-03-17`, `2026-03` or `2026`, four digits of the year in any case."""
    return value.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def short_day(value: date) -> str:
    """`17 Mar`, for lists whose year is said elsewhere."""
    return f"{value.day} {short_month(value)}"


def short_date(value: date) -> str:
    """`17 Mar 2026`, for narrow columns."""
    return f"{value.day} {short_month(value)} {value.year}"


def short_month(value: date) -> str:
    """`Mar`: three letters for every month, `Sep` too."""
    return MONTHS[value.month - 1][:3]


def month_year(value: date) -> str:
    """`March 2026`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def minutes_text(minutes: int) -> str:
    """`3 min read`."""
    return f"{minutes} min read"


def minutes_short(minutes: int) -> str:
    """`3 min`, for cards."""
    return f"{minutes} min"


def plural(number: int, key: str) -> str:
    """A number and what is counted: `1 briefing`, `2,076 briefings`; `key` is of `COUNTED`."""
    one, many = COUNTED[key]
    return f"{number:,} {one if number == 1 else many}"


def language(tag: str) -> str:
    """The name of a BCP 47 language by its first subtag; the tag itself when it is not known."""
    return LANGUAGES.get(tag.partition("-")[0].lower(), tag)


@cache
def og_locale(tag: str) -> str:
    """A BCP 47 tag as Open Graph has it: `en` is `en_US`, `zh-Hant` is `zh_TW`.

    The territory is the likeliest where none is written; a language without one stands alone.
    """
    # Imported here: a command that shows no page does not pay for it.
    from babel.core import get_global

    first, *rest = tag.replace("_", "-").split("-")
    code = first.lower()
    script = next((part.title() for part in rest if len(part) == 4), "")
    territory = next((part.upper() for part in rest if len(part) == 2), "")
    likely = get_global("likely_subtags")
    for name in (f"{code}_{script}", code):
        territory = territory or str(likely.get(name, "")).rpartition("_")[2]
    # Esperanto is the world's: its territory is a number, which is none here.
    return f"{code}_{territory}" if len(territory) == 2 else code


def letter(number: int) -> str:
    """The label of a source's backreference: 1 is `a`, 26 is `z`, 27 is `aa`."""
    label = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        label = chr(ord("a") + rest) + label
    return label


FILTERS: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {
        "chart": chart_html,
        "day": day,
        "day_month": day_month,
        "iso": iso,
        "language": language,
        "letter": letter,
        "minutes_short": minutes_short,
        "minutes_text": minutes_text,
        "month_year": month_year,
        "og_locale": og_locale,
        "plural": plural,
        "short_date": short_date,
        "short_day": short_day,
        "short_month": short_month,
        "time_of_day": time_of_day,
        "word": word,
    }
)
"""By the name under which templates use them; none is a name that Jinja or MkDocs has."""
