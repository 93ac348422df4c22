"""What honest people send: it is published without an error, and mostly without a warning."""

from __future__ import annotations

from .case import HEAD, Table, briefing, raw

TABLE = Table()
HONEST = TABLE.cases
page = TABLE.page


def said(name: str, body: str, *warnings: str, shows: str = "") -> None:
    page(name, briefing(name, body), *warnings, shows=shows)


def titled(name: str, title: str, shows: str) -> None:
    page(name, briefing(name, title=title), shows=shows)


# Scripts and characters -----------------------------------------------------------------------

titled("chinese", "關稅與貿易：三月的變化", "關稅與貿易：三月的變化")
titled("japanese", "「関税」が変わる——3月の動き", "「関税」が変わる——3月の動き")
titled("korean", "관세가 바뀐다", "관세가 바뀐다")
titled("arabic", "الرسوم الجمركية في آذار ٢٠٢٦", "الرسوم الجمركية في آذار ٢٠٢٦")
titled("persian with a joiner", "می\u200cخواهد تعرفه‌ها را", "می\u200cخواهد")
titled("hebrew in quotes", "'מכסים: מה משתנה'", "מכסים: מה משתנה")
titled("hindi with joiners", "क्\u200dष और श्री", "क्\u200dष")
titled("thai", "ภาษีศุลกากรเปลี่ยนแปลง", "ภาษีศุลกากร")
titled("vietnamese", "Thuế quan thay đổi từ tháng Ba", "Thuế quan")
titled("turkish in quotes", "'İthalat vergisi: ığüşöç'", "İthalat vergisi: ığüşöç")
titled("emoji", "🎉 Deal 👩‍👩‍👧‍👦 done 🏳️‍🌈 🇪🇺 👍🏽 ❤️ 1️⃣", "👩‍👩‍👧‍👦 done 🏳️‍🌈 🇪🇺 👍🏽 ❤️ 1️⃣")
titled("flag of scotland", "Edinburgh 🏴󠁧󠁢󠁳󠁣󠁴󠁿 votes", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 votes")
titled("typography", "“Quotes”, ‘more’ — dashes – and … 50 % of €3", "“Quotes”, ‘more’ — dashes")
titled("no-break spaces", "50\u00a0% of 3\u202f000", "50")
titled("mathematics", "'∑ x² ≤ 3 × 10⁻⁶ · ½ & π'", "∑ x² ≤ 3 × 10⁻⁶ · ½ & π")
titled("decomposed", "Cafe\u0301 prices", "Cafe\u0301 prices")
titled("beyond the basic plane", "𝔘nicode 𠮷野家 𓀀", "𝔘nicode 𠮷野家 𓀀")
titled("ampersand", "R&D at AT&T", "R&D at AT&T")
titled("less than", "Growth < 2 % and > 1 %", "Growth < 2 % and > 1 %")
titled("a tag in a title", "The <marquee> element returns", "The <marquee> element returns")
titled("braces in a title", "'{{ x }} in Jinja, ${x} in shell'", "{{ x }} in Jinja, ${x} in shell")
titled("a hash in a title", "C# and F# in 2026", "C# and F# in 2026")
titled("a star in a title", "'*Nature* on _reeds_ and `code`'", "*Nature* on _reeds_ and `code`")
titled("an apostrophe", "O'Brien's view", "O'Brien's view")
titled("a backslash", "A \\ B", "A \\ B")
titled("the longest title", "x" * 200, "x" * 200)
said("mixed directions", "The word שלום and العربية in English (like שלום עליכם).",
     shows="The word שלום and العربية in English")  # fmt: skip
said("arabic with marks", "قال \u200fABC\u200f إن الرسوم", shows="الرسوم")
said("soft hyphens", "Donau\u00addampf\u00adschiff", shows="Donau")
said("a form feed of none", "Tabs\tand   spaces", shows="Tabs and spaces")

# Files as editors leave them ------------------------------------------------------------------

TEXT = f"---\ntitle: From an editor\n{HEAD}---\nOne.\n\nTwo.\n"
page("line ends of windows", raw("line ends of windows", TEXT.replace("\n", "\r\n")), shows="Two.")
page("line ends of old", raw("line ends of old", TEXT.replace("\n", "\r")), shows="Two.")
page("mixed line ends", raw("mixed line ends", TEXT.replace("\n", "\r\n", 4)), shows="Two.")
page("a byte order mark", raw("a byte order mark", b"\xef\xbb\xbf" + TEXT.encode()), shows="Two.")
page("a mark and windows", raw("a mark and windows",
     b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()), shows="Two.")  # fmt: skip
page("no last line end", raw("no last line end", TEXT.rstrip()), shows="Two.")
page("blanks behind dashes", raw("blanks behind dashes", TEXT.replace("---\n", "---  \n")),
     shows="Two.")  # fmt: skip
page("dots at the end", raw("dots at the end", TEXT.replace("\n---\n", "\n...\n")), shows="Two.")
page("blanks behind lines", raw("blanks behind lines", TEXT.replace(".\n", ".   \n")),
     shows="Two.")  # fmt: skip

# YAML as people write it ----------------------------------------------------------------------


def front(name: str, text: str, shows: str, body: str = "Text.", *warnings: str) -> None:
    page(name, raw(name, f"---\n{text}---\n{body}\n"), *warnings, shows=shows)


REST = "author: Ada Example\ndate: 2026-05-01\ntopics: [Money]\n"
front("folded", f"title: Folded\n{REST}summary: >\n  It goes on\n  over lines.\n",
      "It goes on over lines.")  # fmt: skip
front("folded and stripped", f"title: Folded\n{REST}summary: >-\n  It goes on\n  over lines.\n",
      "It goes on over lines.")  # fmt: skip
front("literal", f"title: Literal\n{REST}summary: |\n  One line.\n  Another: line.\n",
      "One line. Another: line.")  # fmt: skip
front("plain over lines", f"title: Plain\n{REST}summary: It goes on\n  over lines.\n",
      "It goes on over lines.")  # fmt: skip
front("double quotes", f'title: "A \\"quoted\\" title: yes"\n{REST}summary: s\n',
      'A "quoted" title: yes')  # fmt: skip
front("single quotes", f"title: 'It''s: so'\n{REST}summary: s\n", "It's: so")
front("escapes", f'title: "caf\\u00e9 \\U0001F389"\n{REST}summary: s\n', "café 🎉")
front("block lists", "title: Lists\nauthors:\n  - Ada Example\n  - Ben Example\ndate: 2026-05-01\n"
      "topics:\n- Money\n- Banks\nsummary: s\n", "Ben Example")  # fmt: skip
front("flow lists over lines", "title: Lists\nauthor: [Ada Example,\n  Ben Example]\n"
      "date: 2026-05-01\ntopics: [\n  Money,\n  Banks,\n]\nsummary: s\n",
      "Ben Example")  # fmt: skip
front("comments", "# Before\ntitle: Comments # behind\n\n" + REST + "# between\nsummary: s # no\n",
      "Comments")  # fmt: skip
front("quoted keys", "\"title\": Keys\n'author': Ada Example\ndate: '2026-05-01'\n"
      "topics: ['Money']\nsummary: s\n", "Keys")  # fmt: skip
front("a flow mapping", "{title: Flow, author: Ada Example, date: 2026-05-01, topics: [Money], "
      "summary: s}\n", "Flow")  # fmt: skip
front("numbers as topics", REST.replace("Money", "2026, 5G") + "title: 1984\nsummary: 42\n", "1984")
front("truths as titles", f"title: Yes\n{REST}summary: Off\n", "Yes")
front("a moment with a blank", "title: Moment\nauthor: Ada Example\ndate: 2026-05-01 09:30 +0200\n"
      "topics: [Money]\nsummary: s\n", "Moment")  # fmt: skip
front("a dash in a text", f"title: A - B -- C --- D\n{REST}summary: s\n", "A - B -- C --- D")
front("an address as a text", f"title: See https://a.example/?b=c#d\n{REST}summary: s\n",
      "See https://a.example/?b=c#d")  # fmt: skip
front("blank optional keys", f"title: Blank\n{REST}summary: s\nwhy:\nsources: []\nplace: ''\n",
      "Blank")  # fmt: skip
front("a heading for a title", f"{REST}summary: s\n", "The heading", "# The heading\n\nText.")
front(
    "a rule in the body", f"title: Rule\n{REST}summary: s\n", "After.", "Before.\n\n---\n\nAfter."
)
front("front matter in code", f"title: Code\n{REST}summary: s\n", "title: x",
      "```yaml\n---\ntitle: x\n---\n```")  # fmt: skip

# Code that shows markup -----------------------------------------------------------------------

said("html in code", "Write `<script>` or `onclick=\"x\"`:\n\n```html\n<script>alert(1)</script>\n"
     "<!-- and a comment\n```\n\nThen `<!--` too.", shows="<script>alert(1)</script>")  # fmt: skip
said("html in indented code", "So:\n\n    <iframe src=\"x\"></iframe>\n    <textarea>\n",
     shows='<iframe src="x"></iframe>')  # fmt: skip
said("entities", "&lt;script&gt; is &amp;lt;script&amp;gt;", shows="<script> is &lt;script&gt;")
said("templates in code", "`{{ page.title }}` and `{% include x %}`",
     shows="{{ page.title }} and {% include x %}")  # fmt: skip
said("yaml in code", "```yaml\na: &x !!python/object\nb: *x\n```", shows="a: &x !!python/object")
said("less and more", "1 < 2 and 3 > 2; 5 * 3 * 2; snake_case_name_here; a & b; 100%",
     shows="1 < 2 and 3 > 2; 5 * 3 * 2; snake_case_name_here; a & b; 100%")  # fmt: skip
said("hashtags and mentions", "#notaheading and @somebody, $5 and ~3", shows="#notaheading and @")
said("brackets", "[sic] and [1] and (a [b] c) and \\[[x]]", shows="[sic] and [1] and (a [b] c)")
said("allowed html", "<details><summary>More</summary>Hidden.</details>\n\nH<sub>2</sub>O, "
     "<kbd>Ctrl</kbd>, <mark>this</mark>, <abbr title=\"x\">y</abbr>, <br> and <q>z</q>",
     shows="H2O, Ctrl, this, y")  # fmt: skip
said("a table", "| a | b |\n|:--|--:|\n| 1 | 2 |\n\n<table><tr><td>x</td></tr></table>",
     shows="a b")  # fmt: skip
said("a comment for editors", "Text. <!-- todo: check -->\n\n<!-- a\nlong one -->\n\nMore.",
     shows="More.")  # fmt: skip
said("links of all kinds", "[[a-target]], [x](a-target.md), <https://a.example/?a=b&c=d>, "
     "[m](mailto:a@b.example), [p](https://a.example/a_(b) \"T\")\n\n[r]: https://a.example\n\n[r]",
     shows="T")  # fmt: skip
said("notes", "One[^a] and two[^b].\n\n[^a]: First.\n[^b]: Second\n    goes on.", shows="First.")
said("boxes", '!!! note "Title"\n    Text.\n\n??? tip\n    Folded.', shows="Folded.")
said("lists in lists", "".join(f"{'    ' * n}- level {n}\n" for n in range(8)), shows="level 7")
said("quotes in quotes", "> a\n>\n> > b\n> >\n> > > c", shows="c")
said("rather long", "\n\n".join("A sentence of some words, again. " * 12 for _ in range(400)),
     shows="again.")  # fmt: skip
said("many links", " ".join(f"[l{n}](https://a.example/{n})" for n in range(2_000)), shows="l1999")
said("one long line", "word " * 30_000, shows="word")
said("one long word", "x" * 50_000, shows="xxx")
said("a long table", "a|b|c\n-|-|-\n" + "1|2|3\n" * 2_000, shows="a b c")
said("a long code", "```python\n" + "x = [1, 2, '<b>']  # y\n" * 2_000 + "```", shows="x = [1")
