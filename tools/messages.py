"""Brings the message catalogs up to date with the English, and says what is not translated.

    python tools/messages.py             write locale/briefings.pot and every briefings.po
    python tools/messages.py --check     write nothing; exit 1 if anything is stale or missing
    python tools/messages.py --new fr    start a catalog for another language

A message that is new is empty, one whose English changed is marked `fuzzy` with the English it was
made for, one that is gone is dropped. A translator fills in what is empty, looks at what is fuzzy
and removes that mark. Comments and places come from the code, so edits to them are lost.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from mkdocs_briefings.wording import catalogs, english

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "mkdocs_briefings"
THEME = ROOT / "theme"
TEMPLATE = catalogs.FOLDER / f"{catalogs.DOMAIN}.pot"
WIDTH = 100

_HEADER = """\
# The interface of mkdocs-briefings{what}.
# See “Translate the interface” in CONTRIBUTING.md; tools/messages.py keeps this file up to date.
#"""
# Dates and names of whoever ran the tool would make every run a change.
_NOISE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    r"|Report-Msgid-Bugs-To|Project-Id-Version)[^\n]*\n",
    re.MULTILINE,
)


def notes() -> dict[str, list[str]]:
    """What translators are told of each message: the comment of its group, and its own."""
    source = Path(english.__file__).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    group: list[str] = []
    key, prefix, before, depth = "", "", "", 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += {"{": 1, "}": -1}.get(token.string, 0) if token.type == tokenize.OP else 0
        if token.type == tokenize.COMMENT:
            text = token.string.removeprefix("#").strip()
            if token.line.lstrip().startswith("#"):
                group = [*group, text] if before == "comment" else [text]
                before = "comment"
            elif key:
                found[key].append(text)
            continue
        if token.type == tokenize.NAME and token.string in {"WORDS", "COUNTED"}:
            prefix = catalogs.COUNTED if token.string == "COUNTED" else ""
        if token.type == tokenize.STRING and before != ":" and depth == 1:
            key = prefix + ast.literal_eval(token.string)
            found[key] = [" ".join(group)]
        if token.type not in {tokenize.NL, tokenize.NEWLINE}:
            before = token.string
    return found


def places() -> dict[str, list[str]]:
    """The files that show each message, relative to the project."""
    found: dict[str, list[str]] = {}
    files = [*sorted(THEME.rglob("*.html")), *sorted(PACKAGE.rglob("*.py"))]
    for path in files:
        if path.is_relative_to(PACKAGE / "wording"):
            continue
        text = path.read_text(encoding="utf-8")
        for word in dict.fromkeys(re.findall(r"[\"']([a-z_]+)[\"']", text)):
            found.setdefault(word, []).append(path.relative_to(ROOT).as_posix())
    return found


def messages() -> Iterator[Message]:
    """Every message without a translation, in the order of the code."""
    told, shown = notes(), places()
    texts: dict[str, str | tuple[str, ...]] = dict(english.WORDS)
    texts |= {catalogs.COUNTED + key: forms for key, forms in english.COUNTED.items()}
    for context, text in texts.items():
        key = context.removeprefix(catalogs.COUNTED)
        yield Message(
            text,
            "" if isinstance(text, str) else ("", ""),
            locations=[(place, 0) for place in shown.get(key, ())],
            flags=["python-brace-format"] if "{" in "".join(text) else [],
            auto_comments=[note for note in told[context] if note],
            context=context,
        )


def fresh(lang: str) -> Catalog:
    """A catalog of a language with every message and no translation; the template for ``."""
    catalog = Catalog(
        locale=Locale.parse(lang) if lang else None,
        domain=catalogs.DOMAIN,
        header_comment=_HEADER.format(what=f": {Locale.parse(lang).english_name}" if lang else ""),
        charset="utf-8",
        fuzzy=False,
    )
    for message in messages():
        catalog[message.id] = message
    return catalog


def updated(lang: str, old: Catalog | None) -> Catalog:
    """The messages of today with the translations of `old`."""
    catalog = fresh(lang)
    if old is not None and old.header_comment and len(old):
        # The rule of plurals is the translators'; the order of their forms hangs on it.
        catalog.mime_headers = [("Plural-Forms", old.plural_forms)]
    given = {message.context: message for message in old or () if message.context}
    for message in catalog:
        if not message.context:
            continue
        known = given.get(message.context)
        if lang == "en":
            message.string = message.id
        elif known and known.pluralizable == message.pluralizable:
            message.string = known.string
            message.user_comments = known.user_comments
            if known.fuzzy or (known.id != message.id and _whole(known)):
                message.flags.add("fuzzy")
                ids = known.previous_id or known.id
                message.previous_id = [ids] if isinstance(ids, str) else list(ids)
        elif message.pluralizable:
            message.string = ("",) * catalog.num_plurals
    return catalog


def _whole(message: Message) -> bool:
    given = message.string
    return bool(given) if isinstance(given, str) else bool(given) and all(given or ())


def open_messages(catalog: Catalog) -> list[str]:
    """Keys that wait for a translator."""
    return [m.context for m in catalog if m.context and (m.fuzzy or not _whole(m))]


def written(catalog: Catalog) -> str:
    """A catalog as a file; the same messages give the same text."""
    file = io.BytesIO()
    write_po(file, catalog, width=WIDTH, include_lineno=False, include_previous=True)
    return _NOISE.sub("", file.getvalue().decode("utf-8"))


def files() -> Iterator[tuple[Path, str, list[str]]]:
    """Each catalog: where it belongs, its text of today, and the keys not yet translated."""
    yield TEMPLATE, written(fresh("")), []
    for tag in catalogs.available():
        path = catalogs.path_of(tag.replace("-", "_"))
        with path.open("rb") as file:
            old = read_po(file, locale=tag.replace("-", "_"), domain=catalogs.DOMAIN)
        catalog = updated(tag.replace("-", "_"), old)
        yield path, written(catalog), open_messages(catalog)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if not done")
    parser.add_argument("--new", metavar="LANG", help="start a catalog, for example fr or zh_Hant")
    given = parser.parse_args()
    if given.new:
        path = catalogs.path_of(given.new)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(exist_ok=True)
    stale, waiting = [], 0
    for path, text, missing in files():
        name = path.relative_to(ROOT)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not given.check:
                path.write_text(text, encoding="utf-8")
                print(f"{name}: written")
        for key in missing:
            print(f"{name}: {key}")
        waiting += len(missing)
    if given.check:
        for name in stale:
            print(f"{name}: run tools/messages.py")
    print(f"{waiting} messages wait for a translation", file=sys.stderr)
    return int(bool(waiting or (given.check and stale)))


if __name__ == "__main__":
    raise SystemExit(main())
