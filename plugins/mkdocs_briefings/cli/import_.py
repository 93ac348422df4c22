"""`briefings import`: raw texts made into briefings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed
from datetime import datetime
from pathlib import Path

import click

from ..catalog.problem import Severity, printable
from ..importing import convert
from . import completing, import_site, writing
from .appending import append
from .import_report import failure, passed_over, report
from .importing import Choices, Folder, Plan, analyse, author_lines, collect, finish
from .options import FOLDER_SHOWN, content_folder
from .report import FINE, PROBLEMS, guarded


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=content_folder,
    show_default=FOLDER_SHOWN,
    metavar="DIR",
    help="The content folder.",
)
@click.option(
    "--date",
    "day",
    metavar="DATE",
    help="Day of publication, as 2026-03-17; `text` takes the one that each text says.",
)
@click.option(
    "--author",
    "-a",
    "authors",
    multiple=True,
    shell_complete=completing.authors,
    help="Who signs, whatever the byline.",
)
@click.option(
    "--topic",
    "-t",
    "topics",
    multiple=True,
    shell_complete=completing.topics,
    help="Key, title or alias; main one first.",
)
@click.option("--title", help="The title of the only FILE, when its first line is none.")
@click.option("--slug", help="The file name for the only FILE, without `.md`.")
@click.option("--add-authors", is_flag=True, help="Append new authors to authors.yml.")
@click.option(
    "--from",
    "form",
    type=click.Choice(["raw", *import_site.NAMES]),
    help="What FILE is, where it cannot be told: a site's form, or raw texts.",
)
@click.option("--url", "urls", multiple=True, help="Where the old site stood, for its own links.")
@click.option("--permalink", metavar="RULE", help="Its addresses: '/:year/:month/:day/:slug/'.")
@click.option(
    "--report",
    "report_to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the report on a site goes (.md, and .json beside it).",
)
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@guarded
def import_(
    files: Sequence[Path],
    to: Path,
    day: str | None,
    authors: Sequence[str],
    topics: Sequence[str],
    title: str | None,
    slug: str | None,
    add_authors: bool,
    form: str | None,
    urls: Sequence[str],
    permalink: str | None,
    report_to: Path | None,
    dry_run: bool,
) -> None:
    """Turn what people have into briefings: DIR/<year>/<slug>.md.

    FILE is the folder of a site (Hugo, Jekyll, Pelican, Eleventy or the blog plugin of Material
    for MkDocs), Word and HTML documents, or raw texts.

    Of a site everything comes in: front matter, authors and topics as registries, old addresses
    as aliases, links inside it and pictures. A report beside DIR lists for every file what was
    taken, guessed and left. --date, --author and --topic are for the texts that name none
    themselves. Run it again after it was stopped: what is there already stays as it is.

    A raw text is a plain text: the title on the first line, then paragraphs between blank lines,
    the byline above or below them. A folder stands for all its .txt files. Paragraphs are written
    as typed, with what Markdown would take for markup escaped; a paragraph in another language is
    marked; what web pages leave behind ("You may also like") is cut. Every line that is not in
    the briefing is in the report, which goes to standard output.

    Topics are proposed out of topics.yml. A new author is proposed as lines for authors.yml.
    Nothing is overwritten. Exits with 1 when a text did not become a sound briefing; the others
    are written all the same.

    \b
    Examples:
      briefings import notes.txt --date 2026-03-17
      briefings import notes.txt --date 2026-03-17 --dry-run
      briefings import inbox/ --to briefings --date text --add-authors
      briefings import notes.txt --date 2026-03-17 --author trade-desk --topic tariffs
      briefings import ../old-site --to briefings --dry-run
      briefings import ../old-site --from jekyll --url https://old.example/ --author the-desk
    """
    site = import_site.form_of(files, form)
    if site:
        if title or slug:
            raise click.UsageError("--title and --slug are for raw texts")
        asked = convert.Choices(
            day=writing.a_date(day, "--date") if day and day != "text" else None,
            authors=authors,
            topics=topics,
            url=urls,
            permalink=permalink or "",
            now=_now(),
        )
        code = import_site.run(files[0], site, to, asked, dry=dry_run, report_to=report_to)
        raise SystemExit(code)
    if urls or permalink or report_to:
        raise click.UsageError("--url, --permalink and --report are for sites")
    taken, over = collect(files)
    if (title or slug) and len(taken) != 1:
        raise click.UsageError("--title and --slug are for one FILE")
    settings = writing.settings_of(to)
    choices = Choices(
        day=writing.a_date(day, "--date") if day not in (None, "text") and day else None,
        from_text=day == "text",
        title=" ".join((title or "").split()),
        slug=_slug(slug),
    )
    folder = Folder(to, settings)
    choices = changed(
        choices,
        authors=_authors(folder, authors),
        topics=writing.chosen(folder.registries.topic_names, topics, "--topic"),
    )
    plans = [analyse(path, folder, choices) for path in taken]
    _ask(plans, folder, choices)
    sound = [_done(plan, folder, choices, dry=dry_run) for plan in plans]
    if over:
        click.echo(passed_over(over))
    _propose(plans, folder, add=add_authors and not dry_run)
    number = sum(1 for plan in plans if not plan.faults)
    told = f"{number} of {len(plans)} texts {'would become' if dry_run else 'became'} briefings"
    click.echo(told, err=True)
    raise SystemExit(FINE if all(sound) else PROBLEMS)


def _now() -> datetime:
    from ..reading.options import OptionError, clock

    try:
        return clock()
    except OptionError as error:
        raise click.UsageError(str(error)) from None


def _slug(given: str | None) -> str:
    if not given:
        return ""
    slug = writing.short_slug(given, 100)
    if slug != given:
        message = f"'{printable(given)}' is no slug" + (f": write '{slug}'" if slug else "")
        raise click.BadParameter(message, param_hint="--slug")
    return slug


def _authors(folder: Folder, typed: Sequence[str]) -> list[str]:
    """Authors given with the option; a new full name is as good as one in a byline."""
    found = []
    for name in typed:
        known, wrong = writing.look_up(folder.registries.author_names, " ".join(name.split()))
        if wrong and " " not in name.strip():
            raise click.BadParameter(printable(wrong), param_hint="--author")
        found.append(known.written)
    return found


def _ask(plans: Sequence[Plan], folder: Folder, choices: Choices) -> None:
    """Ask for what no text and no option said; misuse when nobody can be asked.

    Raises:
        click.UsageError: Without a date and without a terminal.
    """
    waiting = [plan for plan in plans if not plan.faults]
    asking = writing.on_terminal()
    undated = [plan for plan in waiting if plan.day is None and not choices.from_text]
    if undated and not asking:
        raise click.UsageError(_no_date(undated))
    for plan in waiting if asking else ():
        about = printable(plan.source.name)
        if not plan.title:
            plan.title = click.prompt(f"{about}: title", err=True).strip()
        if not plan.authors:
            typed = click.prompt(f"{about}: author (key or full name)", err=True)
            plan.authors = [writing.look_up(folder.registries.author_names, typed.strip())[0]]
        if plan.day is None:
            proposed = plan.raw.days[0][1] if plan.raw.days else None
            answer: str = click.prompt(
                f"{about}: date of publication",
                default=proposed,
                value_proc=lambda typed: writing.a_date(typed, "the date").isoformat(),
                err=True,
            )
            plan.day = writing.a_date(answer, "the date")


def _no_date(undated: Sequence[Plan]) -> str:
    first = undated[0]
    if first.raw.days:
        line, day, _ = first.raw.days[0]
        text = "--date text takes that of each text" if len(undated) > 1 else "--date text takes it"
        return f"No date. {printable(first.source.name)} says {day} (line {line}): {text}"
    return "No date: give it with --date, for example --date 2026-03-17"


def _done(plan: Plan, folder: Folder, choices: Choices, *, dry: bool) -> bool:
    """Finish, write and report one text; whether it is a sound briefing now."""
    finish(plan, folder, choices)
    if not plan.faults and not dry:
        try:
            writing.write_new(folder.path / plan.target, plan.text)
        except OSError as error:
            why = error.strerror or str(error)
            plan.fail("unreadable", 1, 1, f"{plan.target} cannot be written: {why}")
    lines = failure(plan) if plan.faults else report(plan, folder, dry=dry)
    for line in lines:
        click.echo(line)
    click.echo()
    errors = [p for p in plan.found if p.severity == Severity.ERROR and p.code != "unknown-author"]
    return not plan.faults and not errors


def _propose(plans: Sequence[Plan], folder: Folder, *, add: bool) -> None:
    """Print the lines that authors.yml lacks, or append them."""
    lines = author_lines(plan for plan in plans if not plan.faults)
    if not lines:
        return
    path = folder.path / "authors.yml"
    why = append(path, lines) if add else ""
    if add and not why:
        click.echo(f"added to {printable(path.as_posix())}:")
    elif why:
        click.echo(f"{printable(path.as_posix())} is as it was: {printable(why)}. Add by hand:")
    else:
        where = printable(path.as_posix())
        click.echo(f"for {where}, by hand or with --add-authors; check refuses them till then:")
    for line in lines.splitlines():
        click.echo(f"  {printable(line)}")
