"""`briefings related`: what a briefing belongs with, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..catalog.catalog import Catalog
from ..catalog.problem import printable
from ..catalog.slugs import fold
from . import completing
from .options import FOLDER_SHOWN, content_folder
from .report import guarded, progress

if TYPE_CHECKING:
    from ..linking.graph import Related
    from ..reading.read import Reading

Lists = Mapping[str, Sequence["Related"]]


@click.command()
@click.argument("slug", required=False, shell_complete=completing.briefings)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=content_folder,
    show_default=FOLDER_SHOWN,
    help="The content folder, or the folder that has it as `briefings`.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Most related briefings of each.",
)
@click.option("--explain", is_flag=True, help="Show what each signal gave to the score.")
@click.option(
    "--json", "as_json", is_flag=True, help="For programs; without SLUG, the whole folder."
)
@guarded
def related(slug: str | None, folder: Path, limit: int, explain: bool, as_json: bool) -> None:
    """Show the briefings related to SLUG, best first, each with its reason.

    SLUG is the last part of a briefing's address; its file's path does as well. A draft can be
    looked at, too: readers of others are not offered it.

    With --json the output is an object: by slug, the slugs of the related briefings. With
    --explain they are objects themselves. Problems in the folder are counted, and whatever can be
    read is ranked.

    \b
    Examples:
      briefings related fed-holds-rates --explain
      briefings related --json > related.json
    """
    if slug is None and not as_json:
        raise click.UsageError("name a briefing, or ask for the whole folder with --json")
    from ..reading.options import OptionError, clock, settings_for
    from ..reading.read import read

    folder = _content(folder)
    try:
        settings = settings_for(folder, now=clock(None))
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    with progress("Reading") as advance:
        reading = read(folder, settings, advance)
    catalog, wanted = reading.catalog, None
    if slug is not None:
        catalog, key = _with(slug, reading)
        wanted = {key}
    lists, problems = _lists(catalog, reading, limit, wanted, explain)
    if as_json:
        click.echo(json.dumps(_plain(lists, catalog, explain), indent=1, ensure_ascii=False))
    else:
        for key, entries in lists.items():
            _show(key, entries, catalog, explain)
    if problems:
        told = "1 problem" if problems == 1 else f"{problems:,} problems"
        click.echo(f"{told} in {folder.as_posix()}: see `briefings check`", err=True)


def _content(folder: Path) -> Path:
    """The content folder: `folder`, or `briefings` in it where it holds no text of its own."""
    inner = folder / "briefings"
    return inner if inner.is_dir() and not any(folder.glob("*.md")) else folder


def _with(named: str, reading: Reading) -> tuple[Catalog, str]:
    """The catalog with the briefing that was named, and its slug.

    Raises:
        click.UsageError: If there is none.
    """
    catalog = reading.catalog
    drafts = {draft.slug: draft for draft in reading.drafts}
    everyone = {**catalog.briefings, **drafts}
    path = f"/{Path(named).as_posix()}"
    paths = [b.slug for b in everyone.values() if path.endswith(f"/{b.path}")]
    key = paths[0] if paths else fold(Path(named).name.removesuffix(".md"))
    if key not in everyone:
        from ..linking.nearest import did_you_mean, nearest

        hint = did_you_mean(nearest(key, sorted(everyone)))
        told = f"no briefing '{printable(named)}'"
        raise click.UsageError(f"{told}: {hint}" if hint else told)
    if key in drafts:
        catalog = replace(catalog, briefings={**catalog.briefings, key: drafts[key]})
    return catalog, key


def _lists(
    catalog: Catalog, reading: Reading, limit: int, wanted: set[str] | None, explain: bool
) -> tuple[Lists, int]:
    """Related briefings by slug, in code point order, and the number of problems."""
    from ..linking.backlinks import citations
    from ..linking.related import related_briefings
    from ..linking.resolve import resolve_links

    links, missed = resolve_links(catalog, reading.held_back)
    with progress("Ranking") as advance:
        found = related_briefings(
            catalog,
            citations(catalog, links),
            limit=limit,
            only=wanted,
            explain=explain,
            progress=advance,
        )
    return dict(sorted(found.items())), len(reading.problems) + len(missed)


def _plain(lists: Lists, catalog: Catalog, explain: bool) -> dict[str, list[Any]]:
    if not explain:
        return {slug: [entry.slug for entry in entries] for slug, entries in lists.items()}
    from ..linking.reasons import reason_text

    return {
        slug: [
            {
                "slug": entry.slug,
                "reason": reason_text(entry, catalog),
                "kind": entry.kind,
                # The editor's choice has no score: infinity is no number to JSON.
                "score": None if entry.kind == "curated" else entry.score,
                "parts": dict(entry.parts),
            }
            for entry in entries
        ]
        for slug, entries in lists.items()
    }


def _show(slug: str, entries: Sequence[Related], catalog: Catalog, explain: bool) -> None:
    from ..linking.reasons import reason_text

    click.echo(f"{slug}: {printable(catalog.briefings[slug].title)}")
    for place, entry in enumerate(entries, start=1):
        title = printable(catalog.briefings[entry.slug].title)
        click.echo(f"{place:3}. {entry.slug}: {title}")
        click.echo(f"     {printable(reason_text(entry, catalog))}")
        if explain and entry.parts:
            given = [f"{name} {value:.4f}" for name, value in entry.parts.items() if value]
            click.echo(f"     {' + '.join(given).replace('+ variety -', '- variety ')}"
                       f" = {entry.score:.4f}")  # fmt: skip
    if not entries:
        click.echo("     Nothing here belongs with it yet.")
