"""Time and memory are bounded, whatever is sent: limits in reading, and a backstop behind them."""

from __future__ import annotations

import inspect
import itertools
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mkdocs_briefings.building.garbage import give_back
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.catalog.settings import Settings
from mkdocs_briefings.checking import problems
from mkdocs_briefings.composing import bounds
from mkdocs_briefings.composing.bounds import BoundError, bounded
from mkdocs_briefings.linking.connect import connect
from mkdocs_briefings.reading.document import open_document
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.reading.written import read_written
from mkdocs_briefings.rendering import colours, markdown
from mkdocs_briefings.rendering.costs import LEAST
from mkdocs_briefings.rendering.effort import EffortError
from mkdocs_briefings.rendering.extensions import DEFAULTS
from mkdocs_briefings.rendering.markdown import BodyRenderer, Href
from mkdocs_briefings.surveying import outbound
from mkdocs_briefings.weighing import weighed, weight
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

from ..making import Site, differing
from .case import briefing
from .hostile import TARGET

unix = pytest.mark.skipif(sys.platform == "win32", reason="nothing can be interrupted there")

MIB = 1_000_000
ENDLESS = "What does never end."
"""Within every limit."""
SLOWLY = f"""
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Slowly(Preprocessor):
    def run(self, lines):
        while {ENDLESS!r} in lines:
            pass
        return lines

class Slow(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Slowly(md), "slowly", 5)

def makeExtension(**options):
    return Slow(**options)
"""
"""An extension of a site's own that no limit knows."""

PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    # Each is a text for a number of characters: as many as make it slow, were it not refused.
    "quotes": lambda n: "> " * (n // 2) + "x",
    "lists": lambda n: "- " * (n // 2) + "x",
    "elements": lambda n: "<div>" * (n // 5),
    "emphasis": lambda n: "*a **b " * (n // 7),
    "stars": lambda n: "*" * n,
    "underscores": lambda n: "_a" * (n // 2),
    "backticks": lambda n: "".join("`" * k + " " for k in range(1, int((2 * n) ** 0.5))),
    "brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "open links": lambda n: "[a](" * (n // 4),
    "open images": lambda n: "![a](" * (n // 5),
    "wiki-links": lambda n: "[[a|" * (n // 4),
    "links": lambda n: "[a](https://a.example) " * (n // 23),
    "references": lambda n: "[a]: https://a.example/" + "x" * n + "\n\n" + "[a] " * 500,
    "abbreviations": lambda n: "*[ab]: " + "x" * n + "\n\n" + "ab " * 10_000,
    "definitions": lambda n: "a\n: b\n" * (n // 6),
    "boxes": lambda n: "!!! note\n    a\n" * (n // 15),
    "notes": lambda n: "> [^a]: b\n" * (n // 10),
    "breaks": lambda n: "x  \n" * (n // 4),
    "lines": lambda n: ">\n" * (n // 2),
    "blanks": lambda n: " " * n + "x",
    "tabs": lambda n: "\t" * n + "x",
    "tables": lambda n: "a|b\n-|-\n" + "1|2\n" * (n // 4),
    "wide tables": lambda n: "|".join("a" * (n // 4)) + "\n" + "|".join("-" * (n // 4)),
    "rules": lambda n: "* * *\n" * (n // 6),
    "headings": lambda n: "# a\n" * (n // 4),
    "underlines": lambda n: "a\n-\n" * (n // 4),
    "comments": lambda n: "<!-- x -->" * (n // 10),
    "open comments": lambda n: "<!--" * (n // 4),
    "tags": lambda n: "<b>x</b>" * (n // 8),
    "halves of tags": lambda n: '<b x="' * (n // 6),
    "entities": lambda n: "&amp;" * (n // 5),
    "backslashes": lambda n: "\\" * n,
    "braces": lambda n: "{: .a }" * (n // 7),
    "attribute lists": lambda n: "a\n{: #b }\n" * (n // 10),
    "addresses": lambda n: "<https://a.example> " * (n // 20),
    "one word": lambda n: "x" * n,
    "chinese": lambda n: "關稅" * (n // 6),
    "sentences": lambda n: "A. B! C? Mr. D. " * (n // 16),
    "fences": lambda n: "```\na\n```\n" * (n // 10),
    "open fences": lambda n: "```\n~~~\n" * (n // 8),
    "code without a lexer": lambda n: "```ng2\n" + "(" * min(n, 99_000) + "\n```",
    "code in code": lambda n: '```markdown\n~~~scala\n"' + "\\" * min(n, 3_000) + "\n~~~\n```",
    "code at its longest": lambda n: "```make\n" + "0." * min(n // 2, 1_570) + "\n```",
    "pieces of code": lambda n: ("```make\n" + "0." * 245 + "\n```\n\n") * min(n // 510, 200),
    "code in code of SQL": lambda n: (
        '```postgresql\nDO $$\n"' + "\\" * min(n, 3_000) + "\n$$ LANGUAGE scala;\n```"
    ),
    "code in definitions": lambda n: "t\n\n:       code\n\n" * (n // 17),
    "code in notes": lambda n: "[^a]: b\n\n        code\n\n" * (n // 23),
    "code in numbered lists": lambda n: "1.      code\n\n" * (n // 14),
    "code in lists in quotes": lambda n: "> -     code\n\n" * (n // 14),
    "code at once": lambda n: "    a\n\nb\n\n" * (n // 11),
    "code": lambda n: "```python\n" + "'''" * (n // 3) + "\n```",
    "tags in code": lambda n: "    <i></b>\n" * (n // 12),
    "addresses and end tags": lambda n: "## a    <https://a.example></a>" * (n // 31),
    "insertions": lambda n: "^^a^^ ==b== ~~c~~ " * (n // 18),
    "html in lists": lambda n: "- <details>\n" * (n // 12),
    "hard spaces": lambda n: "a" + "\xa0" * (n // 2) + "b",
    "ampersands in code": lambda n: "    " + "&" * n,
    "escapes": lambda n: ("\\* " + "w" * 44 + "\n") * (n // 48),
    "addresses of mail": lambda n: "<a@b.example> words in between\n" * (n // 31),
    "emphasis in emphasis": lambda n: "*a*" * (n // 3),
    "lists that are none": lambda n: "  \n- a\n    - b\n[^a] " * (n // 22),
    "code and references": lambda n: "      - - -\n[b]: <c> 'd'\n" * (n // 24),
    "end tags and references": lambda n: "</div>\n[a]: b.md\n" * (n // 17),
    "blocks of code": lambda n: " #\n\n    \\\n" * (n // 10),
    "markdown in html": lambda n: '<div markdown="1">\n\n' * (n // 20),
}
RENDERER = BodyRenderer()


def spent(text: str) -> tuple[float, bool]:
    """Processor seconds to read a text and, unless it is refused, to render it; and whether it is
    refused, in reading or for the work that it is."""
    data = briefing("x", text)[1]
    before = time.process_time()
    document, _, findings = open_document("x.md", data)
    refused = document is None
    if document:
        written = read_written(document, Settings())
        refused = any(
            p.code in {"too-much", "too-deep", "unclosed-html", "control-characters"}
            and p.severity is Severity.ERROR
            for p in written.problems
        )
        if not refused:
            body = written.body.markdown
            try:
                RENDERER.render(body, lambda *_: Href(url="x", title="x"), lang="en")
            except EffortError:
                refused = True
                assert weight(body) > LEAST, "a check would not look at it"
    else:
        assert findings.problems
    return time.process_time() - before, refused


@pytest.mark.parametrize("make", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_p12_what_is_slow_is_refused_and_the_rest_is_fast(make: Callable[[int], str]) -> None:
    half, _ = spent(make(MIB // 2))
    whole, refused = spent(make(MIB))
    if whole >= max(3 * half, 0.3):
        # What else the machine does is not the text's fault.
        half, whole = min(half, spent(make(MIB // 2))[0]), min(whole, spent(make(MIB))[0])
    assert whole < max(3 * half, 0.3), f"{half:.2f} s, and {whole:.2f} s for twice as much"
    for took, late in ((whole, refused), spent(make(MIB // 4)), spent(make(MIB // 16))):
        assert took < (0.8 if late else 2), f"{took:.2f} s, refused: {late}"


@pytest.mark.parametrize("make", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_p12_also_where_a_text_is_just_not_refused(make: Callable[[int], str]) -> None:
    least, most = 1_000, MIB
    while most - least > least // 4:
        middle = (least + most) // 2
        if spent(make(middle))[1]:
            most = middle
        else:
            least = middle
    took, refused = spent(make(least))
    assert refused or took < 2, f"{took:.2f} s for {least} characters"


@unix
def test_p12_what_is_within_the_limits_takes_little_memory() -> None:
    """The peak of a process of its own that reads and renders a text of each kind."""
    import resource

    least = 1_000
    for kind, make in PATHOLOGICAL.items():
        for size in (MIB, MIB // 8, MIB // 64):
            text = make(size)
            reader, writer = os.pipe()
            # A child does not grow where it finds memory that its parent has no use for.
            give_back()
            child = os.fork()
            if not child:
                before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                try:
                    spent(text)
                    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
                    os.write(writer, str(bounds._peak(grown)).encode())
                finally:
                    os._exit(0)
            os.close(writer)
            os.waitpid(child, 0)
            taken = int(os.read(reader, 64))
            os.close(reader)
            least = max(least, taken)
            assert taken < 200_000_000, f"{kind}, {size}: {taken:,} bytes"
    assert least > 10_000_000, "nothing was measured"


@pytest.mark.parametrize(
    ("language", "text", "coloured"),
    [
        ("python", "x = 1\n" * 100, True),
        ("python", "x = 1\n" * 600, False),
        ("scala", "val x = 1\n", False),
        ("ng2", "(\n", False),
        ("markdown", "# a\n", True),
        ("a-language-that-is-none", "x = 1\n", False),
    ],
)
def test_p12_code_is_coloured_within_a_bound(language: str, text: str, coloured: bool) -> None:
    html = RENDERER.render(f"```{language}\n{text}```\n", lambda *_: None, lang="en").html
    assert ("<span class=" in html) == coloured
    shown = re.sub(r"<[^>]*>", "", html)
    assert shown.strip() == text.strip()


def test_p12_no_text_names_a_language_to_be_coloured_in() -> None:
    """A highlighter that reads a part of the text with another one, which it names, would bring in
    all that are left out here."""
    for language in colours.COLOURED:
        kind = type(get_lexer_by_name(language))
        own = [one for one in kind.__mro__ if one.__module__.startswith("pygments.lexers")]
        source = "".join(map(inspect.getsource, own))
        asks = "get_lexer" in source or "guess_lexer" in source
        assert not asks or "handlecodeblocks" in source, language


def test_p12_what_one_block_may_cost_is_less_for_the_next() -> None:
    block = "```python\n" + "x = 1\n" * 300 + "```\n\n"
    html = RENDERER.render(block * 5, lambda *_: None, lang="en").html
    coloured = ["<span class=" in piece for piece in html.split("<pre")[1:]]
    assert coloured == [True, True, True, False, False]
    again = RENDERER.render(block, lambda *_: None, lang="en").html
    assert "<span class=" in again


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.md", b"---\ntitle: x\n---\n" + b"word " * 10_000_000),
        ("topics.yml", b"{" + b"a: b, " * 2_000_000 + b"}"),
        ("x.md", b"---\ntopics: [" + b"a, " * 1_000_000 + b"b]\n---\nx\n"),
    ],
    ids=["a file of 50 MB", "a registry of 12 MB", "a million topics"],
)
def test_p12_a_large_file_is_refused_at_once(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    before = time.process_time()
    found = read(tmp_path).problems
    assert [problem.code for problem in found] == ["too-large"]
    assert time.process_time() - before < 0.1


def test_p12_a_registry_of_very_many_entries_is_refused(tmp_path: Path) -> None:
    (tmp_path / "topics.yml").write_text("".join(f"t{n}:\n" for n in range(20_000)))
    found = read(tmp_path).problems
    assert [(problem.code, problem.line) for problem in found] == [("bad-count", 10_001)]


def test_p12_many_broken_links_to_many_briefings_are_told_fast(tmp_path: Path) -> None:
    for number in range(500):
        name, data = briefing(f"a briefing {number}", title=f"Number {number}")
        (tmp_path / name).write_bytes(data)
    name, data = briefing("x", " ".join(f"[[a-briefign-{n}]]" for n in range(4_000)))
    (tmp_path / name).write_bytes(data)
    before = time.process_time()
    found = problems(read(tmp_path))
    assert len(found) == 4_000
    assert time.process_time() - before < 6


def test_p12_linking_takes_no_longer_for_long_sentences(tmp_path: Path) -> None:
    """Backlinks hold the sentence round a link, not all of a text without a full stop."""
    (tmp_path / TARGET[0]).write_bytes(TARGET[1])
    name, data = briefing("x", "[[a-target]] word " * 4_000)
    (tmp_path / name).write_bytes(data)
    before = time.process_time()
    graph, _ = connect(read(tmp_path).catalog)
    assert time.process_time() - before < 4
    sentences = re.findall(r"sentence='([^']*)'", str(graph))
    assert max((len(sentence) for sentence in sentences), default=0) < 1_000


def taken(folder: Path, files: Mapping[str, str]) -> tuple[float, tuple[Problem, ...]]:
    """Processor seconds to read and link a folder, and its problems."""
    for path, text in files.items():
        (folder / path).write_text(text)
    before = time.process_time()
    reading = read(folder, weigh=weighed)
    found = problems(reading)
    connect(reading.catalog)
    return time.process_time() - before, found


def one(name: str, text: str) -> dict[str, str]:
    path, data = briefing(name, text)
    return {path: data.decode()}


REPEATED = "a " * 20
MANY_FILES: dict[str, tuple[dict[str, str], str, int]] = {
    # Files, the code that most of the problems have, and how many there are of it.
    "anchors that are not there": (
        one("a", "".join(f"## Heading number {n}\n\n" for n in range(490)))
        | one("x", " ".join(f"[[a#headign-nubmer-{n}]]" for n in range(4_900))),
        "bad-anchor",
        4_900,
    ),
    "terms that are not there": (
        {"glossary.yml": "".join(f"t{n}:\n  definition: A.\n" for n in range(8_000))}
        | one("x", " ".join(f"[[glossary#trem-{n}]]" for n in range(4_900))),
        "bad-anchor",
        4_900,
    ),
    "a chain of addresses": (
        {"former.yml": "".join(f"old/{n}/:\n  to: old/{n + 1}/\n" for n in range(8_000))},
        "bad-alias",
        8_000,
    ),
    "topics above topics": (
        {
            "topics.yml": "t0:\n  title: T\n"
            + "".join(f"t{n}:\n  parent: t{n - 1}\n" for n in range(1, 8_000))
        },
        "bad-parent",
        399,
    ),
    "parents that are not there": (
        {"topics.yml": "".join(f"number-{n}:\n  parent: nubmer-{n}x\n" for n in range(9_000))},
        "bad-parent",
        9_000,
    ),
    "slugs that are not there": (
        {"topics.yml": "".join(f"t{n}:\n  featured: [x-{n}]\n" for n in range(9_000))}
        | {name: text for n in range(300) for name, text in one(f"y{n}", "Text.").items()},
        "bad-link",
        9_000,
    ),
    "words of the house": (
        {"rules.yml": "avoid:\n" + "".join(f"- {REPEATED}{n}\n" for n in range(500))}
        | one("x", "a " * 400_000 + "".join(f"{REPEATED}{n} " for n in range(500))),
        "house-word",
        500,
    ),
    "a word of the house everywhere": (
        {"rules.yml": "avoid: [ab]\n"} | one("x", "ab \n" * 20_000 + "xab" * 200_000),
        "house-word",
        100,
    ),
}


@pytest.mark.parametrize("case", MANY_FILES.values(), ids=MANY_FILES)
def test_p12_what_is_looked_for_often_is_found_fast(
    tmp_path: Path, case: tuple[dict[str, str], str, int]
) -> None:
    files, code, count = case
    seconds, found = taken(tmp_path, files)
    assert sum(problem.code == code for problem in found) == count
    assert seconds < 4


def test_p12_too_much_work_is_told_where_it_is(tmp_path: Path) -> None:
    """Also where the parser sees another text than reading does, and knows that it is slow alone;
    and the next text is read as ever."""
    slow = "Fine.\n\nFine, too.\n\n" + "</div>\n[a]: b.md\n" * 3_000
    _, found = taken(tmp_path, one("x", slow) | one("y", "Fine."))
    assert [(p.path, p.code, p.line) for p in found if p.code == "too-much"] == [
        ("x.md", "too-much", 12)
    ]
    with pytest.raises(EffortError) as told:
        RENDERER.render(slow, lambda *_: None, lang="en")
    assert told.value.near == "</div>"
    assert RENDERER.render("Fine, *still*.", lambda *_: None, lang="en").html == (
        "<p>Fine, <em>still</em>.</p>"
    )


def test_p12_a_comparison_does_not_wait_for_a_page_that_cannot_be_made(tmp_path: Path) -> None:
    """It tells what is written instead: a reviewer must see where a proposal leads."""
    slow = "</div>\n[a]: https://a.example/b\n" * 3_000
    for path, text in (one("x", slow) | one("y", "[c](https://c.example/)")).items():
        (tmp_path / path).write_text(text)
    told = outbound()
    found = read(tmp_path).catalog.briefings
    before = time.process_time()
    assert list(told(found["x"])) == ["https://a.example/b"]
    assert time.process_time() - before < 2
    assert list(told(found["y"])) == ["https://c.example/"]


def test_p12_work_is_counted_in_every_thread() -> None:
    caught: list[BaseException] = []

    def work() -> None:
        try:
            BodyRenderer().render("</div>\n[a]: b.md\n" * 3_000, lambda *_: None, lang="en")
        except EffortError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(caught) == 1


# The backstop ---------------------------------------------------------------------------------


def forever() -> None:
    while True:
        pass


@unix
def test_p12_what_takes_too_long_is_ended() -> None:
    with pytest.raises(BoundError, match=r"0\.2 seconds"), bounded(seconds=0.2):
        forever()


@unix
def test_p12_even_where_a_library_catches_exceptions() -> None:
    def stubborn() -> None:
        while True:
            try:
                forever()
            except Exception:
                continue

    with pytest.raises(BoundError), bounded(seconds=0.1):
        stubborn()


@unix
def test_p12_what_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(BoundError, match="64 MB"), bounded(memory=64 << 20):
        b"".join(b"x" * (1 << 20) for _ in itertools.count())


@unix
def test_p12_what_keeps_to_the_bounds_is_left_alone() -> None:
    with bounded(seconds=0.3):
        time.sleep(0.5)  # Waiting is no work.
    with bounded(seconds=0.1):
        pass
    deadline = time.process_time() + 0.3
    while time.process_time() < deadline:
        pass  # Nothing is left behind that would end this.


def test_p12_threads_are_not_bounded_and_not_broken() -> None:
    done: list[bool] = []

    def work() -> None:
        with bounded(seconds=0.01):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@unix
def test_p12_a_closer_look_is_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(html: str) -> str:
        while ENDLESS in html:
            pass
        return html

    monkeypatch.setattr(markdown, "sanitise", endless)
    # Enough ordinary lines in one paragraph to be rendered by the check, and markup, without which
    # nobody asks the sanitiser.
    name, data = briefing(
        "both",
        "A line like any other of a long text in one go.\n" * 260 + f"\n{ENDLESS} <b>so</b>\n",
    )
    (tmp_path / name).write_bytes(data)
    start = time.process_time()
    reading = read(tmp_path, Settings(), weigh=weighed)
    (problem,) = problems(reading)
    assert (problem.path, problem.code) == ("both.md", "too-much")
    assert f"{bounds.SECONDS:g} seconds" in problem.message
    assert time.process_time() - start < 3 * bounds.SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "> a\n\n>     b\n\n" * 1450,
        "> - a\n>\n>       b\n\n" * 1450,
        '<div markdown="1">\n<pre>x</pre>\n</div>\n\n' * 1450,
    ],
    ids=["in quotes", "in lists in quotes", "raw"],
)
def test_p12_a_check_looks_at_all_that_may_be_much_work(text: str) -> None:
    assert weight(text) > LEAST


@unix
@pytest.mark.parametrize("command", ["briefings", "mkdocs"])
def test_p12_a_file_that_no_limit_foresaw_is_told_and_the_site_stays(
    tmp_path: Path, command: str
) -> None:
    site = Site(tmp_path)
    site.content.mkdir()
    (site.content / TARGET[0]).write_bytes(TARGET[1])
    before = site.run("briefings", "build")
    assert before.exit_code == 0, before.log
    name, data = briefing("endless", ENDLESS)
    (site.content / name).write_bytes(data)
    (tmp_path / "slowly.py").write_text(SLOWLY)
    done = site.run(
        command,
        "build",
        env={"PYTHONPATH": str(tmp_path)},
        markdown_extensions=[*DEFAULTS, "slowly"],
    )
    assert done.exit_code == 1, done.log
    assert "Traceback" not in done.log
    (problem,) = done.problems
    assert (problem.path, problem.code) == ("briefings/endless.md", "too-much")
    assert f"{bounds.SECONDS:g} seconds" in problem.message
    assert problem.hint
    if command == "briefings":
        assert "nothing was published; 1 error; " in done.log
        assert differing(done.files, before.files) == []
