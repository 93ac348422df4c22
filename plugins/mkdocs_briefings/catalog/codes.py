"""The codes of problems: how grave each is, and which a site may lower to a warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for. `CONTRIBUTING.md` has a bad and a good example of each."""

    code: str
    severity: Severity
    """As reported when a site says nothing. A few problems are milder in some places: see
    `meaning`."""
    firm: bool
    """An error that no option lowers: publishing anyway would open a door, lose text, or leave
    no record to publish."""
    meaning: str


def _table(*codes: Code) -> Mapping[str, Code]:
    return {code.code: code for code in codes}


def _firm(code: str, meaning: str) -> Code:
    return Code(code, Severity.ERROR, True, meaning)


def _error(code: str, meaning: str) -> Code:
    return Code(code, Severity.ERROR, False, meaning)


def _warning(code: str, meaning: str) -> Code:
    return Code(code, Severity.WARNING, False, meaning)


CODES: Mapping[str, Code] = _table(
    # Files.
    _firm("bad-file", "Something that may not be in the content folder, or under such a name."),
    _error("long-name", "A file's or folder's name over 120 bytes."),
    _firm("too-large", "A file, its front matter or the folder is over a limit."),
    _firm("unreadable", "The system would not let us read a file."),
    _firm("not-utf8", "A file is not UTF-8 text."),
    _firm("control-characters", "A character that no page or feed may hold."),
    # Front matter as such.
    _firm("no-front-matter", "A file does not begin with front matter."),
    _firm("bad-front-matter", "Front matter is not closed, or is not a YAML mapping."),
    _firm("bad-yaml", "Front matter or a registry is not YAML."),
    _firm("unsupported-yaml", "An anchor, alias, merge key or tag."),
    _firm("duplicate-key", "A key is written twice."),
    _firm("too-deep", "Lists, quotes or keys are nested too deeply."),
    # Keys and values.
    _firm("missing-title", "No title and no first heading."),
    _error("missing-author", "Nobody signs."),
    _firm("missing-date", "No date."),
    _error("missing-topics", "Filed under no topic."),
    _firm("missing-key", "An entry lacks a key that it needs."),
    _error("unknown-key", "A key that nothing reads."),
    _error("conflicting-keys", "Two keys that do not go together."),
    _firm("bad-type", "Text, list or mapping where another is wanted; not a number; not a truth."),
    _firm("bad-date", "Not an ISO 8601 date between 1900 and 2100."),
    _firm("bad-value", "Not one of the words or numbers that a key takes."),
    _error("bad-lang", "Not a language tag. The site's language is used when lowered."),
    _warning("bad-url", "An address that is neither http nor https; it is removed."),
    _error("too-long", "A text in front matter over its limit."),
    _error("bad-count", "More or fewer entries than a list takes."),
    _error("hidden-characters", "Invisible characters. In longer texts a warning."),
    _firm("bidi-characters", "Characters that reorder the text round them, in a name."),
    _warning("long-summary", "A summary of more than 300 characters; cards clamp it."),
    _warning("missing-summary", "No summary; the first paragraph stands in."),
    _warning("second-title", "A title in the front matter and a first heading of level 1."),
    # Names.
    _error("unknown-author", "An author who is not in authors.yml."),
    _error("unknown-topic", "A topic that is not in topics.yml, or that names several."),
    _error("unknown-storyline", "A storyline that is not in storylines.yml."),
    _warning("duplicate-author", "Two spellings of one author; they share one page."),
    _warning("duplicate-topic", "Two spellings of one topic; they share one page."),
    _warning("repeated-name", "The same name twice in one list."),
    _error("duplicate-number", "Two reference papers with one number."),
    _error("bad-parent", "A topic's parent is unknown, or is below the topic itself."),
    # Addresses.
    _firm("bad-slug", "A slug or key with characters that an address may not have."),
    _firm("duplicate-slug", "Two files or entries under one name."),
    _firm("duplicate-permalink", "Two pages at one address, or a page at a reserved one."),
    _firm("bad-alias", "An old address that is absolute, climbs, is taken or leads nowhere."),
    _error("lost-address", "An address that was published and is now neither page nor redirect."),
    _warning("lost-anchor", "A heading that links may lead to is gone from its page."),
    _firm("bad-ledger", "A line of permalinks.lock that says nothing, or says otherwise."),
    _error("moved-address", "A page has left an address, and nothing leads on from there."),
    # Links and sources.
    _error("bad-link", "A link that leads nowhere."),
    _error("bad-anchor", "A link to a heading that the page does not have."),
    _error("bad-chart", "A block fenced as `chart` that is none, or a pick where there is none."),
    _error("unknown-source", "A source or a note that is cited and not there."),
    _warning("uncited-source", "A source that the text does not cite."),
    _warning("dead-link", "An address elsewhere that has answered 404 or 410 on two days."),
    # Bodies.
    _error("empty-body", "No text. With a summary a warning: a link-out may be short."),
    _warning("unsafe-html", "Markup, an attribute or an address that will be removed."),
    _firm("too-much", "More headings, links, cells, notes or brackets than a body may hold."),
    _firm("unclosed-html", "A comment or element that would swallow the rest."),
    _warning("remote-image", "A picture on another site; it becomes a link."),
    # House rules: reported where a site has them.
    _error("house-title", "A title shorter or longer than the house rules have it."),
    _error("house-summary", "A summary shorter or longer than the house rules have it."),
    _error("house-words", "A text of fewer or more words than the house rules have it."),
    _error("house-key", "A key that the house rules ask for is missing, or has too few entries."),
    _error("house-cite", "A text that cites no source, where the house rules ask for one."),
    _error("house-word", "A word that the house rules avoid."),
    _error("house-domain", "A link or source on a site that the house rules keep out."),
)
"""By code, in the order of the documentation."""

KNOWN = frozenset(CODES)
"""What the option `severity` may name, beside `*`."""


def grade(
    problems: Iterable[Problem], lowered: Mapping[str, Severity], strict: bool = False
) -> tuple[Problem, ...]:
    """Give each problem the severity that the site wants, in the order of `problems`.

    A code named in `lowered` gets that severity; `*` makes warnings of all other errors, and
    never the other way round. Firm errors stay errors whatever is asked. Strict turns every
    warning into an error, after lowering.
    """

    def severity(problem: Problem) -> Severity:
        if strict:
            return Severity.ERROR
        wanted = lowered.get(problem.code)
        if wanted is None:
            everywhere = lowered.get("*")
            wanted = Severity.WARNING if everywhere == Severity.WARNING else problem.severity
        firm = problem.code not in CODES or CODES[problem.code].firm
        if firm and problem.severity == Severity.ERROR:
            return Severity.ERROR
        return wanted

    return tuple(
        problem if problem.severity == wanted else problem.graded(wanted)
        for problem in problems
        for wanted in (severity(problem),)
    )
