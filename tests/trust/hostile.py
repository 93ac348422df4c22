"""What is published without what is harmful in it, or as the plain text that it is."""

from __future__ import annotations

from ..rendering.vectors import HTML, MARKDOWN
from .case import CANARY, HEAD, Table, briefing, slug_of

TABLE = Table()
HOSTILE = TABLE.cases
TARGET = briefing("a target")
"""Where links of cases may lead."""
RUN = f"{CANARY}(1)"
"""A call that would be heard."""


def sane(name: str, body: str, *warnings: str, shows: str = "") -> None:
    TABLE.page(name, briefing(name, body), *warnings, shows=shows)


def key(name: str, more: str, *warnings: str, shows: str = "", body: str = "Text.") -> None:
    TABLE.page(name, briefing(name, body, more=more), *warnings, shows=shows)


# Markup in bodies -----------------------------------------------------------------------------

for place, (begin, end) in {
    "alone": ("", ""),
    "in a paragraph": ("Before ", " after."),
    "in a quote": ("> ", ""),
    "in a list": ("- one\n- ", ""),
    "in a table": ("a|b\n-|-\n", "|x"),
    "in a box": ("!!! note\n    ", ""),
    "in a note": ("See[^a].\n\n[^a]: ", ""),
    "in a heading": ("## ", ""),
    "in html": ('<div markdown="1">\n', "\n</div>"),
    "in a definition": ("Term\n:   ", ""),
}.items():
    for what, html in {
        "script": f"<script>{RUN}</script>",
        "handler": f"<img src=x onerror={RUN} alt=a>",
        "frame": f'<iframe src="javascript:{RUN}"></iframe>',
        "svg": f"<svg onload={RUN}></svg>",
        "link": f'<a href="javascript:{RUN}">x</a>',
        "style": f'<p style="position:fixed" class="{CANARY}">x</p>',
    }.items():
        given = {"unsafe-html"} if what != "handler" else {"unsafe-html", "bad-link"}
        if what == "handler":
            html = html.replace("src=x ", "")
            given = {"unsafe-html"}
        sane(f"{what} {place}", f"{begin}{html}{end}", *given)

for name, text in {
    "a template expression": "{{ 7*191 }} {% include 'x' %} {# y #} ${x} #{y} <%= z %>",
    "a class chain": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "the configuration": "{{ config }} {{ config.plugins }} {{ page.meta }} {{ env }}",
    "a shortcode": "{{< include mkdocs.yml >}} {{% readfile /etc/passwd %}}",
    "a snippet": '--8<-- "mkdocs.yml"\n\n;--8<-- "mkdocs.yml"\n\n-8<- "../../etc/passwd"',
    "a snippet block": "--8<--\nmkdocs.yml\n/etc/passwd\n--8<--",
    "a snippet from the web": '--8<-- "https://evil.example/x.md"',
    "an include": "{!mkdocs.yml!}\n\n{! ../../etc/passwd !}",
    "an include markdown": '{% include-markdown "../mkdocs.yml" %}',
    "an environment reference": "${HOME} $PATH %PATH% !ENV HOME {env:HOME}",
    "an rst include": ".. include:: /etc/passwd\n\n.. raw:: html\n\n   x",
    "an xinclude": "&xxe; %xxe;",
    "an emoji code": ":smile: :material-account: :octicons-x:",
    "an icon": ":fontawesome-brands-x:{ .y }",
}.items():
    sane(name, text)
