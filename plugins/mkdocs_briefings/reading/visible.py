"""What cannot be seen or published in a text of the front matter."""

from __future__ import annotations

from ..catalog.problem import Severity
from .findings import Findings
from .nodes import Node
from .text import CONTROLS, bidi, hidden, name, short


def check_text(node: Node, value: str, findings: Findings, *, names: bool) -> str:
    """Report what cannot be seen or published in a text; returns it in one line."""
    control = CONTROLS.search(value)
    if control:
        message = f"the character {name(control[0])} may not stand in a text"
        findings.at(node, "control-characters", message, "delete it, or its escape")
    override = bidi(value)
    unseen = hidden(value)
    if override and names:
        message = f"{name(override)} in '{short(value)}' changes the order of the text round it"
        findings.at(node, "bidi-characters", message, "delete it: letters find their direction")
    elif unseen:
        message = f"{name(unseen)} in '{short(value)}' cannot be seen"
        severity = Severity.ERROR if names else Severity.WARNING
        findings.at(
            node, "hidden-characters", message, "delete it, or type the text anew", severity
        )
    return " ".join(value.split()) if "\n" in value or "\t" in value else value
