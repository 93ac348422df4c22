"""`briefings init`: a new publication, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

import click

from .. import __version__
from ..catalog.problem import printable
from ..catalog.slugs import slugify
from .report import PROBLEMS, guarded

STARTER = Path(__file__).parent.parent / "starter"
"""Files of a new publication. What is `$word` in them is filled in, but not in those of editors."""
EDITOR = "vscode"
_HIDDEN = {"gitattributes": ".gitattributes", "gitignore": ".gitignore", EDITOR: ".vscode"}
"""Names that packages would lose or tools would follow, and what they stand for."""
_OWN_TOPIC = "this-publication"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the publication; default: that of the folder.")
@click.option(
    "--topic",
    "-t",
    "topics",
    multiple=True,
    metavar="TITLE",
    help="What it is about, the main topic first; default: its name.",
)
@click.option("--about", default="", metavar="SENTENCE", help="What search engines say of it.")
@click.option("--lang", default="en", metavar="TAG", help="Its language, such as es; default: en.")
@click.option("--url", default="", metavar="ADDRESS", help="Where it will be published.")
@guarded
def init(
    folder: Path, name: str | None, topics: Sequence[str], about: str, lang: str, url: str
) -> None:
    """Start a publication in the new folder DIR.

    It is complete: options, topics, an author, pages that say who you are, and two briefings that
    explain how it works, in English. It passes the check and can be built. Nothing is overwritten:
    DIR must not exist, or be empty.

    \b
    Examples:
      briefings init harbour-news
      briefings init energy --name "Energy notes" --topic "Power grids" --topic "Gas"
      briefings init mareas --name "Cuaderno de mareas" --topic Mareas --lang es
    """
    target = folder.absolute()
    name = _line(name if name is not None else _words(target.name), "--name", 100)
    keys = _keys([_line(topic, "--topic", 60) for topic in topics] or [name[:60].strip()])
    purpose = _line(about or f"Briefings on {' and '.join(keys.values())}", "--about", 300)
    if url and not url.startswith(("https://", "http://")):
        raise click.BadParameter("write the whole address: https://…", param_hint="--url")
    _free(target, folder)
    values = _values(
        name, keys, purpose, _tag(lang), url or f"https://{slugify(target.name) or 'site'}.example/"
    )
    files = dict(_files(values))
    _write(target, files)
    shown = printable(folder.as_posix())
    click.echo(f"Wrote {len(files)} files to {shown}: {printable(name)}, with two briefings that")
    click.echo("explain how it works. Delete them when you have written your own.")
    click.echo("Next:")
    click.echo(f"  1. cd {shown}")
    click.echo("  2. briefings serve     (shows it at http://127.0.0.1:8000)")
    click.echo("  3. briefings new       (asks what a briefing needs)")
    click.echo("Its README.md says what lies where, and how to publish it.")


def _words(folder: str) -> str:
    words = " ".join(folder.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def _line(text: str, option: str, limit: int) -> str:
    """A text in one line that front matter may hold.

    Raises:
        click.BadParameter: If it is none, or is too long.
    """
    from ..reading.text import CONTROLS, hidden, name

    text = " ".join(text.split())
    wrong = CONTROLS.search(text)
    found = wrong[0] if wrong else hidden(text)
    if found:
        raise click.BadParameter(f"it holds the character {name(found)}", param_hint=option)
    if not slugify(text):
        raise click.BadParameter("it has no letter and no digit", param_hint=option)
    if len(text) > limit:
        message = f"{len(text)} characters; at most {limit}"
        raise click.BadParameter(message, param_hint=option)
    return text


def _keys(titles: Sequence[str]) -> Mapping[str, str]:
    """Titles of topics by key.

    Raises:
        click.BadParameter: If two have one key.
    """
    found = {_OWN_TOPIC: "This publication"}
    for title in titles:
        key = slugify(title)
        if key in found:
            message = f"'{printable(title)}' and '{printable(found[key])}' are one topic"
            raise click.BadParameter(message, param_hint="--topic")
        found[key] = title
    del found[_OWN_TOPIC]
    return found


def _free(target: Path, shown: Path) -> None:
    if not os.path.lexists(target):
        return
    if target.is_dir() and not target.is_symlink() and target != Path.cwd():
        if not any(target.iterdir()):
            return
        what, hint = "is not empty", "name a new folder: nothing is overwritten"
    elif target.is_dir():
        what, hint = "is the folder you are in, or a link", "name a new folder, and move it later"
    else:
        what, hint = "is there already, and is no folder", "name a new folder"
    click.echo(f"error: {printable(shown.as_posix())} {what}", err=True)
    click.echo(f"  hint: {hint}", err=True)
    raise SystemExit(PROBLEMS)


def _tag(lang: str) -> str:
    """A tag of a language as the options of a site take it.

    Raises:
        click.BadParameter: If it is none.
    """
    from ..reading.options import OptionError
    from ..reading.options import lang as checked

    try:
        return checked(lang)
    except OptionError as error:
        raise click.BadParameter(str(error), param_hint="--lang") from error


def _values(
    name: str, topics: Mapping[str, str], purpose: str, lang: str, url: str
) -> Mapping[str, str]:
    from ..reading.frontwrite import scalar
    from .new import today

    day = today(os.environ)
    entries = "".join(
        f"{scalar(key)}:\n  title: {scalar(title)}\n" for key, title in topics.items()
    )
    return {
        "name": scalar(name),
        "title": name,
        # Within a text that stands in front matter without quotes.
        "plain": name if scalar(f"What {name} is") == f"What {name} is" else "this publication",
        "purpose": scalar(purpose),
        "url": scalar(url),
        "lang": scalar(lang),
        # What comes with it is English.
        "english": "" if lang.split("-")[0].lower() == "en" else "\nlang: en",
        "topics": entries.rstrip("\n"),
        "day": day.isoformat(),
        "year": f"{day.year:04}",
        "version": __version__,
    }


def _files(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Path and text of every file."""
    from ..reading.jsonschema import KINDS, json_schema

    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            first, *rest = path.relative_to(STARTER).parts
            place = [_HIDDEN.get(first, first), *(values.get(p, p) for p in rest)]
            text = path.read_text(encoding="utf-8")
            yield "/".join(place), text if first == EDITOR else Template(text).substitute(values)
    for kind in KINDS:
        text = json.dumps(json_schema(kind), indent=2, ensure_ascii=False)
        yield f".vscode/schemas/{kind}.json", f"{text}\n"


def _write(target: Path, files: Mapping[str, str]) -> None:
    """Write all files into a folder beside, which then gets its name in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".briefings-", dir=target.parent))
    try:
        for path, text in files.items():
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).write_text(text, encoding="utf-8", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o777 & ~mask)
        if target.is_dir():
            target.rmdir()  # Only an empty folder lets itself be removed.
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
