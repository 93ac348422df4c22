"""The report of an import: JSON for programs, Markdown for the person who works through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ..catalog.problem import printable
from .convert import Result
from .findings import CODES
from .records import GUESSED, LEFT, TAKEN, Finding

SHOWN = 200
"""Most findings of a code that the work list shows one by one; the JSON has all."""
_WIDTH = 160


@dataclass(slots=True, kw_only=True)
class Report:
    """All that is to be told, by source file."""

    source: str
    form: str
    evidence: str
    target: str
    dry: bool
    files: dict[str, list[Finding]] = field(default_factory=dict)
    """Source path → findings; the empty path for the whole site."""
    became: dict[str, str] = field(default_factory=dict)
    """Source path → path in the content folder."""
    counts: dict[str, int] = field(default_factory=dict)
    """Numbers about the run: files in, files out, and so on."""
    problems: dict[str, int] = field(default_factory=dict)
    """What `briefings check` says of the result: `error bad-link` → how often."""
    lower: Sequence[str] = ()
    """Codes of errors that a site may lower to warnings."""
    firm: Sequence[str] = ()

    @property
    def tally(self) -> Mapping[str, int]:
        """Findings by code, in the order of the table."""
        found = Counter(finding.code for each in self.files.values() for finding in each)
        return {code: found[code] for code in CODES if found[code]}

    def left(self, weight: int = 4) -> int:
        """Findings left for a person, up to a weight."""
        tally = self.tally
        return sum(
            n for c, n in tally.items() if CODES[c].kind == LEFT and CODES[c].weight <= weight
        )


def gather(result: Result, report: Report) -> Report:
    """Put the findings of a result into a report, by source file in order of path."""
    files: dict[str, list[Finding]] = {}
    for item in result.site.items:
        files.setdefault(item.source, []).extend(item.findings)
        if item.target:
            report.became[item.source] = item.target
        elif item.kind in {"topic", "author"}:
            report.became[item.source] = f"{item.kind}s.yml: {item.key}"
    for path, finding in result.left:
        files.setdefault(path, []).append(finding)
    for source, target in result.images.taken.items():
        if "\0" not in source:
            report.became[source] = target
            files.setdefault(source, []).append(Finding("image-copied", 0, 1, source, target))
    if result.general:
        files[""] = list(result.general)
    report.files = {
        path: sorted(files[path], key=lambda f: (f.line, f.column, f.code))
        for path in sorted(files)
    }
    return report


def as_json(report: Report) -> str:
    """The whole report; keys and files in a fixed order."""
    record: dict[str, Any] = {
        "source": report.source,
        "form": report.form,
        "because": report.evidence,
        "to": report.target,
        "dry_run": report.dry,
        "counts": report.counts,
        "findings": {
            code: {"how": CODES[code].kind, "count": n, "meaning": CODES[code].meaning}
            for code, n in report.tally.items()
        },
        "check": report.problems,
        "files": [_file(path, found, report) for path, found in report.files.items()],
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=1).decode("utf-8") + "\n"


def _file(path: str, found: Sequence[Finding], report: Report) -> dict[str, Any]:
    kinds: dict[str, list[dict[str, Any]]] = {TAKEN: [], GUESSED: [], LEFT: []}
    for finding in found:
        row: dict[str, Any] = {"code": finding.code, "what": finding.what}
        if finding.why:
            row["why"] = finding.why
        if finding.line:
            row |= {"line": finding.line, "column": finding.column}
        kinds[CODES[finding.code].kind].append(row)
    return {"source": path, "became": report.became.get(path, ""), **kinds}


def as_markdown(report: Report) -> str:
    """The report for a person: numbers, what to do first, then every file."""
    return "\n".join(_lines(report)) + "\n"


def summary(report: Report) -> list[str]:
    """The lines that the command prints."""
    lines = [f"{name}: {number:,}" for name, number in report.counts.items()]
    for kind in (TAKEN, GUESSED, LEFT):
        rows = [f"{code} {n:,}" for code, n in report.tally.items() if CODES[code].kind == kind]
        lines.append(f"{kind}: {', '.join(rows) or 'nothing'}")
    found = ", ".join(f"{name} {n:,}" for name, n in report.problems.items())
    lines.append(f"briefings check: {found or 'nothing to mend'}")
    return [printable(line) for line in lines]


def _lines(report: Report) -> Iterator[str]:
    yield f"# Import of {_plain(report.source)}"
    yield ""
    what = "would be written to" if report.dry else "written to"
    yield f"Read as {report.form}, because of {_code(report.evidence)};"
    yield f"{what} {_code(report.target)}."
    yield ""
    yield "| | |"
    yield "|---|--:|"
    for name, number in report.counts.items():
        yield f"| {name} | {number:,} |"
    yield ""
    yield from _table(report)
    yield from _check(report)
    yield from _work(report)
    yield from _all(report)


def _table(report: Report) -> Iterator[str]:
    yield "## What was found"
    yield ""
    yield "| | finding | times | meaning |"
    yield "|---|---|--:|---|"
    for code, n in report.tally.items():
        yield f"| {CODES[code].kind} | `{code}` | {n:,} | {CODES[code].meaning} |"
    yield ""


def _check(report: Report) -> Iterator[str]:
    yield "## What `briefings check` says"
    yield ""
    if not report.problems:
        yield "Nothing: the result is sound."
    for name, n in report.problems.items():
        yield f"- {name}: {n:,}"
    if report.lower:
        yield ""
        yield "To publish before all of it is mended, lower these errors in `mkdocs.yml`:"
        yield ""
        yield "```yaml"
        yield "plugins:"
        yield "  - briefings:"
        yield "      severity:"
        for code in report.lower:
            yield f"        {code}: warning"
        yield "```"
    if report.firm:
        yield ""
        yield f"These stop every build until they are mended: {', '.join(report.firm)}."
    yield ""


def _work(report: Report) -> Iterator[str]:
    """What is left, the gravest first, one box to tick for each."""
    order = list(CODES)
    codes = [c for c in report.tally if CODES[c].kind != TAKEN and CODES[c].weight < 4]
    codes.sort(
        key=lambda code: (CODES[code].weight, CODES[code].kind == GUESSED, order.index(code))
    )
    yield "## What to do, the gravest first"
    yield ""
    for code in codes:
        rows = [(p, f) for p, found in report.files.items() for f in found if f.code == code]
        yield f"### {code}: {len(rows):,}"
        yield ""
        yield CODES[code].meaning
        yield ""
        alike = _alike(rows)
        for line in alike[:SHOWN]:
            yield f"- [ ] {line}"
        if len(alike) > SHOWN:
            yield f"- {len(alike) - SHOWN:,} more, in the JSON and below"
        yield ""


def _alike(rows: Sequence[tuple[str, Finding]]) -> list[str]:
    """A line a finding; the same finding in many files is one line."""
    by: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
    for path, finding in rows:
        by.setdefault((finding.what, finding.why), []).append((path, finding))
    lines = []
    for (what, why), found in sorted(by.items(), key=lambda each: -len(each[1])):
        places = [_place(path, finding) for path, finding in found[:3]]
        more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
        told = f"{', '.join(filter(None, places))}{more}"
        line = _code(what) + (f" – {_plain(why)}" if why else "")
        lines.append(f"{line} – {told}" if told else line)
    return lines


def _all(report: Report) -> Iterator[str]:
    yield "## Every file"
    yield ""
    for path, found in report.files.items():
        became = report.became.get(path, "")
        yield f"### {_plain(path) or 'The whole site'}"
        yield ""
        if became:
            yield f"became {_code(became)}"
            yield ""
        for kind in (TAKEN, GUESSED, LEFT):
            rows = [finding for finding in found if CODES[finding.code].kind == kind]
            if kind == TAKEN:
                counted = Counter(finding.code for finding in rows)
                if counted:
                    told = ", ".join(f"{c} {n}" if n > 1 else c for c, n in counted.items())
                    yield f"- taken: {told}"
                continue
            for f in rows:
                at = f"{f.line}:{f.column}: " if f.line else ""
                why = f" – {_plain(f.why)}" if f.why else ""
                yield f"- {kind}: {at}`{f.code}` {_code(f.what)}{why}"
        yield ""


def _place(path: str, finding: Finding) -> str:
    if not path:
        return ""
    at = f":{finding.line}:{finding.column}" if finding.line else ""
    return _plain(f"{path}{at}")


def _short(text: str) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _code(text: str) -> str:
    """Text of strangers, shown as code: no markup of it works in the report."""
    return f"`{_short(text).replace('`', '’')}`" if text.strip() else ""


def _plain(text: str) -> str:
    line = _short(text)
    for sign in "\\<>[]*_`|":
        line = line.replace(sign, f"\\{sign}" if sign in "\\[]*_`|" else f"&#{ord(sign)};")
    return line
