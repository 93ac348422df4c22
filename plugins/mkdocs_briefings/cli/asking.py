"""What `briefings new` asks on a terminal: one line a question, with completion as one types.

Imported only when somebody is asked: the library takes as long to start as a small check.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.output import create_output
from prompt_toolkit.validation import ValidationError, Validator

from ..catalog.problem import printable
from ..catalog.slugs import fold
from ..reading import hints
from .writing import a_date, chosen

if TYPE_CHECKING:
    from ..reading.registries import Registries
    from ..reading.vocabulary import Vocabulary

MOST_TOPICS = 8


class Questions:
    """Asks a writer. What is wrong is said under the line, which stays to be mended.

    Every question may end in `click.Abort`, when the writer gives up with Ctrl-C or Ctrl-D.
    """

    def __init__(self, registries: Registries) -> None:
        self.registries = registries
        # Questions are for the person: an output that goes to a file stays clean.
        self.session: PromptSession[str] = PromptSession(
            output=create_output(always_prefer_tty=True)
        )

    def title(self, check: Callable[[str], object]) -> str:
        """A title that `check` raises nothing for."""
        return " ".join(self._ask("Title", check).split())

    def topics(self) -> list[str]:
        """One topic or several, as they are to be written."""
        names = self.registries.topic_names

        def check(typed: str) -> list[str]:
            found = _names(names, typed, "the topic")
            if len(found) > MOST_TOPICS:
                raise click.BadParameter(f"{len(found)} topics; at most {MOST_TOPICS}")
            return found

        told = "Topics, the main one first"
        return check(self._ask(told, check, completer=_Offer(names)))

    def authors(self, usual: list[str]) -> list[str]:
        """Who signs; the last one that was asked for is offered, else `usual`. Remembered."""
        names = self.registries.author_names

        def check(typed: str) -> list[str]:
            return _names(names, typed, "the author")

        last = remembered()
        offered = usual
        if last and (not names.closed or len(names.meant(last)) == 1):
            offered = (names.meant(last) if names.closed else []) or [last]
        typed = self._ask("Author", check, ", ".join(offered), completer=_Offer(names))
        found = check(typed)
        remember(names.keys.get(found[0], found[0]))
        return found

    def date(self, usual: date) -> str:
        """A day as `2026-03-17`."""
        return self._ask("Date", lambda typed: a_date(typed, "the date"), usual.isoformat())

    def _ask(
        self,
        what: str,
        check: Callable[[str], object],
        default: str = "",
        completer: Completer | None = None,
    ) -> str:
        """The answer; nothing typed is `default`, if there is one."""
        try:
            typed = self.session.prompt(
                f"{what} [{default}]: " if default else f"{what}: ",
                completer=completer,
                complete_while_typing=True,
                validator=_Check(lambda typed: check(typed.strip() or default)),
                validate_while_typing=False,
            )
        except (KeyboardInterrupt, EOFError):
            raise click.Abort from None
        return typed.strip() or default


def _names(vocabulary: Vocabulary, typed: str, what: str) -> list[str]:
    given = [name for name in (part.strip() for part in typed.split(",")) if name]
    if not given:
        raise click.BadParameter("write a name, or several with commas between")
    return chosen(vocabulary, given, what)


class _Check(Validator):
    def __init__(self, check: Callable[[str], object]) -> None:
        self.check = check

    def validate(self, document: Document) -> None:
        try:
            self.check(document.text)
        except click.ClickException as error:
            raise ValidationError(len(document.text), error.message) from None


class _Offer(Completer):
    """Offers names of a registry for the last of several: by what a name begins with, then by what
    is in it, then by what is spelt nearly like it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        *before, last = document.text_before_cursor.split(",")
        typed = last.lstrip()
        taken = {key for name in before for key in self.vocabulary.meant(name.strip())}
        for key in self._found(fold(typed)):
            if key not in taken:
                label = self.vocabulary.keys[key]
                yield Completion(key, -len(typed), display_meta=printable(label))

    def _found(self, typed: str) -> list[str]:
        known = self.vocabulary
        names = [
            (name, key) for name, keys in known.names.items() for key in keys if key in known.keys
        ]
        begun = [key for name, key in names if f"-{name}".find(f"-{typed}") >= 0]
        within = [key for name, key in names if typed in name]
        found = list(dict.fromkeys([*begun, *within]))
        if found or not typed:
            return found
        near = hints.nearest(typed, dict(names), limit=3)
        return list(dict.fromkeys(key for name in near for key in known.names[name]))


def _memory() -> Path:
    """Where the name of the last author is kept: with the user, never with a publication."""
    return Path(click.get_app_dir("briefings")) / "author"


def remembered() -> str:
    """The name that signed last, or nothing."""
    try:
        return _memory().read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def remember(name: str) -> None:
    """Keep the name for the next time; where that is impossible, it is typed again."""
    with contextlib.suppress(OSError):
        _memory().parent.mkdir(parents=True, exist_ok=True)
        _memory().write_text(f"{name}\n", encoding="utf-8")
