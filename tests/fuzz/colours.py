"""Looks for texts that highlighters are slow with: by hand, with
`python -m tests.fuzz.colours --minutes 10 [LANGUAGE ...]`, on a Unix system. No part of the test
suite.

A text is a beginning and a few atoms repeated, drawn at random. For each language it tells the
worst of them, in seconds for 2,000 characters. A language belongs into `rendering.colours.COLOURED`
when none takes more than `MOST`.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import signal
import time
from types import FrameType

from mkdocs_briefings.rendering.colours import COLOURED
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

LENGTH = 2_000
MOST = 0.5
"""Seconds: a text of 3,000 characters takes one then, where time grows with the square."""
ENDED = 1.0

SIGNS = [*"()[]{}<>/*-+=\\#%$`.:,;&|^~!?@'\"_ \t\n"]
ATOMS = [
    *SIGNS, *SIGNS, "a", "A", "0", "1", "e", "é", "關", "a ", " a", "a\n", "\na", "0e", "0.",
    "0x", "1_", "a(", "a.", "a:", "a=", "a,", "a<", "<a", "</a>", "<a ", "<!--", "-->", "<?",
    "?>", "<![CDATA[", "&a;", "/*", "*/", "//", "--", "(*", "*)", "{-", "#|", "=begin\n", "'''",
    '"""', "\\\"", "\\'", "\\\\", "\\\n", "\\u0", "\\x", "${", "#{", "%{", "{{", "}}", "{%",
    "%}", "$(", "$a", "@a", "#a", "::", "->", "=>", "<<", ">>", "<<a\n", "<<'a'\n", "<<~A\n",
    "@\"", "r\"", "f\"", "f'{", "R\"(", "q{", "%w(", "s/a", "y/", "if ", "def ", "class ",
    "function ", "begin ", "end ", "import ", "let ", "select ", "return ", "public ", "static ",
    "#include ", "[[", "]]", "]:", "---\n", "- ", "? ", ": ", "| ", "|-\n", "\n ", "\n\t", " \n",
    "  ", "\n\n", "\n    ", "a: b\n", "[a]\n", "a = b\n", "\\begin{a}", "\\a", "$$", "%a",
    ".. a::\n", "```a\n", "<script>", "<style>", "\r",
]  # fmt: skip


class Ended(BaseException):
    """A text took too long."""


def _ring(number: int, frame: FrameType | None) -> None:
    raise Ended


def drawn(dice: random.Random) -> str:
    """A text of `LENGTH` characters."""
    begin = "".join(dice.choices(ATOMS, k=dice.randint(0, 2)))
    again = "".join(dice.choices(ATOMS, k=dice.choice((1, 1, 1, 2, 2, 3, 4))))
    return (begin + again * LENGTH)[:LENGTH]


def seconds(language: str, text: str) -> float:
    """Processor time to find the colours of a text; `ENDED` if it was ended."""
    lexer = get_lexer_by_name(language)
    lexer.handlecodeblocks = False
    before = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDED)
    try:
        with contextlib.suppress(Ended):
            for _ in lexer.get_tokens(text):
                pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - before


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("languages", nargs="*", help="all that are coloured when none is named")
    read.add_argument("--minutes", type=float, default=10)
    read.add_argument("--seed", type=int, default=0)
    asked = read.parse_args()
    signal.signal(signal.SIGVTALRM, _ring)
    languages = asked.languages or sorted(COLOURED)
    dice = random.Random(asked.seed)
    for language in languages:
        worst, text, tried = 0.0, "", 0
        until = time.process_time() + 60 * asked.minutes / len(languages)
        while time.process_time() < until and worst < ENDED:
            found = drawn(dice)
            taken = seconds(language, found)
            tried += 1
            if taken > worst:
                worst, text = taken, found
        mark = "SLOW" if worst > MOST else "    "
        print(f"{mark} {worst:.3f} s  {language:<14} {tried:>6} tried  {text[:24]!r}", flush=True)


if __name__ == "__main__":
    main()
