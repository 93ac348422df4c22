"""`briefings import` of whole sites and of documents: what touches the disk."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from ..catalog.codes import CODES, grade
from ..catalog.problem import Problem, Severity, printable
from ..catalog.settings import Settings
from ..importing.convert import Choices, Result, Target, convert
from ..importing.forms import Form, forms
from ..importing.forms.documents import is_document
from ..importing.records import Finding
from ..importing.report import Report, as_json, as_markdown, gather, summary
from ..importing.tree import Tree
from ..reading.folder import IMAGE_LIMIT
from ..reading.frontwrite import front_matter
from ..reading.nodes import Fault
from . import writing
from .appending import append
from .report import FINE, PROBLEMS

NAMES = tuple(forms())
"""What `--from` takes beside `raw`."""


def form_of(sources: Sequence[Path], named: str | None) -> tuple[Form, Tree, str] | None:
    """The form of the sources, their files, and what shows the form; None for raw texts.

    Raises:
        click.UsageError: For sources that cannot be imported in one run.
    """
    if named == "raw":
        return None
    first = sources[0]
    if all(path.is_file() for path in sources):
        documents = [path for path in sources if is_document(path.name)]
        if not documents and not named:
            return None
        if len({path.parent for path in sources}) > 1 or (not named and documents != [*sources]):
            message = "documents of one folder at a time, and raw texts by themselves"
            raise click.UsageError(message)
        form = forms()[named or "documents"]
        return form, Tree.chosen(sources), f"--from {named}" if named else first.name
    if len(sources) > 1:
        if named:
            raise click.UsageError("one folder at a time")
        return None
    try:
        tree = Tree.of(first)
    except Fault as fault:
        raise click.UsageError(f"{printable(first.as_posix())}: {fault}") from None
    if named:
        return forms()[named], tree, f"--from {named}"
    for form in forms().values():
        evidence = form.detect(tree)
        if evidence:
            return form, tree, evidence
    return None


def run(
    source: Path,
    found: tuple[Form, Tree, str],
    to: Path,
    choices: Choices,
    *,
    dry: bool,
    report_to: Path | None,
) -> int:
    """Import a site; the exit code."""
    form, tree, evidence = found
    settings = writing.settings_of(to)
    target, before = _target(to, settings)
    site = form.read(tree)
    result = convert(site, tree, target, choices)
    _keep_open_names(result, before)
    report = Report(
        source=source.as_posix(),
        form=form.title,
        evidence=evidence,
        target=to.as_posix(),
        dry=dry,
    )
    with contextlib.ExitStack() as stack:
        place = to
        if dry:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="briefings-")))
            _registries(result, place, to)
        written = _write(result, tree, place, fresh=to)
        if not dry:
            _registries(result, to, to)
        problems = _checked(place, settings)
    gather(result, report)
    _judge(report, result, problems, tree, written)
    if report_to is not None or not dry:
        path = _free(report_to or to.resolve().parent / "import-report.md")
        writing.write_new(path, as_markdown(report))
        writing.write_new(path.with_suffix(".json"), as_json(report))
        click.echo(f"report: {printable(path.as_posix())} and {path.with_suffix('.json').name}")
    for line in summary(report):
        click.echo(line)
    errors = any(name.startswith("error ") for name in report.problems)
    return PROBLEMS if errors or report.left(1) else FINE


def _target(to: Path, settings: Settings) -> tuple[Target, Mapping[str, Mapping[str, str]]]:
    """What the content folder has; and the names of its vocabularies that are still open."""
    from ..reading.read import read

    target = Target(settings=settings, registries=writing.registries_of(to))
    before: dict[str, Mapping[str, str]] = {}
    if to.is_dir():
        reading = read(to, settings)
        catalog = reading.catalog
        taken = {slug: file for file, slug in reading.broken.items()}
        taken |= {b.slug: b.path for b in [*catalog.briefings.values(), *reading.drafts]}
        target.taken = taken
        target.pages = {page.slug: page.path for page in catalog.pages.values()}
        before["topic"] = {key: topic.title for key, topic in catalog.topics.items()}
        before["author"] = {key: author.name for key, author in catalog.authors.items()}
    return target, before


def _keep_open_names(result: Result, before: Mapping[str, Mapping[str, str]]) -> None:
    """A new registry closes a vocabulary: the names in use so far go into it too."""
    for names, field in ((result.topics, "title"), (result.authors, "name")):
        if not names.known.closed:
            for key, label in before.get(names.kind, {}).items():
                names.entries.setdefault(key, {field: label})


def _write(result: Result, tree: Tree, to: Path, fresh: Path) -> Counter[str]:
    """Write pictures, then texts. What stands there with the same bytes is fine: an earlier run
    was stopped. What stands there with others stays as it is, and is told.

    Args:
        fresh: The content folder that is meant, whose files are in the way also in a dry run.
    """
    done: Counter[str] = Counter()
    for source, path in result.images.taken.items():
        data = (
            result.images.inside[path]
            if path in result.images.inside
            else tree.data(source, IMAGE_LIMIT)
        )
        state = _one(to / path, fresh / path, data)
        done[f"picture {state}"] += 1
        if state == "exists":
            finding = Finding("exists", 0, 1, path, "a picture of that name with other content")
            result.left.append((source.partition("\0")[0], finding))
    for path, item in result.files.items():
        state = _one(to / path, fresh / path, item.text.encode("utf-8"))
        done[f"text {state}"] += 1
        if state == "exists":
            item.note("exists", path, "it was kept: delete it and import again, or merge by hand")
        elif state == "same":
            item.note("already-there", path, "written by an earlier run")
    return done


def _one(path: Path, meant: Path, data: bytes) -> str:
    """Write a file that is not there yet: `new`, `same` or `exists`."""
    if os.path.lexists(meant):
        same = meant.is_file() and not meant.is_symlink() and meant.read_bytes() == data
        state = "same" if same else "exists"
        if meant == path or state == "exists":
            return state
    else:
        state = "new"
    try:
        writing.write_new(path, data)
    except FileExistsError:
        return "exists"
    return state


def _registries(result: Result, place: Path, to: Path) -> None:
    """Make the registries, or let them grow by what they lack."""
    for names in (result.topics, result.authors):
        registry = f"{names.kind}s.yml"
        new = {k: e for k, e in names.entries.items() if k not in names.known.keys}
        if not new:
            if place != to and (to / registry).is_file():
                _one(place / registry, place / registry, (to / registry).read_bytes())
            continue
        lines = front_matter(new)
        why = ""
        if not (to / registry).exists():
            state = _one(place / registry, place / registry, lines.encode("utf-8"))
            why = "it is there already" if state == "exists" else ""
        else:
            if place != to:
                _one(place / registry, place / registry, (to / registry).read_bytes())
            why = append(place / registry, lines)
        if why:
            entries = f"{registry}: {', '.join(new)}"
            result.general.append(Finding("registry-left", 0, 1, entries, why))


def _checked(place: Path, settings: Settings) -> Sequence[Problem]:
    from ..checking import problems
    from ..reading.read import read
    from ..weighing import weighed

    if not place.is_dir():
        return ()
    return grade(problems(read(place, settings, weigh=weighed)), settings.severity)


def _judge(
    report: Report, result: Result, problems: Sequence[Problem], tree: Tree, done: Counter[str]
) -> None:
    """Put what the checker says, and the numbers, into the report."""
    sources = {path: item.source for path, item in result.files.items()}
    told: Counter[str] = Counter()
    codes: dict[str, None] = {}
    for problem in problems:
        told[f"{problem.severity} {problem.code}"] += 1
        if problem.severity != Severity.ERROR:
            continue
        codes.setdefault(problem.code)
        if problem.code in _TOLD:
            continue  # The report has its own word for it.
        what = f"{problem.path}:{problem.line}:{problem.column}: {problem.code}: {problem.message}"
        finding = Finding("check", 0, 1, what, problem.hint)
        report.files.setdefault(sources.get(problem.path, ""), []).append(finding)
    report.problems = dict(sorted(told.items()))
    report.lower = sorted(code for code in codes if not CODES[code].firm)
    report.firm = sorted(code for code in codes if CODES[code].firm)
    tally = report.tally
    report.counts = {
        "files in the source": len(tree.files),
        "texts written": sum(n for name, n in done.items() if name in _TEXTS),
        "of them there before": done["text same"],
        "texts kept from being overwritten": done["text exists"],
        "pictures": done["picture new"] + done["picture same"],
        "topics": len(result.topics.entries),
        "authors": len(result.authors.entries),
        "old addresses that lead on": tally.get("alias", 0),
        "links rewritten": tally.get("link-rewritten", 0) + tally.get("link-guessed", 0),
        "links to the old site": tally.get("link-old-site", 0),
        "links that lead nowhere": tally.get("link-nowhere", 0),
    }


_TOLD = frozenset({"missing-author", "missing-topics"})
_TEXTS = ("text new", "text same")


def _free(path: Path) -> Path:
    """The path, or with a number the next one at which no report stands."""
    return next(
        free for free in _numbered(path) if not any(
            os.path.lexists(free.with_suffix(ending)) for ending in (".md", ".json")
        )
    )  # fmt: skip


def _numbered(path: Path) -> Iterator[Path]:
    path = path.with_suffix(".md")
    yield path
    for n in range(2, 1_000_000):
        yield path.with_name(f"{path.stem}-{n}.md")
