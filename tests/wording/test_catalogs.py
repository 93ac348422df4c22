"""Every catalog has every message, whole and in good form, and nothing is said outside of them."""

from __future__ import annotations

import ast
import re
from functools import cache
from gettext import c2py
from pathlib import Path
from string import Formatter

import mkdocs_briefings
import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from mkdocs_briefings.wording import catalogs, english

from tools import messages

PACKAGE = Path(mkdocs_briefings.__file__).parent
LANGUAGES = catalogs.available()
every_language = pytest.mark.parametrize("tag", LANGUAGES)


@cache
def catalog(tag: str) -> Catalog:
    """A catalog as it stands; not to be changed."""
    return catalogs.read(tag.replace("-", "_"))


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string or ())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_three_languages_one_of_them_from_right_to_left() -> None:
    assert {"ar", "en", "es"} <= set(LANGUAGES)


def test_files_are_those_that_the_tool_writes() -> None:
    """`python tools/messages.py` brings them up to date and says what is not translated."""
    for path, text, missing in messages.files():
        assert path.read_text(encoding="utf-8") == text, f"run tools/messages.py: {path.name}"
        assert missing == [], f"not translated in {path}"


@every_language
def test_a_catalog_has_every_message_and_no_other(tag: str) -> None:
    wanted = {*english.WORDS, *(catalogs.COUNTED + key for key in english.COUNTED)}
    assert {m.context for m in catalog(tag) if m.context} == wanted


@every_language
def test_places_are_filled_in_as_in_english(tag: str) -> None:
    for message in catalog(tag):
        if not message.context:
            continue
        if message.pluralizable:
            assert all(fields(form) <= {"n"} for form in forms(message)), message.context
            # Where one form stands for many numbers the reader must learn which.
            assert "n" in fields(forms(message)[-1]), message.context
        else:
            assert fields(str(message.string)) == fields(str(message.id)), message.context


@every_language
def test_no_message_is_unsure(tag: str) -> None:
    assert [m.context for m in catalog(tag) if m.fuzzy and m.context] == []


@every_language
def test_plurals_are_those_of_the_language(tag: str) -> None:
    """Numbers that Unicode's tables tell apart take different forms, and no others do."""
    found = catalog(tag)
    rule = c2py(found.plural_expr)
    categories = Locale.parse(tag, sep="-").plural_form
    # A million is of a kind of its own in Spanish, and no site has as many of anything.
    pairs = {(categories(n), rule(n)) for n in range(10_000)}
    assert len({kind for kind, _ in pairs}) == len({form for _, form in pairs}) == len(pairs)
    assert {form for _, form in pairs} == set(range(found.num_plurals))
    for message in found:
        if message.pluralizable and message.context:
            assert len(forms(message)) == found.num_plurals
            assert all(forms(message)), message.context


@pytest.mark.parametrize("tag", sorted(set(LANGUAGES) - {"en"}))
def test_translations_are_translated(tag: str) -> None:
    """The same as in English is right for few: marks, and words that two languages share."""
    same = {m.context for m in catalog(tag) if m.context and m.string == m.id}
    assert same <= {"comma", "letters", "date_time", catalogs.COUNTED + "minutes_short"}


def test_a_changed_english_text_waits_for_its_translator() -> None:
    old = catalogs.read("es")
    for message in old:
        if message.context == "skip":
            message.id = "Skip to text"
    new = messages.updated("es", old)
    assert messages.open_messages(new) == ["skip"]
    told = messages.written(new)
    assert '#| msgid "Skip to text"\nmsgctxt "skip"\nmsgid "Skip to content"' in told


def test_a_new_language_is_one_command_away() -> None:
    new = messages.updated("pl", None)
    waiting = messages.open_messages(new)
    assert len(waiting) == len(english.WORDS) + len(english.COUNTED)
    assert 'msgstr[2] ""' in messages.written(new), "Polish has three forms"


def test_translators_learn_where_a_word_stands() -> None:
    template = messages.TEMPLATE.read_text(encoding="utf-8")
    entry = template[: template.index('msgctxt "at_a_glance"')].rpartition("\n\n")[2]
    assert "#. A briefing: head and side" in entry
    assert "#. Heading of the box with the points of a briefing." in entry
    assert "#: theme/partials/summary-box.html" in entry


LAYERS = ("linking", "viewing", "rendering", "publishing")
PHRASE = re.compile(r"(?:^|[ >])[A-Z][a-z]+(?: [a-z]|:)")
"""Two words, the first of them capital: what no key, pattern or name of a thing is."""
NOT_OURS = {
    "citations.py": "Chicago and APA are styles of English, and so are the notes in the files",
    "sitemap.py": "robots.txt has a grammar of its own",
}
SHOWN = {"title", "heading", "description", "intro", "label", "status"}
"""Arguments that reach readers: one word of English there is one too many."""


def spoken(path: Path) -> list[str]:
    """Texts in a module that look like words for readers: no docstring, no fault of ours."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent: set[int] = set()
    shown: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Raise | ast.Assert) and not (
            isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
        ):
            silent |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.keyword) and node.arg in SHOWN:
            shown.add(id(node.value))
            if isinstance(node.value, ast.IfExp):
                shown |= {id(node.value.body), id(node.value.orelse)}
    found = []
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            text = re.sub(r"<[^<>]*>|https?://\S+", " ", node.value)
            lone = id(node) in shown and re.search(r"[A-Za-z]", text)
            if lone or PHRASE.search(text):
                found.append(f"{path.name}:{node.lineno}: {node.value!r}")
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_python_says_nothing_to_readers_but_through_a_language(layer: str) -> None:
    modules = [p for p in sorted((PACKAGE / layer).rglob("*.py")) if p.name not in NOT_OURS]
    assert [line for path in modules for line in spoken(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        'X = Ref(title="Archive", url="")',
        'X = Ref(title=t if t else "archive", url="")',
        'X = f"Briefings of {x}"',
        'X = "<p>Back to the text</p>"',
        'found.append("All topics")',
    ],
)
def test_a_planted_word_is_found(tmp_path: Path, line: str) -> None:
    source = (PACKAGE / "viewing" / "archive.py").read_text(encoding="utf-8")
    planted = tmp_path / "archive.py"
    planted.write_text(f"{source}\n{line}\n", encoding="utf-8")
    assert len(spoken(planted)) == 1
