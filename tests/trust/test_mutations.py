"""With a defence switched off, the judge finds what it kept away: no other defence hides that it
is gone, and no test passes because its input is harmless."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from time import process_time

import pytest
from jinja2 import Environment
from mkdocs_briefings.composing import composer, kept_code
from mkdocs_briefings.composing.bounds import BoundError, bounded
from mkdocs_briefings.composing.inputs import BodyInput
from mkdocs_briefings.host import events
from mkdocs_briefings.linking import resolve
from mkdocs_briefings.publishing import calendars, structured
from mkdocs_briefings.reading import addresses, document, folder, nodes, visible
from mkdocs_briefings.rendering import effort, markdown
from mkdocs_briefings.viewing.parts import Chrome

from ..making import MakeSite, Site
from . import judge
from .case import CANARY, HEAD, Case
from .hostile import BREAKS, HOSTILE, TARGET, quoted
from .refused import REFUSED

Patch = Callable[[pytest.MonkeyPatch], object]
Check = Callable[[Site], Sequence[str]]
NEVER = re.compile(r"(?!)")


def cases(*names: str) -> Check:
    """What the judge says of a site that holds these cases."""

    def check(site: Site) -> Sequence[str]:
        for case in HOSTILE:
            if case.name in names:
                case.write(site.content)
        (site.content / TARGET[0]).write_bytes(TARGET[1])
        done = site.publish(plugin={"cache": False, "search": False, "cards": False})
        if done.exit_code:
            return [done.log]
        return judge.site(done.files, "https://briefings.example/")

    return check


def refused(*names: str) -> Check:
    """How far the problems of these cases are other than foreseen."""

    def check(site: Site) -> Sequence[str]:
        from mkdocs_briefings.checking import problems
        from mkdocs_briefings.reading.read import read
        from mkdocs_briefings.weighing import weighed

        chosen: list[Case] = [case for case in REFUSED if case.name in names]
        assert len(chosen) == len(names)
        for case in chosen:
            case.write(site.content)
        try:
            found = problems(read(site.content, weigh=weighed))
        except Exception as error:
            return [f"raised {error!r}"]
        return [fault for case in chosen for fault in case.judged(found)]

    return check


def linked(site: Site) -> Sequence[str]:
    """Whether what a symbolic link leads to is published."""
    outside = site.root / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(f"---\ntitle: {CANARY}\n{HEAD}---\nx\n", encoding="utf-8")
    (site.content / "a").symlink_to(outside)
    done = site.publish(plugin={"search": False, "cards": False})
    return [path for path, data in done.files.items() if CANARY.encode() in data]


def hidden_file(site: Site) -> Sequence[str]:
    (site.content / ".secret.md").write_text(f"---\ntitle: {CANARY}\n{HEAD}---\nx\n")
    done = site.publish(plugin={"search": False, "cards": False})
    return [path for path, data in done.files.items() if CANARY.encode() in data]


def drafted(site: Site) -> Sequence[str]:
    (site.content / TARGET[0]).write_bytes(TARGET[1])
    front = f"---\ntitle: {CANARY}\n{HEAD}draft: true\n---\nx\n"
    (site.content / "x.md").write_text(front, encoding="utf-8")
    done = site.publish(plugin={"search": False, "cards": False})
    return [path for path, data in done.files.items() if CANARY.encode() in data]


def calendar(site: Site) -> Sequence[str]:
    written = calendars._line("a\r\nX-KANARI: \x07 1")
    return [sign for sign in "\r\n\x07" if sign in written]


def endless(site: Site) -> Sequence[str]:
    """Whether a body may take longer than its bound."""

    class Slow:
        agrees = None

        def render(self, *args: object, **kwargs: object) -> None:
            # Seconds, not steps: how long so many steps take depends on the machine.
            enough = process_time() + 3
            while process_time() < enough:
                pass

    made = object.__new__(composer.Composer)
    made.renderer = Slow()  # type: ignore[assignment]
    made._renderer = Slow  # type: ignore[assignment,method-assign]
    made.language = None  # type: ignore[assignment]
    source = BodyInput(markdown="x", links={}, lang="en")
    try:
        made.body(source)
    except BoundError:
        return []
    except AttributeError as error:
        return [str(error)]
    return ["it took as long as it liked"]


@dataclass(frozen=True)
class Defence:
    name: str
    off: Patch
    check: Check


def without_escapes(patch: pytest.MonkeyPatch) -> None:
    prepare = composer.prepare

    def careless(env: Environment, chrome: Chrome) -> None:
        prepare(env, chrome)
        env.autoescape = False

    patch.setattr(composer, "prepare", careless)
    # Code that was made with escapes is of no use here, and this of none to anybody.
    patch.setattr(kept_code, "load", lambda key: {})
    patch.setattr(kept_code, "keep", lambda key, code: None)


def without_policy(patch: pytest.MonkeyPatch) -> None:
    templates = events.templates

    def bare(folders: Sequence[str]) -> dict[str, str]:
        found = dict(templates(folders))
        policy = r'<meta http-equiv="Content-Security-Policy".*?form-action \'self\'">'
        found["base.html"] = re.sub(policy, "", found["base.html"], flags=re.DOTALL)
        return found

    patch.setattr(events, "templates", bare)


def without_count(patch: pytest.MonkeyPatch) -> None:
    for name in ("LEAST", "MOST"):
        patch.setattr(effort, name, 10**9)


def attribute(owner: object, name: str, value: object) -> Patch:
    return lambda patch: patch.setattr(owner, name, value)


READING = "mkdocs_briefings.reading."
LIMITS = {
    # What limits, where, and a case that is refused for it.
    ("folder", "FILE_LIMIT"): "a large file",
    ("handler", "LIMIT"): "a large front matter",
    ("body_blocks", "DEEPEST"): "nested quotes",
    ("body_tags", "DEEPEST"): "nested elements",
    ("body_tags", "LONGEST_DEFINITION"): "a long reference",
    ("body", "MOST_MENTIONS"): "mentions of an abbreviation",
    ("body_tags", "MOST_BOXES"): "boxes",
    ("body_tags", "MOST_NOTES"): "notes of one name",
    ("body_tags", "MOST_ENTITIES"): "hard spaces",
    ("body_tags", "MOST_PIPES"): "pipes",
    ("body_tags", "MOST_LINES"): "lines",
    ("body_tags", "MOST_BREAKS"): "breaks",
    ("body_layout", "MOST_CODE"): "much code",
    ("body_tags", "MOST_EMPHASIS"): "emphasis",
    ("body_inline", "MOST_UNMATCHED"): "open brackets",
    ("body_gather", "MOST_LINKS"): "links",
}
DEFENCES = [
    *(
        Defence(f"{module} {name}", attribute(sys.modules[READING + module], name, 10**9),
                refused(case))
        for (module, name), case in LIMITS.items()
    ),
    Defence("sanitiser", attribute(markdown, "sanitise", lambda html: html),
            cases("handler alone")),
    Defence("what needs no sanitiser", attribute(markdown, "settled", lambda html: html),
            cases("vector 83 image")),
    Defence("escaping in templates", without_escapes, cases("a title with script")),
    Defence("policy", without_policy, cases("a comment")),
    Defence("escaping of structured data", attribute(structured, "json_script", json.dumps),
            cases("a title with script")),
    Defence("one line in calendars", attribute(calendars, "_line", lambda text: text), calendar),
    Defence("symbolic links", attribute(folder, "_TYPES", {}), linked),
    Defence("hidden files", attribute(folder, "_fault", lambda name, folder: ("", "")),
            hidden_file),
    Defence("drafts", attribute(sys.modules[f"{READING}read"], "is_held",
            lambda briefing, now: False), drafted),
    Defence("nodes of YAML", attribute(sys.modules[f"{READING}handler"], "FRONT_MATTER",
            nodes.Bounds(depth=10**6, nodes=10**6)), refused("deep mappings")),
    Defence("tags and anchors", attribute(nodes._Builder, "_node", lambda self, event, value:
            nodes.Node(value, self.line + event.start_mark.line, event.start_mark.column + 1)),
            refused("tag 1", "an anchor")),
    Defence("controls in bodies", attribute(sys.modules[f"{READING}body_characters"], "CONTROLS",
            NEVER), refused("escape")),
    Defence("controls in values", attribute(visible, "CONTROLS", NEVER),
            refused("an escaped control")),
    Defence("direction", attribute(visible, "bidi", lambda text: ""), refused("a turned title")),
    Defence("hidden characters", attribute(visible, "hidden", lambda text: ""),
            refused("a hidden character in a title")),
    Defence("aliases", attribute(addresses, "relative_address", lambda typed: (typed, "", "")),
            refused("the alias 46 46 47 99 108 105 109 98 115 47")),
    Defence("links out of the folder", attribute(resolve._Resolver, "_by_path",
            lambda self, written, source: source), refused("a link out of the folder")),
    Defence("UTF-8", attribute(document, "decode", lambda data: data.decode("latin-1")),
            refused("latin 1")),
    Defence("work of the parser", without_count, refused("pieces of a block",
            "signs without a partner", "blocks of code")),
    Defence("bound on time", attribute(composer, "bounded", nullcontext), endless),
]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links and timers")
@pytest.mark.parametrize("defence", [pytest.param(d, id=d.name) for d in DEFENCES])
def test_p01_p15_without_a_defence_the_judge_finds_the_fault(
    defence: Defence, site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer, "bounded", lambda: bounded(seconds=0.3))
    assert defence.check(site()) == [], "with all defences there is nothing to find"
    defence.off(monkeypatch)
    found = defence.check(site())
    assert found != []
    assert not any("AttributeError" in fault for fault in found), found


def test_what_breaks_out_holds_the_canary() -> None:
    assert [what for what, words in BREAKS.items() if CANARY in quoted(words)] != []
