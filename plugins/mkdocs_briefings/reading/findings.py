"""The problems of one file, while it is read."""

from __future__ import annotations

from ..catalog.codes import CODES
from ..catalog.problem import Problem, Severity
from .nodes import Fault, Node


class Findings:
    """Collects problems of the file at `path`, each with the usual severity of its code."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(
        self,
        code: str,
        line: int,
        column: int,
        message: str,
        hint: str = "",
        severity: Severity | None = None,
    ) -> None:
        grade = severity or CODES[code].severity
        self.problems.append(Problem(self.path, line, column, code, message, hint, grade))

    def at(
        self,
        node: Node,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity | None = None,
    ) -> None:
        self.add(code, node.line, node.column, message, hint, severity)

    def fault(self, fault: Fault) -> None:
        self.add(fault.code, fault.line, fault.column, fault.message, fault.hint)

    @property
    def firm(self) -> bool:
        """Whether one of them leaves no record to publish."""
        return any(p.severity == Severity.ERROR and CODES[p.code].firm for p in self.problems)