sane("keys and critic", "++ctrl+alt++ {++a++} {--b--} {==c==} ||d||")
sane("math", "$x^2$ \\(y\\) $$\n\\href{javascript:x}{y}\n$$")
sane("a tab of content", '=== "One"\n\n    x\n\n=== "Two"\n\n    y')
sane("a mermaid block", f'```mermaid\ngraph TD\nA["<img src=x onerror={RUN}>"]\n```')
sane("an exec block", '```python exec="on"\nprint(7*191)\n```')
sane("a plantuml block", "```plantuml\n!include /etc/passwd\n```")
sane("code that shows", f"`<script>{RUN}</script>` and\n\n    <img src=x onerror={RUN}>\n")
sane("a class of code", f"```{{.python .{CANARY} #__config onclick={RUN}}}\nx\n```")
sane(
    "options of code",
    f'``` python title="<script>{RUN}</script>" linenums="1"\nx\n```',
)
sane("a reference", f"[x][y]\n\n[y]: javascript:{RUN}", "unsafe-html")
sane("a title that breaks out", f"[x](https://a.example '\" onclick={RUN} y=\"')")
sane("an address that breaks out", f'[x](https://a.example/"onclick="{RUN})')
sane("an automatic link", f"<javascript:{RUN}>", "unsafe-html")
sane("a wiki-link's text", f"[[a-target|<img onerror={RUN}>]]")
sane("a remote image", f"![x](https://evil.example/{CANARY}.png)", "remote-image")
sane("a remote image of no scheme", f"![x](//evil.example/{CANARY}.png)", "remote-image")
sane("a remote image in html", f'<img src="https://evil.example/{CANARY}.png">', "remote-image")
sane("a remote image in backslashes", f'<img src="\\\\evil.example/{CANARY}.png">',
     "remote-image")  # fmt: skip
sane("a source set", f'<img srcset="https://evil.example/{CANARY}.png 2x" alt=x>', "unsafe-html")
sane("a picture", f'<picture><source srcset="//evil.example/{CANARY}"></picture>', "unsafe-html")
sane("a clobbering heading", "## \\_\\_config\n\n## constructor\n\n## \\_\\_proto\\_\\_\n\n## body")
sane("a clobbering id", '<a id="__config" href="#">x</a>', "unsafe-html")
sane("a clobbering attribute list", "## x {#_main}\n\ny\n{: #__search name=getElementById }",
     "unsafe-html")  # fmt: skip
sane("data attributes", '<div data-search="https://evil.example" data-theme-switch>x</div>',
     "unsafe-html")  # fmt: skip
sane("accessible lies", '<p role="alert" aria-live="assertive" tabindex="1">x</p>', "unsafe-html")
sane("editable", '<p contenteditable accesskey="x" autofocus>x</p>', "unsafe-html")
sane("a popover", "<div popover id=x>x</div>\n\n<button popovertarget=x>y</button>", "unsafe-html")
sane("a dialog", "<dialog open>x</dialog>", "unsafe-html")
sane("a slot and a part", '<div slot="x" part="y" is="z" itemscope itemprop="w">x</div>',
     "unsafe-html")  # fmt: skip
sane("a marquee", f"<marquee onstart={RUN}>x</marquee>", "unsafe-html")
sane("a portal and a fencedframe", "<portal src=x></portal><fencedframe></fencedframe>",
     "unsafe-html")  # fmt: skip
sane("structured data of one's own",
     '<script type="application/ld+json">{"@type": "kanari"}</script>', "unsafe-html")  # fmt: skip
sane("an import map", '<script type="importmap">{"imports": {}}</script>', "unsafe-html")
sane("an anchor that stays", f'<a href="#" onclick={RUN} target=_top>x</a>', "unsafe-html")
sane("mail with headers", "[x](mailto:a@b.example?cc=c@d.example&body=x)")
sane("other schemes", "[a](ftp://a.example) [b](tel:+1) [c](file:///etc/passwd) [d](blob:x) "
     "[e](view-source:x) [f](ws://a.example) [g](intent://x)", "unsafe-html")  # fmt: skip
