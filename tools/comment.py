"""A report of `briefings diff --format json` from somebody else's job → the text of a comment.

    python tools/comment.py REPORT COMMENT

The report is an artifact of a job that a proposal may have changed, so it may hold anything. It is
read as data of a known form and written again by our own writer; nothing in it is run, followed or
posted as it is. Exit code 1 if it is not of that form.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import msgspec
from mkdocs_briefings.comparing.markdown import markdown
from mkdocs_briefings.comparing.records import FORM, Comparison

LIMIT = 32 << 20
"""Most bytes of a report: an archive that changes as a whole has some millions."""
MARK = "<!-- briefings-diff -->\n"
"""By which an earlier comment is found again."""


def comment(data: bytes) -> str:
    """The comment that a report becomes.

    Raises:
        ValueError: If it is no report of this form.
    """
    try:
        found = msgspec.json.decode(data, type=Comparison, strict=True)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"no report: {error}") from error
    if found.form != FORM:
        raise ValueError(f"a report of form {found.form}, where {FORM} is known")
    return MARK + markdown(found)


def read(path: Path) -> bytes:
    """The bytes of a regular file that is not too large.

    Raises:
        ValueError: If it is anything else.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("no regular file")
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ValueError("too large")
    return data


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        text = comment(read(Path(arguments[0])))
    except (ValueError, OSError) as error:
        print(f"error: {str(error).encode('unicode_escape').decode()}")
        return 1
    Path(arguments[1]).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
