"""Problems as SARIF 2.1.0, the form in which forges and editors take the findings of a checker."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..catalog.codes import CODES
from ..catalog.problem import Problem, printable

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "briefingsProblem/v1"


def log(problems: Sequence[Problem], before: str) -> dict[str, Any]:
    """A SARIF log of one run, with every problem in the order given.

    Fingerprints tell a problem from others by file, code and message, not by line: it stays the
    same one while lines move above it. Columns count code points.

    Args:
        problems: Graded.
        before: What is put before each path, as for `report.show`.
    """
    rules = sorted({problem.code for problem in problems})
    places = {code: place for place, code in enumerate(rules)}
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": places[problem.code],
            "level": str(problem.severity),
            "message": {"text": _told(problem)},
            "locations": [{"physicalLocation": _place(problem, before)}],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        }
        for problem, fingerprint in zip(problems, _fingerprints(problems), strict=True)
    ]
    driver = {
        "name": "mkdocs-briefings",
        "version": __version__,
        "rules": [_rule(code) for code in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    known = CODES[code]
    name = "".join(part.title() for part in code.split("-"))
    lowered = (
        "No option lowers it."
        if known.firm
        else f"A site may change how grave it is: `severity: {{{code}: …}}` in mkdocs.yml."
    )
    more = f"CONTRIBUTING.md of mkdocs-briefings shows a bad and a good example under `{code}`."
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": known.meaning},
        "help": {
            "text": f"{known.meaning} {lowered} {more}",
            "markdown": f"**{known.meaning}** {lowered}\n\n{more}",
        },
        "defaultConfiguration": {"level": str(known.severity)},
    }


def _told(problem: Problem) -> str:
    text = printable(problem.message)
    return f"{text}; hint: {printable(problem.hint)}" if problem.hint else text


def _place(problem: Problem, before: str) -> dict[str, Any]:
    return {
        "artifactLocation": _address(before + problem.path),
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }


def _address(path: str) -> dict[str, str]:
    """A path as a URI: percent-encoded byte for byte, relative to the root of the sources."""
    path = posixpath.normpath(path)
    encoded = quote(os.fsencode(path), safe="/")
    if path.startswith("/"):
        return {"uri": f"file://{encoded}"}
    return {"uri": encoded, "uriBaseId": "%SRCROOT%"}


def _fingerprints(problems: Sequence[Problem]) -> Iterator[str]:
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        key = problem.path, problem.code, problem.message
        seen[key] += 1
        whole = "\0".join((*key, str(seen[key])))
        yield hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
