"""One run of `briefings check`: the folder as it is and, where asked, as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalog.problem import Problem, printable
from ..catalog.settings import Settings
from ..checking import places, problems
from ..linking.permanence import FORMER, LEDGER
from ..reading.options import OptionError, clock, settings_for
from ..reading.read import Reading, read
from ..weighing import weighed

if TYPE_CHECKING:
    from ..fixing.folder import Changed, Recent
    from ..host.changed import Changes


class Misuse(Exception):
    """What was asked for cannot be meant, or cannot be had here."""


@dataclass(slots=True)
class Before:
    """The folder at the commit that it is compared with."""

    changes: Changes
    reading: Reading
    settings: Settings


@dataclass(slots=True)
class Check:
    """A folder that was read."""

    folder: Path
    settings: Settings
    reading: Reading
    base: str | None
    before: Before | None
    progress: Callable[[int, int], None]
    recent: Recent | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        folder: Path,
        now: str | None,
        base: str | None,
        *,
        fixing: bool,
        progress: Callable[[int, int], None],
    ) -> Check:
        """Read `folder`.

        Args:
            folder: The content folder.
            now: The moment to take for now; None for the clock's.
            base: What the branch is compared with; None to report all.
            fixing: It will be mended: what has moved since the last commit is looked for.
            progress: As for `read`.

        Raises:
            Misuse: For options without meaning, and without anything to compare with.
        """
        from ..fixing.folder import Recent
        from ..host.changed import NoBase

        recent = Recent() if fixing or base is not None else None
        try:
            moment = clock(now)
            settings = _for_a_check(settings_for(folder, now=moment))
        except OptionError as error:
            raise Misuse(str(error)) from None
        reading = read(folder, settings, progress, recent, weigh=weighed)
        run = cls(folder, settings, reading, base, None, progress, recent)
        try:
            run._compare(base, fixing)
        except NoBase as error:
            if base is not None:
                raise Misuse(f"--changed: {printable(str(error))}") from None
        return run

    def _compare(self, base: str | None, fixing: bool) -> None:
        from ..host.changed import NoBase, changes_since
        from ..host.git import GitError

        if base is None and not fixing:
            return
        changes = changes_since(self.folder, base)
        if base is None and not (changes.touched or changes.gone):
            return
        try:
            with changes.before(self.folder) as then:
                try:
                    settings = _for_a_check(settings_for(then, now=self.settings.now))
                except OptionError:
                    # Options that had no meaning then had no problems to tell.
                    settings = self.settings
                # What a file reads as depends on the site's language, too.
                same = settings.lang == self.settings.lang
                reading = read(then, settings, None, self.recent if same else None, weigh=weighed)
        except GitError as error:
            raise NoBase(f"git could not tell what was there: {error}") from None
        self.before = Before(changes, reading, settings)

    def moved(self) -> Mapping[str, tuple[str, ...]]:
        """Addresses that lead nowhere since then, or that the ledger knows and nothing answers, by
        the path of the briefing that had them."""
        from ..fixing.moves import moved

        known = places(self.reading)
        found = {path: set(old) for path, old in known.missing_aliases().items()}
        if then := self.before:
            since = moved(
                then.reading, then.settings, self.reading, self.settings, then.changes.renamed
            )
            for path, old in since.items():
                lost = {address for address in old if not known.answered(address)}
                found.setdefault(path, set()).update(lost)
        return {path: tuple(sorted(old)) for path, old in found.items() if old}

    def mended(self) -> Mapping[str, Changed]:
        """What mending changes, by path; the folder is then taken to be mended."""
        from ..fixing.folder import mend_folder

        assert self.recent is not None
        changed, self.reading = mend_folder(
            self.folder,
            self.settings,
            self.moved(),
            self.reading,
            self.recent,
            self.before.changes.touched if self.before and self.base is not None else None,
            self.progress,
            weighed,
        )
        return changed

    def problems(self) -> tuple[Problem, ...]:
        """Those to report, sorted by place.

        With a base: all of the files that the branch touched and, of others, those that they had
        not before, which what it touched must have caused.
        """
        from ..fixing.moves import moved_problems

        found = list(problems(self.reading))
        if self.base is None or self.before is None:
            return tuple(found)
        touched = self.before.changes.touched
        known = Counter(map(_told, problems(self.before.reading)))
        shown = []
        for problem in found:
            known[_told(problem)] -= 1
            if problem.path in touched or known[_told(problem)] < 0:
                shown.append(problem)
        # An address of the ledger is a problem of the ledger.
        told = {row.path for row in places(self.reading).ledger.rows}
        moved = {
            path: tuple(address for address in old if address not in told)
            for path, old in self.moved().items()
        }
        return tuple(sorted([*shown, *moved_problems(moved), *self._taken_out()]))

    def _taken_out(self) -> list[Problem]:
        """What the ledger knew and knows no more: it only grows."""
        from ..reading.findings import Findings

        assert self.before is not None
        findings = Findings(LEDGER)
        kept = {row.path for row in places(self.reading).ledger.rows}
        for row in places(self.before.reading).ledger.rows:
            if row.path not in kept:
                message = f"the address '{row.path}' was taken out, and nothing ever is"
                hint = f"put its line back; where the page is gone, say so in {FORMER}"
                findings.add("bad-ledger", 1, 1, message, hint)
        return findings.problems

    @property
    def number(self) -> int:
        """How many files are reported on."""
        files = self.reading.files
        if self.base is None or self.before is None:
            return len(files)
        return len(self.before.changes.touched.intersection(files))

    def what(self) -> str:
        """What was looked at, to end a sentence."""
        where = f"{_files(self.number)} of {printable(self.folder.as_posix())}"
        if self.base is None or self.before is None:
            return where
        return f"{where} that changed since {printable(self.base)}"


def _for_a_check(settings: Settings) -> Settings:
    """Without what no problem rests on."""
    return replace(settings, passages=False, terms=False)


def _told(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.path, problem.line, problem.column, problem.code, problem.message


def _files(number: int) -> str:
    return f"{number:,} {'file' if number == 1 else 'files'}"
