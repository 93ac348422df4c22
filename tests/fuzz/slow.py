"""Looks for short stretches of Markdown that are slow to read, link or render when repeated: by
hand, with `python -m tests.fuzz.slow --minutes 20`, on a Unix system. No part of the test suite.

A text repeats a few atoms, drawn at random, up to half a size and up to all of it. It is told when
twice as much takes more than three times as long, or when it takes more than two seconds. What is
found belongs into `tests/trust/test_limits.py`.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from mkdocs_briefings.catalog.briefing import Body
from mkdocs_briefings.checking import problems
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.rendering.effort import EffortError
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href
from mkdocs_briefings.rendering.sanitise import absolute
from mkdocs_briefings.viewing.parts import SourceItem, TermMention

from ..trust.case import briefing

TIMES = 3.0
"""Most by which the time may grow when the text doubles."""
SECONDS = 2.0
"""Most processor time of the longer text."""
NOTICEABLE = 0.5
"""Seconds from which on growth says anything."""
ENDED = 10
"""Seconds after which a child is ended."""

GAPS = [
    " ", "  ", "    ", "\t", "\n", "\n\n", "  \n", "    \n", "\t\n", "\n \n", "\\\n", "\n    ",
    "\n  ", "\n\n    ", "\n\n        ", "\n>\n",
]  # fmt: skip
BLOCKS = [
    *(f"{' ' * indent}{mark} " for mark in ("-", "*", "+", "1.", "23.") for indent in range(9)),
    "> ", ">", " > ", "    > ", "> > ", ">> ", "> - ", "- > ", "- [ ] ", "- [x] ", "- - ", "1. 1. ",
    "```\n", "~~~\n", "```python\n", "    ```\n", "> ```\n", "``` {.a}\n", "````\n", "[^a]: ",
    "[^b]: b\n", "\n[^a]: a\n\n    b\n", "[a]: ", "[a]: b.md\n", "[b]: <c> 'd'\n", "[a]:\n",
    "a\n: b\n", ": b\n", "\n:   b\n\n    c\n", "    : ", ":\t", "a|b\n-|-\n", "|a|b|\n|-|-|\n",
    "1|2\n", "|", "|-", "-|-\n", ":-:|", "\\|", "|a", "{: .a }", "{: #a }\n", "\n{: .a }\n", "{:",
    "{", "}", "{: a=b }", "{.a}", "*[ab]: c\n", "*[ab]:", "!!! note\n", '!!! note "a"\n    ',
    "??? note\n    a\n", "???+ ", "!!!", "///", "# ", "## a\n", "a\n===\n", "a\n---\n", "---\n",
    "***\n", "- - -\n", "#", "=", "-", "===\n", "<div>", "</div>", '<div markdown="1">\n',
    "</div>\n", "<details>\n", "<summary>", "</details>\n\n", '<p markdown="span">', "</p>",
    "<table>", "<td>", "</td>", "<pre>", "</pre>", "<!--", "-->", "<!-- a -->", "<script>",
    "</script>", "<hr>", "<br>", "<?", "?>", "<![CDATA[", "]]>", "<!", "<li>", "<blockquote>\n",
    "<textarea>", "</", "<a href='b'>", "</a>", "<h2>", "</h2>", "<span lang='de'>", "</span>",
    "<b", "<b a=\"", "<div\n", "<p>\n",
]  # fmt: skip
INLINE = [
    "a", "ab", "word ", "Satz. ", "*", "**", "***", "_", "__", "*a*", "**a**", "_a", "a_", "*a **b",
    "*a_b", "`", "``", "`a`", "```", "`` ` ``", "\\`", "[", "]", "[]", "[a]", "[a][b]", "[a](b)",
    "[a](", "](", ")", "(", "![", "![a](b.png)", "[a](<b>)", "[a](b 'c')", '"', "'", "[[", "]]",
    "[[a-target]]", "[[a|b]]", "[[a#b", "[^a]", "[^1]", "[^", "^", "^^", "~", "~~", "==", "^a^",
    "~~a~~", "~a~", "==a==", "^a ", "a^ ", "~a ", "a~ ", "&", "&amp;", "&#1;", "&a", "\\", "\\*",
    "\\[", "https://a.example ", "<https://a.example>", "<a@b.example>", "<", ">", "<b>", "</b>",
    "</i>", "<i>", "!", "é", "關", "\u00a0", ".", "?", "Mr. ", "1.", ":", "term ", "AB ",
]  # fmt: skip
ATOMS = [GAPS, BLOCKS, INLINE]

RENDERER = BodyRenderer()
TERMS = tuple(
    TermMention(key=key, spellings=(key,), explained=True) for key in ("term", "ab", "missing")
)
SOURCE = SourceItem(
    number=1, title="T", publisher="", date="", url="", kind="", lang="", archived="", cited=0
)
FRONT = "sources:\n- title: T\n  url: https://a.example/\n"
GLOSSARY = "".join(f"{term.key}:\n  definition: What it is.\n" for term in TERMS)


def drawn(dice: random.Random) -> tuple[str, str, str]:
    """What stands before, what is repeated, and what stands behind."""

    def some(least: int, most: int) -> str:
        return "".join(dice.choice(dice.choice(ATOMS)) for _ in range(dice.randint(least, most)))

    around = dice.random() < 0.4
    return some(0, 3) if around else "", some(1, 5), some(0, 2) if around else ""


def text_of(parts: tuple[str, str, str], size: int) -> str:
    before, again, behind = parts
    return before + (again * (size // len(again) + 1))[:size] + behind


def work(text: str, say: Callable[[str], None]) -> None:
    """Read, link and render a text, saying what it begins with."""
    say("read")
    name, data = briefing("x", text, more=FRONT)
    target, other = briefing("a-target", "Text.")
    with tempfile.TemporaryDirectory() as folder:
        for path, content in ((name, data), (target, other), ("glossary.yml", GLOSSARY.encode())):
            (Path(folder) / path).write_bytes(content)
        reading = read(Path(folder))
        say("link")
        found = problems(reading)
        connect(reading.catalog)
    if any(p.code in {"too-much", "too-deep", "unclosed-html"} for p in found):
        say("refused")
        return
    record = reading.catalog.briefings.get("x")
    body = record.body if record else next(iter(reading.bodies.values()))
    say("render")
    try:
        html = rendered(body)
    except EffortError:
        say("refused")
        return
    say("feed")
    absolute(html, "https://briefings.example/x/")
    say("done")


def rendered(body: Body) -> str:
    """A body as a page shows it, with terms and a source."""
    return RENDERER.render(
        body.markdown,
        lambda *_: Href(url="../x/", title="x"),
        lang="en",
        sources=(SOURCE,),
        charts=body.charts,
        terms=TERMS,
        glossary="../glossary/",
        passages=body.passages,
    ).html


def spent(text: str) -> tuple[float, str]:
    """Processor seconds for a text, and the step after which it was done or ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (ENDED, ENDED + 1))
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            started = time.process_time()

            def say(step: str) -> None:
                os.write(writer, f"{step} {time.process_time() - started:.2f}\n".encode())

            work(text, say)
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as told:
        steps = told.read().splitlines()
    _, status, usage = os.wait4(child, 0)
    last = steps[-1].split()[0]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        last = f"failed: {last}"
    return usage.ru_utime, " ".join(steps) if usage.ru_utime > NOTICEABLE else last


def main() -> None:
    asked = argparse.ArgumentParser(description="Look for Markdown that is slow when repeated.")
    asked.add_argument("--minutes", type=float, default=1.0, help="of processor time")
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--size", type=int, default=60_000, help="characters of a text")
    options = asked.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    dice = random.Random(seed)
    # What is loaded once is no part of a text's time.
    text = "Ein deutscher Satz, der lang genug ist. [[a-target]] *a*\n\n```python\na\n```\n"
    work(text, lambda step: None)
    total = worst = 0.0
    tried = refused = 0
    while total < options.minutes * 60:
        parts = drawn(dice)
        half, step = spent(text_of(parts, options.size // 2))
        tried += 1
        total += half
        refused += "refused" in step
        if "refused" in step and half < NOTICEABLE:
            continue
        whole, step = spent(text_of(parts, options.size))
        total += whole
        worst = max(worst, whole)
        slow = whole > SECONDS or (whole > NOTICEABLE and whole > TIMES * half)
        if slow or step.startswith("failed"):
            print(f"{half:.2f} {whole:.2f} {parts!r} {step}", flush=True)
    print(f"seed {seed}: {tried} tried, {refused} refused, worst {worst:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