sane("a page without an end", f"</main></body></html><script>{RUN}</script>", "unsafe-html")
sane("ends of our elements", "</div></article></main></body></html>text")
sane("ends of tables", "</table></td></tr></tbody>text</p></div></div>")
sane("a table that is none", "<tr><td>x</td></tr><table><b>y</table>")
sane("a comment", f"a <!-- {CANARY} --> b")
sane("a comment that ends early", f"<!--> <script>{RUN}</script> -->")
sane("a processing instruction", f"<?php {RUN} ?>\n\nText.")
sane("a doctype", f'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>\n\n&y; {CANARY}')
sane("cdata", f"<![CDATA[<script>{RUN}</script>]]>\n\nText.", "unsafe-html")
sane("bidirectional code", "if x: \u202e # \u2066return\u2069", "hidden-characters")
sane("hidden text", "pass\u200bword and a\u00a0space", "hidden-characters")
sane("a placeholder of the parser", "\u0003wzxhzdk:0".replace("\u0003", "") + " klzzwxh:0000")
sane("a note of no name", '[^<b>] [^"onclick=x]')
for number, (name, html) in enumerate({**HTML, **MARKDOWN}.items()):
    if not any(ord(c) < 32 and c not in "\n\t" for c in html):
        sane(f"vector {number} {slug_of(name)}", f"{html}\n\nText.", "*")

# Markup in values -----------------------------------------------------------------------------

BREAKS = {
    "script": f"</script><script>{RUN}</script>",
    "attribute": f'"><img src=x onerror={RUN}>',
    "apostrophe": f"' onmouseover='{RUN}",
    "title end": f"</title><script>{RUN}</script>",
    "comment": f"--><script>{RUN}</script><!--",
    "cdata": f"]]><script>{RUN}</script>",
    "expression": "{{ 7*191 }}{% raw %}${7*191}",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt; &amp;amp; &#60;b&#62;",
    "separators": "a,b;c:d\\e | f / g % 20 ? h # i",
    "formula": f'=HYPERLINK("https://evil.example/{CANARY}")',
    "json": '\\u003cscript\\u003e "}],"x":{"y":["',
    "template end": f"</template></noscript></style></textarea><svg onload={RUN}>",
}


def quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


for what, text in BREAKS.items():
    name = f"a title with {what}"
    TABLE.page(name, briefing(name, title=quoted(text)), shows=text)
    name = f"a summary with {what}"
    head = HEAD.replace("Short.", quoted(text))
    TABLE.page(name, briefing(name, head=head), shows=text)
    name = f"an author with {what}"
    head = HEAD.replace("Ada Example", quoted(f"{text} {what} Example"))
    TABLE.page(name, briefing(name, head=head), shows=text)
    if len(text) < 52:
        name = f"a topic with {what}"
        head = HEAD.replace("[Money]", f"[{quoted(text + ' ' + what)}]")
        TABLE.page(name, briefing(name, head=head), shows=text)
    name = f"a heading with {what}"
    TABLE.page(name, briefing(name, f"## {text}\n\nText."), "*")
    key(f"the rest with {what}", "".join(f"{line}\n" for line in (
        f"why: {quoted(text)}",
        f"key_points: [{quoted(text)}, {quoted(text)}]",
        f"place: {quoted(text[:90])}",
        f"storyline: {quoted(text[:80] + ' story')}",
        f"number: {quoted(text[:30] + what[:5])}",
        f"editor: {quoted(text + what + ' Editor')}",
        "updated: 2026-05-03",
        f"corrections: [{{date: 2026-05-02, text: {quoted(text)}}}]",
        f"events: [{{date: 2027-01-02, text: {quoted(text)}, key: true}}]",
        f"sources: [{{title: {quoted(text)}, publisher: {quoted(text)}, "
        f"url: 'https://a.example/?{CANARY}'}}]",
        f"related: [{{slug: a-target, reason: {quoted(text)}}}]",
    )), shows=text, body="Text.[^1]")  # fmt: skip

