"""What is not published: files that are no briefings, front matter that says nothing sure, bodies
over a limit."""

from __future__ import annotations

from .case import CANARY, HEAD, Table, briefing, raw

TABLE = Table()
REFUSED = TABLE.cases
error = TABLE.error
T = "---\ntitle: T\n"

# Front matter as such -------------------------------------------------------------------------

error("no front matter", raw("no front matter", "Just text.\n"), ("no-front-matter", 1))
error("an empty file", raw("an empty file", ""), ("no-front-matter", 1))
error("nothing but blanks", raw("nothing but blanks", "\n \n\t\n"), ("no-front-matter", 1))
error("empty front matter", raw("empty front matter", "---\n---\nText.\n"), ("no-front-matter", 1))
error("only a comment", raw("only a comment", "---\n# x\n---\nText.\n"), ("no-front-matter", 1))
error("unterminated", raw("unterminated", f"{T}{HEAD}\nText.\n"), ("bad-front-matter", 1))
error("a list", raw("a list", "---\n- title\n- x\n---\nText.\n"), ("bad-front-matter", 2))
error("a text", raw("a text", "---\ntitle\n---\nText.\n"), ("bad-front-matter", 2))
error("toml", raw("toml", f'+++\ntitle = "{CANARY}"\n+++\nText.\n'), ("bad-front-matter", 1))
error("json", raw("json", '{"title": "x"}\nText.\n'), ("bad-front-matter", 1))
error("blank line first", raw("blank line first", f"\n{T}{HEAD}---\nText.\n"),
      ("bad-front-matter", 2))  # fmt: skip
error("two documents", raw("two documents", f"{T}{HEAD}--- x\ntitle: y\n---\nText.\n"),
      ("bad-front-matter", 7))  # fmt: skip
error("not yaml", briefing("not yaml", title="Rates: held: again"), ("bad-yaml", 2))
error("a tab", briefing("a tab", more="image:\n\tsrc: a.png\n"), ("bad-yaml", 8))
error("an open quote", briefing("an open quote", title='"x'), ("bad-yaml", 2))
error("an open bracket", briefing("an open bracket", more="related: [a, b\n"), ("bad-yaml", 7))
error("a control in a key", briefing("a control in a key", more="ti\x01tle: x\n"),
      ("unknown-key", 7), ("control-characters", 7))  # fmt: skip

# Tags, bombs, aliases -------------------------------------------------------------------------

for number, tag in enumerate(
    [
        f"!!python/object/apply:os.system ['echo {CANARY}']",
        "!!python/name:os.system",
        "!!python/object/new:os.popen [x]",
        "!ENV HOME",
        "!!binary aGVsbG8=",
        "!!str x",
        "!include ../mkdocs.yml",
        "!relative x",
    ]
):
    name = f"tag {number}"
    error(name, briefing(name, title=tag), ("unsupported-yaml", 2))
error("an anchor", briefing("an anchor", title="&a x"), ("unsupported-yaml", 2))
error("an alias", briefing("an alias", title="*a"), ("unsupported-yaml", 2))
error("a merge key", briefing("a merge key", more="image:\n  <<: {a: b}\n"),
      ("unsupported-yaml", 8))  # fmt: skip
