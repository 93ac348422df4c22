"""Bytes through reading, linking, rendering and sanitising, steered by the code they reach.

The first byte chooses the kind of file. A crash is an exception, an active construct in what was
made, or text that a second sanitising changes; the input is then written beside.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any


def main() -> None:
    # By name: it is no dependency, and must be there before what it is to watch.
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["mkdocs_briefings", "markdown", "pymdownx"]):
        from ..trust.case import HEAD
        from ..trust.feed import NAMES, send

    def one(data: bytes) -> None:
        if not data:
            return
        kind, text = data[0], data[1:]
        name = NAMES[kind % len(NAMES)]
        if kind & 0x80:
            name, text = "x.md", f"---\ntitle: T\n{HEAD}---\n".encode() + text
        _, faults = send(text, name)
        if faults:
            raise AssertionError(faults)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
