"""A Markdown file with front matter: its keys with places, its title, its body."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice

from ..catalog.briefing import Body
from ..catalog.problem import Severity
from .body import read_body
from .charts import charts
from .findings import Findings
from .handler import HANDLER
from .lengths import TITLE
from .nodes import FRONT_MATTER, Fault, Node, faults_by_key
from .text import controls, decode, for_yaml
from .visible import check_text

_HEADING = re.compile(
    r"(?:[ \t]*\n)*(?: {0,3}#[ \t]+(?P<atx>[^\n]*?)[ \t]*#*|(?P<setext>[^\s>#\-*+<|][^\n]*)\n=+)"
    r"[ \t]*(?:\n|\Z)"
)
# Too long a text in the front matter may be lowered to a warning; too much in a body may not.
_IN_BODIES = {"too-long": "too-much"}
_MOST_FAULTS = 20
"""More keys than these that are no YAML are not told at once."""
_REFUSED = frozenset({"too-much", "too-deep"})

Weigh = Callable[[str, int], Fault | None]
"""Says what is wrong with the Markdown of a body, which begins at this line of its file, where it
passed every limit and cannot be published all the same."""


class PassingFault(Fault):
    """A fault of here and now, such as that something took too long: it is not remembered."""


def light(markdown: str, line: int) -> None:
    """Takes every body that passed the limits for one that can be published."""


@dataclass(slots=True)
class Document:
    """A file whose front matter could be read; what is wrong with it is in `findings`."""

    path: str
    node: Node
    """The front matter: a mapping."""
    markdown: str
    line: int
    """Line of the file where `markdown` begins."""
    findings: Findings
    text: str
    """All of the file."""
    front: bytes
    """A digest of all before its body."""
    weigh: Weigh
    passing: bool = False
    """Something wrong with it may be right elsewhere, or another time."""
    cut: frozenset[str] = frozenset()
    """Keys whose values were wrong: reported, and not to be reported as missing."""

    def missing(self, key: str) -> tuple[int, int]:
        """Where to report that `key` is missing: at the key when it is there and blank."""
        assert isinstance(self.node.value, dict)
        entry = self.node.value.get(key)
        return (entry.key.line, entry.key.column) if entry else (1, 1)

    @property
    def headed(self) -> bool:
        """Whether the body begins with a title."""
        return bool(_HEADING.match(self.markdown))

    def title(self, written: str) -> str:
        """The title: what the front matter has, else the first heading of level 1.

        The heading is then taken out of the body; line numbers stay right. Empty, and reported,
        when there is neither.
        """
        heading = _HEADING.match(self.markdown)
        if written or "title" in self.cut:
            if heading:
                line = self.line + self.markdown.count("\n", 0, _start(heading))
                message = "the text begins with a title of its own, under the title of the page"
                self.findings.add("second-title", line, 1, message, "delete the heading")
            return written
        if heading:
            line = self.line + self.markdown.count("\n", 0, _start(heading))
            found, _ = read_body(heading[0].strip() + "\n", line=line)
            if found.headings and found.headings[0].text:
                self.line += heading[0].count("\n")
                self.markdown = self.markdown[heading.end() :]
                return self._checked(found.headings[0].text, line)
        hint = "add `title: …`, or begin the text with a line `# …`"
        self.findings.add("missing-title", *self.missing("title"), "no title", hint)
        return ""

    def _checked(self, title: str, line: int) -> str:
        """A title from the text, held to what one in the front matter is held to."""
        if len(title) > TITLE:
            message = f"the title has {len(title)} characters, {TITLE} is the limit"
            self.findings.add("too-long", line, 1, message, "shorten it")
        return check_text(Node(title, line, 1), title, self.findings, names=True)

    def body(
        self, *, summary: str, needed: bool = True, prose: bool = False, lang: str = ""
    ) -> Body:
        """Read the body and report what is wrong with it.

        Args:
            summary: The written one.
            needed: It must have a text.
            prose: Note its running text, too.
            lang: Note its passages in other languages than this, BCP 47; empty for none.
        """
        told = len(self.findings.problems)
        body = _body(self.markdown, self.line, self.findings, prose=prose, lang=lang)
        if not any(p.code in _REFUSED for p in self.findings.problems[told:]):
            fault = self.weigh(self.markdown, self.line)
            if fault:
                self.findings.fault(fault)
                self.passing = isinstance(fault, PassingFault)
        # To strip a long text is to copy it.
        if needed and (not self.markdown or self.markdown.isspace()):
            grade = Severity.WARNING if summary else Severity.ERROR
            hint = "write the text under the front matter"
            line = min(self.line, self.text.count("\n") + (not self.text.endswith("\n")))
            self.findings.add("empty-body", line, 1, "the file has no text", hint, grade)
        return body

    def charted(self, body: Body, sources: int) -> Body:
        """A body with its charts; what is wrong with one is reported, and it stays a block of code.

        Args:
            body: As read.
            sources: How many the briefing names.
        """
        found, faults = charts(self.markdown, line=body.line, sources=sources)
        for fault in faults:
            self.findings.add(fault.code, fault.line, fault.column, fault.message, fault.hint)
        cited = body.cited | {chart.source for chart in found if chart.source}
        return replace(body, charts=found, cited=cited) if found else body


def _body(
    markdown: str, line: int, findings: Findings, *, prose: bool = False, lang: str = ""
) -> Body:
    body, faults = read_body(markdown, line=line, prose=prose, lang=lang)
    for fault in faults:
        code = _IN_BODIES.get(fault.code, fault.code)
        grade = Severity.WARNING if code == "hidden-characters" else None
        findings.add(code, fault.line, fault.column, fault.message, fault.hint, grade)
    return body


def _start(heading: re.Match[str]) -> int:
    return heading.start("atx") if heading["atx"] is not None else heading.start("setext")


def open_document(
    path: str, data: bytes, weigh: Weigh = light
) -> tuple[Document | None, Body, Findings]:
    """Read the bytes of the file at `path` as far as they can be read.

    What `weigh` says of its body is reported when the body is read.

    Without a document there may still be a body, when only the front matter is at fault: its
    problems and links belong into the same run.
    """
    findings = Findings(path)
    unread, body = "", Body(markdown="")
    try:
        text = unread = decode(data)
        front, markdown = HANDLER.split(text)
        # The body looks through its own characters.
        unread = text[: len(text) - len(markdown)]
        line = 1 + text.count("\n", 0, len(unread))
        front, ends = for_yaml(front, 2)
        for fault in ends:
            findings.fault(fault)
        try:
            node, faults = HANDLER.tree(front)
        except Fault as whole:
            body = _body(markdown, line, findings)
            first, *more = [*islice(faults_by_key(front, 2, FRONT_MATTER), _MOST_FAULTS), whole]
            for fault in more[:-1]:
                findings.fault(fault)
            raise first from None
    except Fault as stop:
        findings.fault(stop)
        for control in controls(unread):
            findings.fault(control)
        return None, body, findings
    for fault in (*controls(unread), *faults):
        findings.fault(fault)
    document = Document(path, node, markdown, line, findings, text, _digest(unread), weigh)
    return document, body, findings


def _digest(front: str) -> bytes:
    return blake2b(front.encode("utf-8", "surrogatepass"), digest_size=16).digest()
