"""What front matter may hold: one model a kind of file, for `check`, and for editors through
`jsonschema`.

The models are fed with texts, lists and mappings only (see `nodes`), in strict mode. What needs
more than one file or key (required names, vocabularies, links) is checked after them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)

from ..catalog.briefing import EVENT_KINDS, SOURCE_KINDS, Status
from ..catalog.registries import STATES, STORYLINE_STATUSES
from . import values
from .lengths import NAME, PAPER, TEXT, TITLE, TOPIC
from .text import short

# The forms that `values` takes, for editors, in the regular expressions of JSON Schema. Whether a
# month has a 31st is for `values` alone.
_YEAR, _MONTH = r"(19\d\d|20\d\d|2100)", r"(0[1-9]|1[0-2])"
_DAY = rf"{_YEAR}-{_MONTH}-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"[Tt ]+([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)? *([Zz]|[+-]\d{2}:?\d{2})"
_TAG = (
    r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?"
    r"(-([A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*$"
)
_WEB = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"\\^`{|}/?#]+[^\s<>\"\\^`{|}]*$"


def _none() -> list[Any]:
    """Not `list` itself: to learn what it takes, pydantic would have its signature parsed as code,
    which is a third of what all these models take at start."""
    return []


def _listed(value: Any) -> Any:
    """A single name counts as a list of one."""
    return [value] if isinstance(value, str) else value


def _texted(key: str, part: Any) -> BeforeValidator:
    """A bare text stands for a mapping with only `key`."""
    return BeforeValidator(
        lambda value: {key: value} if isinstance(value, str) else value,
        json_schema_input_type=Text | part,
    )


def _one_of(words: tuple[str, ...]) -> PlainValidator:
    def parse(value: Any) -> str:
        if not isinstance(value, str):
            raise values.wrong("bad-type", "a list or mapping where one word is wanted")
        if value in words:
            return value
        # Imported for errors only.
        from .hints import meant

        message = f"'{short(value)}' is not one of {', '.join(words)}"
        raise values.wrong("bad-value", message, meant(value, words, "write one of them"))

    return PlainValidator(parse)


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


def _words(words: tuple[str, ...]) -> WithJsonSchema:
    return _schema(type="string", enum=[str(word) for word in words])


def _upto(limit: int) -> tuple[AfterValidator, WithJsonSchema]:
    """Texts of at most `limit` code points.

    Not pydantic's own limit: a text that is too long may be published where a site lowers the
    problem, so the second round of `validate` lets it through, whole.
    """

    def check(text: str, info: ValidationInfo) -> str:
        if len(text) > limit and not info.context:
            message = f"{len(text)} characters, {limit} is the limit"
            raise values.wrong("too-long", message, "shorten it")
        return text

    # A number is the text that it is written as; editors that know YAML see a number.
    return AfterValidator(check), _schema(type=["string", "number"], maxLength=limit, pattern=r"\S")


Title = Annotated[str, *_upto(TITLE)]
Name = Annotated[str, *_upto(NAME)]
TopicName = Annotated[str, *_upto(TOPIC)]
PaperNumber = Annotated[str, *_upto(PAPER)]
Text = Annotated[str, *_upto(TEXT)]
Names = Annotated[list[Name], BeforeValidator(_listed, json_schema_input_type=Name | list[Name])]
Slugs = Annotated[list[Text], BeforeValidator(_listed, json_schema_input_type=Text | list[Text])]
Day = Annotated[
    date, PlainValidator(values.day), _schema(type="string", format="date", pattern=f"^{_DAY}$")
]
Moment = Annotated[
    date | datetime,
    PlainValidator(values.moment),
    _schema(type="string", pattern=f"^{_DAY}({_CLOCK})?$"),
]
Partial = Annotated[
    tuple[date, str, str],
    PlainValidator(values.partial),
    # A year alone is a number to editors that know YAML.
    _schema(
        anyOf=[
            {"type": "string", "pattern": f"^({_YEAR}|{_YEAR}-{_MONTH}|{_DAY})$"},
            {"type": "integer", "minimum": values.FIRST_YEAR, "maximum": values.LAST_YEAR},
        ]
    ),
]
Truth = Annotated[bool, PlainValidator(values.truth), _schema(type="boolean")]
Number = Annotated[
    int, PlainValidator(values.number), _schema(type="integer", minimum=0, maximum=9999)
]
Lang = Annotated[str, PlainValidator(values.language), _schema(type="string", pattern=_TAG)]
Web = Annotated[str, PlainValidator(values.web), _schema(type="string", pattern=_WEB)]
EventKind = Annotated[str, _one_of(EVENT_KINDS), _words(EVENT_KINDS)]
SourceKind = Annotated[str, _one_of(SOURCE_KINDS), _words(SOURCE_KINDS)]
StatusWord = Annotated[str, _one_of(tuple(Status)), _words(tuple(Status))]
StoryWord = Annotated[str, _one_of(STORYLINE_STATUSES), _words(STORYLINE_STATUSES)]
StateWord = Annotated[str, _one_of(STATES), _words(STATES)]


class Part(BaseModel):
    """Keys are closed, nothing is coerced."""

    # Each is built when the first such thing is read: most builds read briefings alone.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class KeyPointPart(Part):
    text: Text = Field(description="One sentence.")
    section: Text = Field("", description="Anchor of the heading on this page that tells more.")


class EventPart(Part):
    date: Partial = Field(description="When: a day, `2026-05` or `2026`.")
    text: Text = Field(description="What happened or will, in one sentence.")
    kind: EventKind = Field("", description="What sort of event it is.")
    key: Truth = Field(False, description="A turning point.")
    source: Number = Field(0, description="Number of the source, counted from 1.")


class StoryEventPart(Part):
    date: Partial = Field(description="When: a day, `2026-05` or `2026`.")
    text: Text = Field(description="What happened or will, in one sentence.")
    kind: EventKind = Field("", description="What sort of event it is.")
    key: Truth = Field(False, description="A turning point.")
    briefing: Text = Field("", description="Slug of the briefing that tells it.")


class SourcePart(Part):
    title: Title = Field(description="Of the document.")
    publisher: Title = Field("", description="Who issued it.")
    date: Partial | None = Field(None, description="Of the document: `2026-05-31` or `2026`.")
    url: Web = Field("", description="Its address.")
    kind: SourceKind = Field("", description="What sort of document it is.")
    lang: Lang = Field("", description="Its language, when not the briefing's.")
    archived: Web = Field("", description="Address of a kept copy.")


class PickPart(Part):
    slug: Text = Field(description="Of the briefing.")
    reason: Text = Field("", description="The editor's words, shown as the reason.")


class CorrectionPart(Part):
    date: Day = Field(description="When it was mended.")
    text: Text = Field(description="What was wrong and what is right.")


class ImagePart(Part):
    src: Text = Field(description="File beside the briefing, or `/` and its path in the folder.")
    alt: Text = Field(description="What the picture shows, for those who cannot see it.")
    credit: Text = Field("", description="Who made it.")


KeyPointItem = Annotated[KeyPointPart, _texted("text", KeyPointPart)]
PickItem = Annotated[PickPart, _texted("slug", PickPart)]


class BriefingModel(Part):
    """Front matter of a briefing. Required names are checked after it: a title may be a heading,
    and an archive may lower a missing author or topic."""

    model_config = ConfigDict(json_schema_extra={"required": ["title", "date", "topics"]})

    title: Title = Field("", description="The headline, as readers see it everywhere.")
    author: Names = Field(
        default_factory=_none,
        description="Key or full name of who signs, or a list of them.",
        examples=["ada-example", ["ada-example", "Ben Sample"]],
    )
    authors: Names = Field(
        default_factory=_none, description="The same as `author`; use one of the two."
    )
    date: Moment | None = Field(
        None,
        description="Day of publication, or date-time with zone.",
        examples=["2026-05-31", "2026-05-31T09:30:00Z"],
    )
    topics: list[Title] = Field(
        default_factory=_none,
        description="Keys, titles or aliases of topics.yml; the first is the main one.",
        examples=[["tariffs", "ports"]],
    )
    summary: Text = Field("", description="What it says, in one or two sentences: the dek.")
    key_points: list[KeyPointItem] = Field(
        default_factory=_none,
        description="At a glance: 2 to 5 points.",
        examples=[["The duty fell.", {"text": "It ends in May.", "section": "what-ends"}]],
    )
    why: Text = Field("", description="Why it matters, in one sentence.")
    storyline: Names = Field(
        default_factory=_none, description="Key of storylines.yml, or a list of them."
    )
    storylines: Names = Field(
        default_factory=_none, description="The same as `storyline`; use one of the two."
    )
    events: list[EventPart] = Field(
        default_factory=_none,
        description="For the storyline's timeline.",
        examples=[[{"date": "2026-05-31", "text": "The talks begin.", "kind": "talks"}]],
    )
    sources: list[SourcePart] = Field(
        default_factory=_none,
        description="Documents, cited as `[^1]` by their place.",
        examples=[[{"title": "Annual report", "publisher": "The harbour", "date": "2026"}]],
    )
    related: list[PickItem] = Field(
        default_factory=_none,
        description="Briefings to show first under Related.",
        examples=[["rates-held", {"slug": "rates-cut", "reason": "What came before"}]],
    )
    updated: Day | None = Field(None, description="Day of the last change of substance.")
    corrections: list[CorrectionPart] = Field(
        default_factory=_none,
        description="What was mended, and when.",
        examples=[[{"date": "2026-06-02", "text": "It said 25 percent; it is 20 percent."}]],
    )
    status: StatusWord = Field("", description="Where the matter stands.")
    by: Text = Field("", description="Slug of the successor, with `status: superseded`.")
    aliases: Slugs = Field(
        default_factory=_none, description="Old addresses, which lead here: `2019/old-name/`."
    )
    lang: Lang = Field(
        "", description="Language of the briefing, when not the site's.", examples=["es", "pt-BR"]
    )
    translation_of: Text = Field("", description="Slug of the original.")
    image: ImagePart | None = Field(None, description="The one picture.")
    place: Name = Field(
        "", description="Where what it reports took place; not where it was written."
    )
    editor: Name = Field("", description="Key or name of who edited it.")
    number: PaperNumber = Field(
        "", description="Of a reference paper: what it is cited by, such as `RP-2026-1`."
    )
    draft: Truth = Field(False, description="True: never published.")
    slug: Text = Field("", description="Last part of the address; the file's name by default.")
    facts: list[Text] = Field(
        default_factory=_none, description="Ids of facts it rests on; never published."
    )


class PageModel(Part):
    """Front matter of a plain page."""

    title: Title = Field("", description="The page's title.")
    summary: Text = Field("", description="One sentence for search engines.")
    lang: Lang = Field("", description="Language of the page, when not the site's.")
    slug: Text = Field("", description="Its address; the file's name by default.")


class EditionModel(Part):
    """Front matter of an edition."""

    title: Title = Field("", description="The edition's title.")
    date: Day | None = Field(None, description="Day of publication.")
    number: Number = Field(0, description="Counted from 1.")
    summary: Text = Field("", description="What is in it, in a sentence or two.")
    briefings: list[PickItem] = Field(default_factory=_none, description="Its briefings, in order.")
    lang: Lang = Field("", description="Language of the edition, when not the site's.")
    slug: Text = Field("", description="Last part of its address; the file's name by default.")


class FrontModel(Part):
    """Front matter of the front page; whatever is left out fills itself by date."""

    title: Title = Field("", description="Shown by search engines.")
    lead: Text = Field("", description="Slug of the lead briefing.")
    storylines: Names = Field(default_factory=_none, description="Keys of the storylines to show.")
    topics: Names = Field(default_factory=_none, description="Keys of the topics to show.")
    five: list[PickItem] = Field(default_factory=_none, description="Briefings picked by hand.")
    chart: Text = Field("", description="Slug of a briefing: its first chart is shown.")


class StatePart(Part):
    instrument: Title = Field(description="The rule, tariff or rate that the row is about.")
    now: Text = Field(description="Where it stands.")
    state: StateWord = Field("holds", description="In force, changing, or awaiting a decision.")
    next: Text = Field("", description="What comes next.")
    briefing: Text = Field("", description="Slug of the briefing it rests on.")


class TopicNowPart(Part):
    text: Text = Field("", description="Where things stand, in a few sentences.")
    checked: Day | None = Field(None, description="Day it was last checked.")
    state: list[StatePart] = Field(
        default_factory=_none, description="State of play: at most eight rows."
    )


class StoryNowPart(Part):
    text: Text = Field("", description="Where things stand, in a few sentences.")
    checked: Day | None = Field(None, description="Day it was last checked.")


def _owner(value: str) -> str:
    # A line of CODEOWNERS is made of it: a space would name somebody else, too.
    if not _OWNER.fullmatch(value):
        hint = "write `@name`, `@team/desk` or an e-mail address, in quotation marks"
        raise values.wrong("bad-value", f"'{short(value)}' is no name of a forge", hint)
    return value


_OWNER = re.compile(r"@[A-Za-z0-9][\w.-]*(/[\w.-]+)*|[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class TopicModel(Part):
    """An entry of topics.yml, without its children."""

    title: TopicName = Field("", description="As readers see it; made from the key by default.")
    description: Text = Field("", description="What belongs here.")
    aliases: list[Title] = Field(
        default_factory=_none, description="Other names that writers may use."
    )
    parent: TopicName = Field("", description="Key of the topic above.")
    featured: Slugs = Field(default_factory=_none, description="Slugs of briefings to start with.")
    now: Annotated[TopicNowPart, _texted("text", TopicNowPart)] | None = Field(
        None, description="Right now."
    )
    owners: list[Annotated[Title, AfterValidator(_owner)]] = Field(
        default_factory=_none, description="Who reviews its briefings: names of the forge."
    )


class AuthorModel(Part):
    """An entry of authors.yml."""

    name: Name = Field(description="Full name, as readers see it.")
    family: Title = Field("", description="The family name, where it is not the last word.")
    role: Title = Field("", description="What they do here.")
    bio: Text = Field("", description="Who they are, in a few sentences.")
    contact: Title = Field("", description="A web or mail address.")
    interests: Text = Field("", description="Declared interests.")
    affiliation: Title = Field("", description="Whom they work for.")
    desk: Truth = Field(False, description="True: a desk, not a person.")


class StorylineModel(Part):
    """An entry of storylines.yml."""

    title: Title = Field("", description="As readers see it; made from the key by default.")
    description: Text = Field("", description="What it is about, in one to three sentences.")
    status: StoryWord = Field("developing", description="Whether it goes on.")
    awaiting: Title = Field("", description="What is awaited, with `status: awaiting`.")
    now: Annotated[StoryNowPart, _texted("text", StoryNowPart)] | None = Field(
        None, description="Right now."
    )
    events: list[StoryEventPart] = Field(
        default_factory=_none, description="Events that no briefing tells."
    )


class FormerModel(Part):
    """An entry of former.yml."""

    to: Text = Field("", description="The address of the page that took its place.")
    title: Title = Field("", description="Of the page that was withdrawn.")
    date: Day | None = Field(None, description="When it was withdrawn.")
    reason: Text = Field("", description="Why, in a sentence or two for readers.")


class TermModel(Part):
    """An entry of glossary.yml."""

    term: Name = Field("", description="As it stands in texts; the key by default.")
    definition: Text = Field(description="What it means, in one or two sentences.")
    aliases: list[Name] = Field(default_factory=_none, description="Other forms of the term.")
