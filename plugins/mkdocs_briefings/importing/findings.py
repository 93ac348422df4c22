"""The codes of an import's report: how each was dealt with, and how much it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .records import GUESSED, LEFT, TAKEN


@dataclass(frozen=True, slots=True)
class Code:
    """What a code of the report stands for."""

    code: str
    kind: str
    weight: int
    """Order of the work list: 1 loses text or a page, 2 loses a way, 3 loses a detail, 4 none."""
    meaning: str


def _table(*rows: tuple[str, str, int, str]) -> Mapping[str, Code]:
    return {row[0]: Code(*row) for row in rows}


CODES: Mapping[str, Code] = _table(
    # Left: for a person to work through.
    ("not-taken", LEFT, 1, "A text that became no briefing and no page."),
    ("text-left", LEFT, 1, "Words that have no place with us; the report has them whole."),
    ("exists", LEFT, 1, "A file of that name with other content is there already; it was kept."),
    ("registry-left", LEFT, 1, "Entries that a registry lacks, for you to add."),
    ("check", LEFT, 1, "What `briefings check` calls an error in the result."),
    ("link-nowhere", LEFT, 2, "A link to a place that is neither in the tree nor on a known site."),
    ("link-old-site", LEFT, 2, "A link to a page that was not in the tree: it leads to the old "
     "site, as long as that stands."),
    ("image-missing", LEFT, 2, "A picture that is not in the tree, or may not be published."),
    ("file-missing", LEFT, 2, "A link to a document; only briefings and pictures are published."),
    ("shortcode", LEFT, 2, "A shortcode or template tag without a meaning here; its source stands "
     "in the text as code, or its text was kept without it."),
    ("address-left", LEFT, 2, "An old address that nothing can lead on from."),
    ("no-author", LEFT, 2, "Nobody signs it."),
    ("no-topic", LEFT, 2, "It is filed under nothing."),
    ("near-duplicate", LEFT, 2, "Two names that may be one."),
    ("unknown-key", LEFT, 3, "A key of old front matter that we have no place for."),
    ("html-dropped", LEFT, 3, "Markup that was taken out."),
    ("too-many-topics", LEFT, 3, "Topics over the limit of eight."),
    ("bad-matter", LEFT, 3, "Something in old front matter that could not be read."),
    ("list-page", LEFT, 4, "A page that only lists others: ours make themselves."),
    ("not-content", LEFT, 4, "A file that is no text and that no text shows."),
    ("layout-key", LEFT, 4, "A key that told the old site how to draw or sort the page."),
    ("comment", LEFT, 4, "A comment in old front matter."),
    ("empty-key", LEFT, 4, "A key without a value."),
    # Guessed: to be looked at.
    ("date-guessed", GUESSED, 2, "The date comes from elsewhere than the front matter."),
    ("title-guessed", GUESSED, 2, "The title comes from a heading or the file's name."),
    ("author-guessed", GUESSED, 2, "An author's name made from a key."),
    ("author-default", GUESSED, 2, "Signed by the author given for what nobody signs."),
    ("topic-default", GUESSED, 2, "Filed under the topic given for what is under none."),
    ("permalink-guessed", GUESSED, 2, "The rule of old addresses, guessed from the links."),
    ("site-guessed", GUESSED, 2, "Where the old site stood, guessed from the links."),
    ("link-guessed", GUESSED, 2, "A link matched by the end of its address alone."),
    ("translation", GUESSED, 3, "The text that it translates, as the names of the files say."),
    ("slug-changed", GUESSED, 3, "Another name, as the old one was taken or no address."),
    ("status-guessed", GUESSED, 3, "Archived, as the day on which it expired has passed."),
    ("time-without-zone", GUESSED, 4, "A time of day without a zone: only the day was taken."),
    ("link-out", GUESSED, 3, "No text, but an address elsewhere: it became a link."),
    ("shortcode-guessed", GUESSED, 3, "A shortcode whose meaning was guessed from its arguments."),
    ("topic-alias", GUESSED, 3, "Old addresses of a topic, made other names of it."),
    # Taken.
    ("key-taken", TAKEN, 4, "A key of old front matter, as one of ours."),
    ("alias", TAKEN, 4, "An old address that leads to the briefing."),
    ("link-rewritten", TAKEN, 4, "A link inside the site."),
    ("shortcode-taken", TAKEN, 4, "A shortcode with a plain meaning, translated."),
    ("image-copied", TAKEN, 4, "A picture, copied."),
    ("author-entry", TAKEN, 4, "An entry of authors.yml."),
    ("topic-entry", TAKEN, 4, "An entry of topics.yml."),
    ("settings", TAKEN, 4, "A file of settings, read for addresses and names."),
    ("already-there", TAKEN, 4, "A file that an earlier run wrote."),
    ("body", TAKEN, 4, "The text, with what the report names changed and all else as it was."),
)  # fmt: skip
"""By code, in the order of the report."""
