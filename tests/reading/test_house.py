"""House rules: what they ask, where they say it is missing, and what is wrong with them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from mkdocs_briefings.catalog.codes import grade
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.catalog.rules import Rules
from mkdocs_briefings.reading.house import hold
from mkdocs_briefings.reading.options import settings_for
from mkdocs_briefings.reading.read import read
from mkdocs_briefings.reading.rules import MOST_WORDS
from mkdocs_briefings.reading.running import outbound, running

from ..making import MakeSite

BRIEFING = """\
---
title: Rates held
author: Ada Example
date: 2026-03-17
topics: [banks]
summary: The bank kept its rate.
key_points: [One., Two.]
sources:
  - {title: Minutes, url: 'https://www.bank.example/minutes'}
---
The bank kept its rate.[^1]
"""


def told(tmp_path: Path, rules: str, text: str = BRIEFING) -> list[str]:
    """`line:column code` of each problem, with the paths of other files than the briefing."""
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "rules.yml").write_text(rules, encoding="utf-8")
    found = read(tmp_path).problems
    assert all(problem.hint for problem in found)
    return [f"{p.line}:{p.column} {p.code}" if p.path == "a.md" else
            f"{p.path}:{p.line}:{p.column} {p.code}" for p in found]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param("", [], id="no rules"),
        pytest.param("title: {at_least: 11}", ["2:8 house-title"], id="a short title"),
        pytest.param("title: {at_least: 10, at_most: 10}", [], id="limits are included"),
        pytest.param("title: {at_most: 9}", ["2:8 house-title"], id="a long title"),
        pytest.param("summary: {at_most: 20}", ["6:10 house-summary"], id="a long summary"),
        pytest.param("summary: {at_least: 99}", ["6:10 house-summary"], id="a short summary"),
        pytest.param("words: {at_least: 6}", ["11:1 house-words"], id="few words"),
        pytest.param("words: {at_most: 4}", ["11:1 house-words"], id="many words"),
        pytest.param("words: {at_least: 5, at_most: 5}", [], id="words enough"),
        pytest.param("require: {why: 1}", ["1:1 house-key"], id="a key is missing"),
        pytest.param("require: {key_points: 3}", ["7:1 house-key"], id="too few entries"),
        pytest.param("require: {key_points: 2, sources: 1, summary: 1}", [], id="entries enough"),
        pytest.param("cite: true", [], id="it cites"),
        pytest.param("sources: {refuse: bank.example}", ["9:27 house-domain"], id="a refused host"),
        pytest.param("sources: {refuse: [ank.example]}", [], id="another host that ends alike"),
        pytest.param("sources: {allow: [gov.example]}", ["9:27 house-domain"], id="not allowed"),
        pytest.param("sources: {allow: ['*.bank.example']}", [], id="allowed with those below it"),
        pytest.param("since: 2026-03-18\ncite: true\nrequire: {why: 1}", [], id="older"),
        pytest.param("since: 2026-03-17\nrequire: {why: 1}", ["1:1 house-key"], id="of the day"),
    ],
)
def test_rules(tmp_path: Path, rules: str, expected: list[str]) -> None:
    assert told(tmp_path, rules) == expected


def test_a_summary_that_was_not_written(tmp_path: Path) -> None:
    text = BRIEFING.replace("summary: The bank kept its rate.\n", "")
    rules = "require: {summary: 1}\nsummary: {at_least: 99}"
    assert told(tmp_path, rules, text) == ["1:1 house-key", "1:1 missing-summary"]


def test_a_text_that_cites_nothing(tmp_path: Path) -> None:
    text = BRIEFING.replace("[^1]", "")
    assert "11:1 house-cite" in told(tmp_path, "cite: true", text)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        pytest.param("We utilise it.", ["11:4"], id="in a sentence"),
        pytest.param("Utilise it.\n\n- and UTILISE\n", ["11:1", "13:7"], id="every time, any case"),
        pytest.param("# To utilise\n\nx", ["11:6"], id="in a heading"),
        pytest.param("|a|b|\n|-|-|\n|utilise|x|", ["13:2"], id="in a table"),
        pytest.param("We are going\nforward.", ["11:8"], id="over the end of a line"),
        pytest.param("*utilise*, utilise's", ["11:2", "11:12"], id="with signs round it"),
        pytest.param("[to utilise](https://a.example/utilise)", ["11:5"], id="words of a link"),
        pytest.param("It is utilised.", [], id="another word"),
        pytest.param("reutilise", [], id="a part of a word"),
        pytest.param("utilisé", [], id="another letter"),
        pytest.param("`utilise` and ``a utilise`` x", [], id="code"),
        pytest.param("    utilise\n\nx", [], id="a block of code"),
        pytest.param("```\nutilise\n```\n\nx", [], id="fenced code"),
        pytest.param("<https://utilise.example/> x", [], id="an address"),
        pytest.param("[x](utilise.png 'utilise') y", [], id="address and title of a link"),
        pytest.param("> We utilise.\nutilise\n\nx", [], id="a block quotation"),
        pytest.param('He said “we utilise it” and "utilise".', [], id="quotation marks"),
        pytest.param("“It.” We utilise “it”.", ["11:10"], id="between quotations"),
        pytest.param("<!-- utilise --> x", [], id="a comment"),
        pytest.param("<blockquote>utilise</blockquote>", [], id="a raw quotation"),
        pytest.param("<p>We utilise</p>", ["11:7"], id="raw text"),
        pytest.param("Interaction and interactive.", ["11:1", "11:17"], id="any ending"),
    ],
)
def test_words(tmp_path: Path, body: str, places: list[str]) -> None:
    rules = "avoid: [{word: utilise, write: use}, going forward, 'interact*']"
    text = BRIEFING.partition("\nThe bank")[0].replace("sources:", "facts:")
    text = text.replace("  - {title: Minutes, url: 'https://www.bank.example/minutes'}", "  - x")
    found = told(tmp_path, rules, f"{text}\n{body}\n")
    kept = [row.split()[0] for row in found if row.endswith("house-word")]
    assert kept == places


def test_words_of_the_front_matter(tmp_path: Path) -> None:
    text = BRIEFING.replace("Two.", "Two words.").replace("Rates held", "A word held")
    assert told(tmp_path, "avoid: [word, words]", text) == ["2:8 house-word", "7:20 house-word"]
    (problem, _) = read(tmp_path).problems
    assert problem.hint == "say it in another way"


@pytest.mark.parametrize(
    ("lang", "word", "body", "found"),
    [
        pytest.param("tr", "ISI", "Burada ısı var.", True, id="Turkish: I is dotless i"),
        pytest.param("tr", "ISI", "Burada isi var.", False, id="Turkish: and not i"),
        pytest.param("en", "ISI", "An isi here.", True, id="English"),
        pytest.param("zh", "战争", "这是贸易战争吗？", True, id="Chinese has no spaces"),
        pytest.param("de", "Straße", "Die STRASSE.", False, id="as spelt"),
        pytest.param("ar", "حرب", "هذه حرب.", True, id="Arabic"),
    ],
)
def test_words_by_language(tmp_path: Path, lang: str, word: str, body: str, found: bool) -> None:
    text = BRIEFING.replace("date:", f"lang: {lang}\ndate:").replace(
        "The bank kept its rate.[", body + "["
    )
    assert ("house-word" in str(told(tmp_path, f"avoid: ['{word}']", text))) == found
    other = "fr" if lang != "fr" else "en"
    assert "house-word" not in str(
        told(tmp_path, f"avoid: [{{word: '{word}', lang: {other}}}]", text)
    )


def test_links_of_bodies(tmp_path: Path) -> None:
    text = BRIEFING + (
        "\n[a](https://bit.ly/x), <http://BIT.LY/y>, [b][r], `https://bit.ly/z`, [c](b.md),\n"
        "[d](//bit.ly/p) and [e](https://good.example/?u=https://bit.ly/).\n\n"
        "[r]: https://sub.bit.ly/q\n"
    )
    found = [row for row in told(tmp_path, "links: {refuse: [bit.ly]}", text) if "house" in row]
    assert found == [f"{place} house-domain" for place in ("13:1", "13:24", "13:43", "14:1")]


def test_outbound_addresses() -> None:
    body = "![x](https://a.example/i.png)\n\n<a href='https://b.example/?a=1&amp;b=2'>b</a>"
    body += " [m](mailto:a@b.example)"
    assert [(o.url, o.line, o.column) for o in outbound(body, 5)] == [
        ("https://a.example/i.png", 5, 1),
        ("https://b.example/?a=1&b=2", 7, 1),
    ]


def test_running_text_keeps_places() -> None:
    body = "One `two`\n\n> three\n\n“four” five <b>six</b>\n"
    text = running(body)
    assert len(text) == len(body)
    assert text.split() == ["One", "five", "six"]
    assert all(text.index(word) == body.index(word) for word in text.split())


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param("titel: {at_most: 9}", ["rules.yml:1:1 unknown-key"], id="an unknown rule"),
        pytest.param("title: {at_mots: 9}", ["rules.yml:1:9 unknown-key"], id="an unknown limit"),
        pytest.param("title: 9", ["rules.yml:1:8 bad-type"], id="no limits"),
        pytest.param("cite: maybe", ["rules.yml:1:7 bad-type"], id="no truth"),
        pytest.param("words: {at_most: -1}", ["rules.yml:1:18 bad-type"], id="no number"),
        pytest.param("links: {refuse: ['https://x.example/']}", ["rules.yml:1:18 bad-value"],
                     id="no host"),
        pytest.param("avoid: [{write: x}]", ["rules.yml:1:9 missing-key"], id="no word"),
        pytest.param("since: soon", ["rules.yml:1:8 bad-date"], id="no day"),
        pytest.param("- a", ["rules.yml:1:1 bad-type"], id="a list"),
        pytest.param("title: [", ["rules.yml:1:9 bad-yaml"], id="no YAML"),
        pytest.param("a: 1\na: 2", ["rules.yml:1:1 unknown-key", "rules.yml:2:1 duplicate-key"],
                     id="twice"),
        pytest.param("titel: {}\nrequire: {why: 1}", ["1:1 house-key", "rules.yml:1:1 unknown-key"],
                     id="the others hold"),
    ],
)  # fmt: skip
def test_wrong_rules_are_problems_at_their_places(
    tmp_path: Path, rules: str, expected: list[str]
) -> None:
    assert told(tmp_path, rules) == expected


CONFIG = """\
docs_dir: briefings
extra: {x: !ENV [A, b]}
plugins:
  - briefings:
      severity: {house-title: warning}
      rules:
        title: {at_most: 5}
        summary: {at_least: 1, at_mots: 5}
