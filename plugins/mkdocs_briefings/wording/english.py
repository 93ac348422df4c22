"""Every word of the interface, in English, beside the key by which code and templates name it.

This is the one place to add a word. The comment above a group says where its words stand, a comment
behind a word what a translator must know of that one; both reach the catalogs with
`tools/messages.py`, which also says what is not yet translated. `{name}` is filled in when the word
is shown. A phrase is one word here, however long: no template puts a sentence together from parts,
since other languages order them otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Signs
        "comma": ",",  # Between two things on one line; a space follows it.
        "letters": "abcdefghijklmnopqrstuvwxyz",  # Number the places that cite a source: a, b, c.
        # The frame of every page
        "skip": "Skip to content",
        "sections": "Sections",  # Name of the bar under the masthead, for screen readers.
        "breadcrumb": "Breadcrumb",  # Name of the way back to the front page, for screen readers.
        "search": "Search",
        "dark": "Dark",  # Button that makes the page dark.
        "light": "Light",  # Button that makes the page light.
        "dark_theme": "Dark theme",  # The same button for screen readers; holds its word.
        "light_theme": "Light theme",
        "privacy": "No cookies, no trackers, no third-party requests.",
        "privacy_visits": "When you were last here is kept in your browser only.",
        "text_licence": "Text is {licence}.",  # In the footer: “Text is CC BY 4.0.”
        # Names of pages, in the section bar, the footer, breadcrumbs and as their headings
        "today": "Today",  # The front page.
        "storylines": "Storylines",
        "editions": "Editions",
        "all_topics": "All topics",
        "contribute": "Contribute",
        "who_writes": "Who writes",  # The list of all authors.
        "updates_and_corrections": "Updates and corrections",
        "corrections": "Corrections",
        "glossary": "Glossary",
        "archive": "Archive",
        "not_found_title": "Page not found",
        # Columns of the footer and the links of the first
        "follow_site": "Follow",
        "take_part": "Take part",
        "about": "About",
        "calendar_page": "Calendar",  # The page of dates ahead, which has the calendar file.
        "atom_feed": "Atom feed",
        "json_feed": "JSON feed",
        # What a page is about, for search engines and feed readers; {site} is its name
        "front_description": "The newest briefings of {site}.",
        "topics_description": "Every subject that {site} follows, from A to Z.",
        "topic_description": "Every briefing on {topic}.",
        "authors_description": "Everybody who signs briefings in {site}, from A to Z.",
        "author_description": "Briefings signed by {author} in {site}.",
        "storylines_description": "The running stories that {site} follows, with their timelines.",
        "storyline_description": "Timeline and briefings: {storyline}.",
        "editions_description": "Hand-picked issues of {site}, the newest first.",
        "changes_description": "Every logged change to a briefing of {site}, the newest first.",
        "changes_feed": "{site}: updates and corrections",
        "corrections_description": "Every correction to a briefing of {site}, the newest first.",
        "corrections_feed": "{site}: corrections",
        "dates_description": "Every dated event that {site} expects, the soonest first.",
        "glossary_description": "Terms in the briefings of {site}, explained in a sentence or two.",
        "search_description": "Search every briefing of {site}.",
        "archive_description": "Every briefing of {site}, by year and month.",
        "year_description": "Every briefing that {site} published in {year}, by month.",
        "month_description": "Every briefing that {site} published in {month}.",  # {month} 2026
        "older_description": "Briefings from {first} to {last}: {title}.",
        "unreadable_description": "This file could not be read.",
        # A briefing: head and side
        "by": "By {names}",
        "edited_by": "Edited by {name}",
        "paper_number": "Reference paper {number}",  # The number it is cited by: RP-2026-1.
        "published_on": "Published {date}",
        "updated_on": "Updated {date}",
        "corrected_on": "Corrected {date}",
        "checked_on": "Checked {date}",  # The day on which an editor last made sure of a text.
        "date_time": "{date}, {time} {zone}",  # 17 March 2026, 09:30 UTC+1
        "happened_in": "Where it happened: {place}",  # A town, say. Not where it was written.
        "also_in": "Also in {languages}",  # Links to translations.
        "at_a_glance": "At a glance",  # Heading of the box with the points of a briefing.
        "details": "Details",  # After a point: leads to the section that tells more.
        "why": "Why it matters",
        "why_is": "Why it matters:",  # The same in feeds, before the sentence.
        "in_this_briefing": "In this briefing",  # Heading of the contents list.
        "on_this_page": "On this page",  # The same on a plain page.
        "suggest": "Suggest a correction",
        "print": "Print",
        "photo": "Picture:",  # Before the name of who took it.
        # A briefing: after the text
        "comes_next": "What comes next",
        "sources": "Sources",
        "in_language": "in {language}",  # After the title of a source: “(in Spanish)”.
        "archived_copy": "Archived copy",
        "cited": "Cited",  # Before the places of the text that cite a source.
        "topics": "Topics",
        "updates": "Updates",  # In the contents list: “Updates and corrections” in one word.
        "no_changes": "First version. No changes since.",
        "first_version": "First version.",
        "unsaid_update": "Text updated.",
        "no_logged_since": "First version. No updates or corrections since.",
        "see_change": "See the change",  # Leads to the change in the repository.
        "cite_this": "Cite this",
        "cite_this_version": "Cite this version",
        "copy": "Copy",  # Button that copies a citation.
        "copied": "Copied.",
        "selected": "Selected: copy it from your keyboard or menu.",
        "for_managers": "For reference managers",  # Before links to files in their formats.
        "this_version": "This version in the repository",
        "published": "Published",  # Kinds of change, on small tags.
        "update": "Update",
        "correction": "Correction",
        "correction_of": "Correction, {date}.",  # Begins a notice above the text.
        "entry_published": "Published: {title}",  # Titles of entries in the feed of changes.
        "entry_update": "Updated: {title}",
        "entry_correction": "Correction: {title}",
        "also_like": "You may also like",
        "cited_by": "Cited by",  # Heading over the briefings that cite this one.
        "more_on": "More on {topic}",
        "earlier_in": "Earlier in {topic}",
        "later_in": "Later in {topic}",
        "source": "Source",
        # Inside the text of a briefing
        "source_number": "Source {number}",  # Name of a citation mark, for screen readers.
        "note_number": "Note {number}",  # Of a footnote mark.
        "back_to_text": "Back to the text",  # Of the arrow after a footnote.
        "table_number": "Table {number}",
        "done": "Done",  # Of a ticked box in a list of tasks.
        "to_do": "To do",
        "image": "image",  # Stands for a picture of another site that says nothing of itself.
        "source_is": "Source:",  # Before a link or the number of a source.
        # Why a briefing is suggested: the small line above its title
        "reason_curated": "Editor’s choice",
        "reason_next": "Next in this storyline",
        "reason_earlier": "Earlier in this storyline",
        "reason_topic": "Also on {topic}",
        "reason_author": "Also by {author}",
        "reason_cites": "Cites the same source",
        "reason_cites_this": "Cites this briefing",
        "reason_cited": "Cited in this briefing",
        "reason_about": "Also about {name}",
        "reason_words": "On similar lines",
        # Where a briefing or a storyline stands, on a small tag
        "developing": "Developing",
        "settled": "Settled",
        "superseded": "Superseded",
        "archived": "Archived",
        "awaiting": "Awaiting",
        "awaiting_what": "Awaiting {what}",  # “Awaiting the ruling”; {what} is an editor’s words.
        "closed": "Closed",
        "superseded_text": "This briefing has been superseded.",
        "read_instead": "Read instead:",
        "archived_text": "This briefing is kept for the record and is no longer updated.",
        # In a preview only, for whoever writes
        "draft": "Draft",
        "draft_text": "A draft: only you see it. It is not published until that changes.",
        "scheduled": "Scheduled",
        "scheduled_text": "Held back until its date: only you see it.",
        "problems": "Problems to mend",
        "problems_text": "Only a preview shows this. Nothing is published while an error stands.",
        "unreadable": "This file could not be read",
        # Kinds of event, on small tags
        "kind_talks": "Talks",
        "kind_measure": "Measure",
        "kind_response": "Response",
        "kind_rule": "Rule",
        "kind_ruling": "Ruling",
        "kind_agreement": "Agreement",
        "kind_guidance": "Guidance",
        "kind_review": "Review",
        "kind_deadline": "Deadline",
        "kind_data": "Data",
        # Kinds of source, on small tags
        "kind_official": "Official",
        "kind_reporting": "Reporting",
        "kind_analysis": "Analysis",
        # A storyline: a run of briefings on one story, with its timeline
        "storyline": "Storyline",
        "part_number": "Part {number}",  # At the beginning of a line.
        "part_inline": "part {number}",  # After the name of the storyline and a comma.
        "part_of": "{part} of {storyline}",  # {part} is “Part 3”.
        "where_it_sits": "Where this sits in the story",
        "first_in_storyline": "First in a new storyline",
        "you_are_here": "You are here:",
        "expected_on": "{date}, expected",
        "since_day": "since {date}",  # After a number of events; {date} is a month or a year.
        "full_timeline": "Full timeline",
        "previous_is": "Previous:",
        "next_is": "Next:",
        "next": "Next",  # On a small tag, before the date of what is to come.
        "all_storylines": "All storylines",
        "where_things_stand": "Where things stand",
        "ahead": "Ahead",  # Heading over what is still to come.
        "jump": "Jump to",
        "show": "Show",  # Name of the choice between all events and turning points.
        "all_events": "All events",
        "turning_points": "Turning points",
        "turning_point": "Turning point",
        "latest_event": "Latest",
        "was_due": "Was due",
        "briefing": "Briefing",
        "briefing_is": "Briefing:",
        "read_in_order": "Read it in order",
        "no_events": "No events yet.",
        "no_storylines": "No storylines yet.",
        # Dates and calendars
        "dates_ahead_intro": "What our briefings and storylines expect, the soonest first.",
        "no_dates": "No fixed dates.",
        "passed": "Due, not yet confirmed",  # Heading over days that have passed.
        "passed_text": "These days have passed since the text was last checked. We have not yet "
        "written whether it happened.",
        "calendar": "Add to your calendar",
        "calendar_text": "Opened, this file adds the dates as they are now. Followed at its "
        "address, it brings new ones by itself:",
        "all_dates": "All dates",
        "storyline_is": "Storyline:",
        # Since the reader's last visit; the script puts a number and a day for the braces
        "new": "New",
        "new_since": "{count} new since {day}",
        # Topics, authors and lists
        "follow": "Follow by feed",
        "subtopics": "Subtopics",
        "state_of_play": "State of play",
        "instrument": "Instrument",  # Heads of a table: a measure, how it stands now, what is next.
        "now": "Now",
        "holds": "Holds",  # How an instrument stands.
        "moves": "Changing",
        "waits": "Waiting",
        "start_here": "Start here",
        "briefings": "Briefings",
        "related_topics": "Related topics",
        "contributors": "Who writes here",
        "nothing_here": "Nothing here yet.",
        "pages": "Pages",  # Name of the links to newer and older pages.
        "older": "Older",
        "newer": "Newer",
        "who_writes_under": "Who writes: {letter}",  # Authors whose names begin with the letter.
        "most_briefings": "Most briefings",  # Heading over the authors who wrote most.
        "by_subject": "By subject",
        "a_to_z": "A to Z",
        "latest": "Latest",
        "edited_last": "Edited last",  # Heading over briefings that somebody edited.
        "also_called": "Also: {names}",  # Other names of a term of the glossary.
        "used_in": "Used in:",  # Before the briefings that use a term.
        "interests": "Declared interests",
        "contact": "Contact",
        "all_changes": "All changes",
        "no_logged_changes": "No updates or corrections yet.",
        "corrections_intro": "What a published briefing had wrong, and what is right. The newest "
        "is first.",
        "changes_intro": "Every logged change to a published briefing, the newest first.",
        "briefings_of": "Briefings of {period}",  # {period} is a year, or a month with its year.
        "older_title": "{title}: {first} to {last}",  # {first} and {last} are dates.
        "older_intro": "Briefings from {first} to {last}",
        # Editions and the front page
        "edition": "Edition",
        "edition_number": "Edition {number}",
        "read": "Read {title}",  # Leads to the newest edition.
        "also_published": "Also published",
        "what_we_changed": "What we changed",
        "previous_edition": "Previous edition",
        "next_edition": "Next edition",
        "no_editions": "No editions yet.",
        "front_heading": "{site}: today’s briefings",
        "latest_briefing": "Latest briefing {date}",
        "recently_changed": "Recently changed",
        "all_updates": "All updates",
        "all_briefings": "All briefings",
        "in_one_chart": "In one chart",
        "from_briefing": "From the briefing",  # Leads to the briefing that a chart is from.
        "dates_ahead": "Dates ahead",
        "out_of_date": "See something out of date?",
        "propose": "Every briefing is a text file. Propose a change and an editor reviews it.",
        "how_to_contribute": "How to contribute",
        "no_briefings": "Nothing here yet. Propose the first briefing.",
        # The search page
        "search_for": "Search the briefings",
        "search_hint": "Words from the text, a name, or “a phrase” in quotation marks.",
        "searching": "Searching…",
        "search_waiting": "The search index is being made. The search begins when it is there.",
        "search_none": "Nothing for “{query}”. Check the spelling or try a broader word.",
        "search_failed": "Search could not load. Try again, or browse by topic.",
        "search_no_script": "Search needs JavaScript. Without it, browse by topic or by date.",
        "try_again": "Try again",
        "narrow": "Narrow the results",
        "any": "Any",  # First choice of each list by which results are narrowed.
        "order": "Order",
        "best_first": "Best first",
        "newest_first": "Newest first",
        "show_more": "Show more",
        "browse": "Browse by topic",
        "topic": "Topic",
        "author": "Author",
        "year": "Year",
        "language": "Language",
        "page": "Page",  # Kind of a result that is neither a briefing nor a list.
        # What stands at an address that leads nowhere, or no longer
        "not_found": "There is no page at this address.",
        "not_found_text": "It may have moved, or the address may be mistyped.",
        "newest": "The newest briefings",
        "moved": "This page has moved",
        "withdrawn_on": "Withdrawn on {date}",
    }
)

COUNTED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # What is counted; {n} is the number and may be left out where the form says it
        "briefing": ("{n} briefing", "{n} briefings"),
        "storyline": ("{n} storyline", "{n} storylines"),
        "authors": ("{n} author", "{n} authors"),
        "event": ("{n} event", "{n} events"),
        "part": ("{n} part", "{n} parts"),  # Briefings of a storyline.
        "earlier_part": ("{n} earlier part", "{n} earlier parts"),  # Left out between two others.
        "edited": ("{n} briefing edited", "{n} briefings edited"),  # By an editor.
        "all_edits": ("The {n} edit to this text", "All {n} edits to this text"),
        "newest_edits": (
            "The newest of {n} edit to this text",
            "The newest of {n} edits to this text",
        ),  # Where not all are listed.
        "other_briefing": ("{n} other briefing", "{n} other briefings"),
        "result": ("{n} result", "{n} results"),  # Of a search.
        "correction": ("{n} correction", "{n} corrections"),
        "shared": ("{n} briefing in common", "{n} briefings in common"),  # Of two topics.
        "see_updates": ("See the update", "See all {n} updates"),
        "show_all": ("Show the briefing", "Show all {n} briefings"),
        "minutes_read": ("{n} min read", "{n} min read"),
        "minutes_short": ("{n} min", "{n} min"),  # The same in lists.
        "minutes_in_all": ("{n} minute in all", "{n} minutes in all"),
    }
)
"""Singular and plural. A catalog has as many forms as its language."""

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
"""Names of languages by their first subtag. Other interfaces have theirs from Babel."""

MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