error("laughs", briefing("laughs", more="a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
      *(("unsupported-yaml", line) for line in (7, 8, 9)))  # fmt: skip
error("a directive", raw("a directive", f"---\n%YAML 1.1\n--- \ntitle: x\n{HEAD}---\nText.\n"),
      ("bad-yaml", 2))  # fmt: skip
error("an endless list", briefing("an endless list", more=f"related: {'[' * 9000}\n"),
      ("bad-yaml", 7))  # fmt: skip
error("deep mappings", briefing("deep mappings", more=f"image: {'{a: ' * 50}x{'}' * 50}\n"),
      ("too-deep", 7))  # fmt: skip
error("a list as a key", briefing("a list as a key", more="? [a, b]\n: c\n"),
      ("unsupported-yaml", 7))  # fmt: skip

# Keys -----------------------------------------------------------------------------------------

error("a key twice", briefing("a key twice", more="title: Another\n"), ("duplicate-key", 7))
error("a key twice inside", briefing("a key twice inside",
      more="sources:\n  - {title: a, title: b}\n"), ("duplicate-key", 8))  # fmt: skip
for key in ("template", "hide", "search", "icon", "subtitle", "tags", "layout", "hooks", "extends",
            "robots", "redirect", "render_macros", "social", "comments", "__class__"):  # fmt: skip
    error(f"the key {key}", briefing(f"the key {key}", more=f"{key}: {CANARY}\n"),
          ("unknown-key", 7))  # fmt: skip
error("a misspelt key", briefing("a misspelt key", more="sumary: x\n"), ("unknown-key", 7))
error("no title", raw("no title", f"---\n{HEAD}---\nText.\n"), ("missing-title", 1))
error("a blank title", raw("a blank title", f"---\ntitle:\n{HEAD}---\nText.\n"),
      ("missing-title", 2))  # fmt: skip
error("no date", raw("no date", f"{T}author: A\ntopics: [b]\nsummary: c\n---\nText.\n"),
      ("missing-date", 1))  # fmt: skip
error("no author", raw("no author", f"{T}date: 2026-05-01\ntopics: [b]\nsummary: c\n---\nText.\n"),
      ("missing-author", 1))  # fmt: skip
error("no topics", raw("no topics", f"{T}date: 2026-05-01\nauthor: b\nsummary: c\n---\nText.\n"),
      ("missing-topics", 1))  # fmt: skip

# Types ----------------------------------------------------------------------------------------

error("a title that is a list", briefing("a title that is a list", title="[a, b]"),
      ("bad-type", 2))  # fmt: skip
error("a title that is a mapping", briefing("a title that is a mapping", title="{a: b}"),
      ("bad-type", 2))  # fmt: skip
error("topics that are a mapping", raw("topics that are a mapping",
      f"{T}author: A\ndate: 2026-05-01\ntopics: {{a: b}}\nsummary: c\n---\nText.\n"),
      ("bad-type", 5))  # fmt: skip
error("a draft that may be one", briefing("a draft that may be one", more="draft: maybe\n"),
      ("bad-type", 7))  # fmt: skip
error("a draft in norwegian", briefing("a draft in norwegian", more="draft: no\n"),
      ("bad-type", 7))  # fmt: skip
error("a null", briefing("a null", title="null"), ("bad-type", 2))
error("a status of nowhere", briefing("a status of nowhere", more=f'status: "<b>{CANARY}"\n'),
      ("bad-value", 7))  # fmt: skip
error("a language of nowhere", briefing("a language of nowhere", more=f"lang: '\"><b {CANARY}'\n"),
      ("bad-lang", 7))  # fmt: skip
error("a number of 5000 digits", briefing("a number of 5000 digits",
      more=f"events:\n  - {{date: 2026, text: x, source: {'9' * 5000}}}\n"),
      ("bad-type", 8))  # fmt: skip

# Dates ----------------------------------------------------------------------------------------

for date in ("2026-13-45", "2026-02-30", "17/03/2026", "2026-3-7", "yesterday", "1899-12-31",
             "2101-01-01", "2026-05-01T25:00:00Z", "2026-05-01T10:00:00", "0000-00-00",
             "2026-05-01T10:00:00+99:00", "٢٠٢٦-٠٥-٠١", "9" * 4500, "2026-05-01 <b>"):  # fmt: skip
    name = f"the date {date[:30]} {len(date)} {ord(date[0])}"
    head = f"author: A\ndate: '{date}'\ntopics: [b]\nsummary: c\n"
    error(name, briefing(name, head=head), ("bad-date", 4))

# Bytes and characters -------------------------------------------------------------------------

error("latin 1", briefing("latin 1", "line\ncaf\xe9".encode("latin-1")), ("not-utf8", 9))
error("utf 16", raw("utf 16", f"{T}{HEAD}---\nText.\n".encode("utf-16")), ("not-utf8", 1))
error("half a character", briefing("half a character", b"a\xf0\x9f"), ("not-utf8", 8))
error("overlong", briefing("overlong", b"a\xc0\xaf"), ("not-utf8", 8))
error("a surrogate", briefing("a surrogate", b"a\xed\xa0\x80"), ("not-utf8", 8))
error("binary", raw("binary", bytes(range(256)) * 8), ("not-utf8", 3))
error("a nul", briefing("a nul", "a\0b"), ("control-characters", 8))
error("escape", briefing("escape", "a\x1b[31mred"), ("control-characters", 8))
error("a non-character", briefing("a non-character", "a\ufffeb"), ("control-characters", 8))
error("a non-character of another plane", briefing("a non-character of another plane",
      "a\U0003ffffb"), ("control-characters", 8))  # fmt: skip
error("next line", briefing("next line", "a\x85b"), ("control-characters", 8))
error("next line in a title", briefing("next line in a title", title="'a\x85b'"),
      ("control-characters", 2))  # fmt: skip
error("an escaped control", briefing("an escaped control", title='"a\\u0007b"'),
      ("control-characters", 2))  # fmt: skip
error("an escaped nul", briefing("an escaped nul", title='"a\\0b"'), ("control-characters", 2))
error("an escaped surrogate", briefing("an escaped surrogate", title='"a\\ud800b"'),
      ("bad-yaml", 2))  # fmt: skip
error("a line separator in front matter", briefing("a line separator in front matter",
      title="'a\u2028b'"), ("control-characters", 2))  # fmt: skip
error("a turned title", briefing("a turned title", title="'a\u202eb'"), ("bidi-characters", 2))
error("an isolate in a title", briefing("an isolate in a title", title="'a\u2066b'"),
      ("bidi-characters", 2))  # fmt: skip
error("a turned author", briefing("a turned author", head=HEAD.replace("Ada", "A\u202ada")),
      ("bidi-characters", 3))  # fmt: skip
error("a turned topic", briefing("a turned topic", head=HEAD.replace("Money", "Mo\u202eney")),
      ("bidi-characters", 5))  # fmt: skip
error("a hidden character in a title", briefing("a hidden character in a title",
      title="'a\u200bb'"), ("hidden-characters", 2))  # fmt: skip
error("a joiner between latin letters", briefing("a joiner between latin letters",
      title="'a\u200db'"), ("hidden-characters", 2))  # fmt: skip

# Limits ---------------------------------------------------------------------------------------

error("a large file", briefing("a large file", "word " * 220_000), ("too-large", 1))
error("a large front matter", briefing("a large front matter", more=f"why: {'x' * 33_000}\n"),
      ("too-large", 1))  # fmt: skip
error("a million topics", briefing("a million topics",
      head=HEAD.replace("[Money]", "[" + "a," * 100_000 + "b]")), ("too-large", 1))  # fmt: skip
error("many topics", briefing("many topics",
      head=HEAD.replace("[Money]", f"[{', '.join(f'topic{n}' for n in range(9))}]")),
      ("bad-count", 5))  # fmt: skip
error("a long title", briefing("a long title", title="x" * 201), ("too-long", 2))
error("a long author", briefing("a long author", head=HEAD.replace("Ada", "A" * 100)),
      ("too-long", 3))  # fmt: skip
error("a long topic", briefing("a long topic", head=HEAD.replace("Money", "M" * 61)),
      ("too-long", 5))  # fmt: skip
error("a long summary", briefing("a long summary", head=HEAD.replace("Short.", "x" * 1001)),
      ("too-long", 6))  # fmt: skip
error("nested quotes", briefing("nested quotes", "> " * 10_000 + "x"), ("too-deep", 8))
error("tight quotes", briefing("tight quotes", ">" * 10_000 + "x"), ("too-deep", 8))
error("nested lists", briefing("nested lists", "- " * 500 + "x"), ("too-deep", 8))
error("numbered lists", briefing("numbered lists", "1. " * 500 + "x"), ("too-deep", 8))
error("nested lists by indent", briefing("nested lists by indent",
      "\n".join("    " * n + "- x" for n in range(60))), ("too-deep", 28))  # fmt: skip
error("nested elements", briefing("nested elements", "<div>" * 10_000), ("too-deep", 8))
error("nested inline elements", briefing("nested inline elements", "x" + "<b>" * 10_000),
      ("too-deep", 8))  # fmt: skip
error("open brackets", briefing("open brackets", "[" * 8_000), ("too-much", 8))
error("open links", briefing("open links", "[a](" * 8_000), ("too-much", 8))
error("open images", briefing("open images", "![" * 8_000), ("too-much", 8))
error("a hundred thousand links", briefing("a hundred thousand links",
      "[a](https://a.example) " * 40_000), ("too-much", 8))  # fmt: skip
error("footnotes", briefing("footnotes",
      "".join(f"x[^{n}a]\n\n[^{n}a]: y\n\n" for n in range(999))), ("too-much", 2010))  # fmt: skip
error("links", briefing("links", "[a](https://a.example) " * 6_000), ("too-much", 8))
error("headings", briefing("headings", "## x\n\n" * 600), ("too-much", 1008))
error("cells", briefing("cells", "a|b\n-|-\n" + "1|2\n" * 10_100), ("too-much", 10009))
error("pieces of a block", briefing("pieces of a block",
      "Text.\n\n" + "      - - -\n[b]: <c> 'd'\n" * 1_500), ("too-much", 11))  # fmt: skip
error("signs without a partner", briefing("signs without a partner",
      "  \n" + "- a\n    - b\n[^a] \n" * 2_000),
      ("too-much", 9), ("unknown-source", 11))  # fmt: skip
error("blocks of code", briefing("blocks of code", "#\n\n    \\\n" * 2_000), ("too-much", 10))
error("hard spaces", briefing("hard spaces", "a" + "\xa0" * 60_000), ("too-much", 8))
error("pipes", briefing("pipes", "|" * 60_000), ("too-much", 8))
error("lines", briefing("lines", "\n" * 40_000 + "x"), ("too-much", 8))
error("breaks", briefing("breaks", "x  \n" * 20_000), ("too-much", 8))
error("boxes", briefing("boxes", "!!! note\n    a\n" * 600), ("too-much", 1008))
error("notes of one name", briefing("notes of one name", "> [^a]: b\n" * 600), ("too-much", 508))
error("a long reference", briefing("a long reference",
      f"[a]: https://a.example/{'x' * 3000}\n\n" + "[a] " * 400), ("too-much", 8))  # fmt: skip
error("a long title of a reference", briefing("a long title of a reference",
      f'[a]: b\n    "{"x" * 3000}"\n\n' + "[a] " * 400), ("too-much", 8))  # fmt: skip
error("a long abbreviation", briefing("a long abbreviation",
      f"*[ab]:\n{'x' * 3000}\n\n" + "ab " * 400), ("too-much", 8))  # fmt: skip
error("mentions of an abbreviation", briefing("mentions of an abbreviation",
      "*[ab]: x\n\n" + "ab " * 3000), ("too-much", 8))  # fmt: skip
error("much code", briefing("much code", f"x\n\n```go\n{'a ' * 60_000}\n```"), ("too-much", 10))
error("emphasis", briefing("emphasis", "*a " * 50_000), ("too-much", 8))
error("stars", briefing("stars", "*" * 100_000), ("too-much", 8))

# What would swallow the rest ------------------------------------------------------------------

for sign, at in (("<!--", 8), ("<textarea>", 8), ("<plaintext>", 8), ("<title>", 8), ("<xmp>", 8),
                 ("<iframe>", 8), ("<noscript>", 8), ("<style>", 8), ("<script>", 8)):  # fmt: skip
    name = f"unclosed {sign.strip('<>')}" if sign != "<!--" else "unclosed comment"
    error(name, briefing(name, f"{sign} {CANARY}\n\nThe rest."), ("unclosed-html", at))

# Addresses and links --------------------------------------------------------------------------

for slug in ("../escape", "/etc/hosts", "a/b", "..", ".", "a b", "<b>", "a%2fb", "a\\b", "a?b",
             "a#b", "C:x", "-"):  # fmt: skip
    name = f"the slug {' '.join(str(ord(c)) for c in slug[:6])}"
    error(name, briefing(name, more=f"slug: '{slug}'\n"), ("bad-slug", 7))
for alias in ("/absolute/", "../climbs/", "https://evil.example/", "//evil.example/", "a/../../b/",
              "%2e%2e/x/", "javascript:kanari()", "a b/", "feed.xml", "topics/x/", "Assets/x.js",
              "%74opics/", "a\\..\\b/", "a//b/", "\"><script>kanari()</script>"):  # fmt: skip
    name = f"the alias {' '.join(str(ord(c)) for c in alias[:12])}"
    error(name, briefing(name, more=f"aliases: ['{alias}']\n"), ("bad-alias", 7))
error("a reserved slug with a reserved place", briefing(
      "a reserved slug with a reserved place", more="aliases: ['404.html']\n"),
      ("bad-alias", 7))  # fmt: skip
error("an unknown wiki-link", briefing("an unknown wiki-link", "[[nowhere-at-all]]"),
      ("bad-link", 8))  # fmt: skip
error("a wiki-link that climbs", briefing("a wiki-link that climbs", "[[../../etc/passwd]]"),
      ("bad-link", 8))  # fmt: skip
error("a link out of the folder", briefing("a link out of the folder", "[x](../mkdocs.yml)"),
      ("bad-link", 8))  # fmt: skip
error("a link to a system file", briefing("a link to a system file", "[x](/etc/passwd)"),
      ("bad-link", 8))  # fmt: skip
error("an image out of the folder", briefing("an image out of the folder", "![x](../../x.png)"),
      ("bad-link", 8))  # fmt: skip
error("an image key out of the folder", briefing("an image key out of the folder",
      more="image: {src: ../../x.png, alt: x}\n"), ("bad-link", 7))  # fmt: skip
error("an image key elsewhere", briefing("an image key elsewhere",
      more="image: {src: 'https://evil.example/x.png', alt: x}\n"), ("bad-link", 7))  # fmt: skip
error("an image key of script", briefing("an image key of script",
      more=f"image: {{src: 'javascript:{CANARY}()', alt: x}}\n"), ("bad-link", 7))  # fmt: skip
error("a bad anchor", briefing("a bad anchor", "[x](#nowhere)"), ("bad-anchor", 8))
error("related to nothing", briefing("related to nothing", more="related: [nowhere]\n"),
      ("bad-link", 7))  # fmt: skip