"""


def in_options(folder: Path) -> tuple[Problem, ...]:
    settings = settings_for(folder)
    return grade(read(folder, settings).problems, settings.severity)


def test_rules_among_the_options(tmp_path: Path) -> None:
    folder = tmp_path / "briefings"
    folder.mkdir()
    (folder / "a.md").write_text(BRIEFING)
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    found = in_options(folder)
    assert [(p.path, p.line, p.column, p.code, p.severity) for p in found] == [
        ("../mkdocs.yml", 8, 32, "unknown-key", Severity.ERROR),
        ("a.md", 2, 8, "house-title", Severity.WARNING),
    ]
    (folder / "rules.yml").write_text("cite: true\n")
    assert [(p.path, p.code) for p in in_options(folder)] == [
        ("../mkdocs.yml", "unknown-key"),
        ("rules.yml", "conflicting-keys"),
    ]


def test_a_build_holds_to_them_as_check_does(site: MakeSite) -> None:
    made = site(f"-- briefings/a.md --\n{BRIEFING}")
    rules = {"require": {"why": 1}, "cite": True, "titel": {}}
    failed = made.build(plugin={"rules": rules})
    assert failed.exit_code == 1
    assert [(p.path, p.code) for p in failed.problems] == [
        ("mkdocs.yml", "unknown-key"),
        ("briefings/a.md", "house-key"),
    ], failed.log
    checked = made.run("briefings", "check", plugin={"rules": rules})
    assert checked.problems == failed.problems
    made.write("-- briefings/rules.yml --\nrequire: {key_points: 2}\n")
    good = made.build()
    assert good.exit_code == 0, good.log
    assert not [path for path in good.files if "rules" in path], "never published"


def test_nothing_is_read_again_where_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BRIEFING)
    briefing = read(tmp_path).catalog.briefings["a"]

    def fail(path: str) -> bytes:
        raise AssertionError(path)

    assert not list(hold(Rules(cite=True, require={"key_points": 2}), [briefing], fail))


def test_no_rules_ask_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BRIEFING)
    assert not list(hold(Rules(), read(tmp_path).catalog.briefings.values(), lambda _: b""))


@pytest.mark.parametrize("sign", ["“", "«", "`a``", "<!--", "<a ", "](", "„", "[[", "「"])
def test_signs_that_are_never_closed_take_no_time(sign: str) -> None:
    body = "\n\n".join([f"utilise {sign * (60_000 // len(sign))}"] * 2)
    began = time.process_time()
    running(body)
    assert time.process_time() - began < 5


def test_no_list_is_endless(tmp_path: Path) -> None:
    rules = f"avoid: [{', '.join(f'w{n}' for n in range(MOST_WORDS + 1))}]"
    assert told(tmp_path, rules) == ["rules.yml:1:8 bad-count"]