for number, url in enumerate(
    [
        f"javascript:{RUN}", f"JAVASCRIPT:{RUN}", f" javascript:{RUN}", f"data:text/html,{CANARY}",
        f"vbscript:{CANARY}", f"//evil.example/{CANARY}", "file:///etc/passwd",
        f"https://a.example/\" onclick=\"{RUN}", f"https://a.example/<script>{CANARY}",
        f"java\\tscript:{CANARY}", f"https:{CANARY}", f"http://\\\\{CANARY}",
    ]
):  # fmt: skip
    key(f"a source's address {number}", f"sources: [{{title: x, url: {quoted(url)}}}]\n",
        "bad-url", body="Text.[^1]")  # fmt: skip
key("an archived address", f"sources: [{{title: x, archived: 'javascript:{RUN}'}}]\n", "bad-url",
    body="Text.[^1]")  # fmt: skip
key("lines in an event", 'events: [{date: 2027-01-02, text: "x\\r\\nEND:VEVENT\\r\\nBEGIN:VEVENT'
    '\\r\\nSUMMARY:kanari"}]\nstoryline: Lines\n')  # fmt: skip
key("lines in a title's twin", 'why: "x\\nX-KANARI: 1\\n\\n<b>"\n')


def registries() -> dict[str, bytes]:
    """A site of which every registry, page and edition holds every value that breaks out."""
    topics, authors, storylines, terms, mentions = "", "", "", "", ""
    files: dict[str, str] = {}
    for what, text in BREAKS.items():
        name, said = slug_of(what), quoted(text)
        topics += (
            f"{name}:\n  title: {quoted(text[:40] + ' ' + what)}\n  description: {said}\n"
            f"  aliases: [{quoted('also ' + text)}]\n  featured: [a-target]\n"
            f"  now: {{text: {said}, checked: 2026-05-01, state: [{{instrument: {said}, "
            f"now: {said}, state: waits, next: {said}, briefing: a-target}}]}}\n"
        )
        authors += (
            f"{name}:\n  name: {quoted(text[:60] + ' ' + what)}\n  family: {quoted(what)}\n"
            f"  role: {said}\n  bio: {said}\n  contact: {said}\n  interests: {said}\n"
            f"  affiliation: {said}\n"
        )
        storylines += (
            f"{name}:\n  title: {quoted(text[:60] + ' ' + what)}\n  description: {said}\n"
            f"  status: awaiting\n  awaiting: {said}\n"
            f"  now: {{text: {said}, checked: 2026-05-01}}\n"
            f"  events: [{{date: 2027-01-02, text: {said}, briefing: a-target}}]\n"
        )
        terms += f"{name}:\n  term: {quoted(text[:80] + ' ' + what)}\n  definition: {said}\n"
        mentions += f"A word: {text[:80].replace('<', '&lt;')} {what}.\n\n"
        front = f"---\ntitle: {said}\nsummary: {said}\n"
        files[f"pages/{name}.md"] = f"{front}---\n[[a-target|x]]\n"
        files[f"editions/{name}.md"] = (
            f"{front}date: 2026-05-02\nbriefings: [{{slug: a-target, reason: {said}}}]\n---\nx\n"
        )
        files[f"{name}.md"] = (
            f"---\ntitle: {said}\nauthor: {name}\ndate: 2026-05-01\ntopics: [{name}]\n"
            f"summary: {said}\nstoryline: {name}\n---\nText on [[a-target]].\n\n{mentions[:9000]}"
        )
    files["topics.yml"] = f"{topics}money: {{title: Money}}\n"
    files["authors.yml"] = f"{authors}ada: {{name: Ada Example, contact: 'javascript:{RUN}'}}\n"
    files["storylines.yml"], files["glossary.yml"] = storylines, terms
    reasons = [
        f"{{slug: {slug_of(what)}, reason: {quoted(text)}}}" for what, text in BREAKS.items()
    ]
    files["index.md"] = (
        f"---\ntitle: {quoted(BREAKS['script'])}\nlead: a-target\n"
        f"five: [{', '.join(reasons[:5])}]\n---\n"
    )
    return {**{path: text.encode() for path, text in files.items()}, TARGET[0]: TARGET[1]}
