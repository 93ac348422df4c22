"""Shortcodes and template tags → Markdown, where they have a plain meaning; the rest is told."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from ..catalog.markup import scheme
from .images import Images
from .links import missing, relative
from .records import Item, Site, text
from .sheet import Sheet, within
from .tags import Tag, liquid, paired, shortcodes

_IMAGE = re.compile(r"(?:.*[-_/])?(?:img|image|figure|fig|picture|photo|imgproc)(?:[-_.].*)?\Z")
_VIDEOS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtube_embed": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/{user}/status/{}",
    "x": "https://twitter.com/{user}/status/{}",
    "twitter": "https://twitter.com/{user}/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "spotify": "https://open.spotify.com/{}",
}
_CALLED = {"youtube": "YouTube", "youtube_embed": "YouTube", "vimeo": "Vimeo", "x": "Tweet"}
_BOXES: Mapping[str, str] = {
    **dict.fromkeys(("note", "info", "notice", "box", "ring", "alert", "callout", "admonition",
                     "aside", "panel", "card", "message"), "note"),
    **dict.fromkeys(("tip", "hint", "success"), "tip"),
    **dict.fromkeys(("warning", "caution", "attention", "important"), "warning"),
    **dict.fromkeys(("danger", "error"), "danger"),
    **dict.fromkeys(("details", "accordion", "expand", "collapse", "spoiler"), "details"),
}  # fmt: skip
_QUOTES = frozenset({"quote", "quote-block", "blockquote", "pullquote"})
_CODE = frozenset({"highlight", "code", "codeblock"})
_DIRECT = frozenset({"raw", "verbatim"})
_HIDDEN = frozenset({"comment"})
_REFERENCES = frozenset({"ref", "relref", "post_url", "link", "tmp", "xref"})
_FILTERS = re.compile(
    r"\A(?:\"([^\"]*)\"|'([^']*)'|([\w.]+))\s*((?:\|\s*[\w]+(?:\s*:[^|]*)?\s*)*)\Z"
)
_PLAIN_FILTERS = frozenset(
    "relative_url absolute_url url prepend escape safe uri_escape htmlbaseurl".split()
)
_LABELS = ("title", "text", "label", "name", "alt", "caption", "button-text", "kicker")
_ADDRESSES = ("href", "url", "src", "link", "button-url", "source")
_SNIPPET = re.compile(r"^[ \t]*-{1,}8<-{1,}[ \t]+[\"'][^`\n]*$", re.MULTILINE)
_KRAMDOWN = re.compile(r"^[ \t]*\{::?[^{}\n]*\}[ \t]*$|\{:[^{}\n]*\}", re.MULTILINE)


class Marks:
    """The template marks of one site's dialect."""

    def __init__(self, site: Site, images: Images) -> None:
        self.site = site
        self.images = images

    def evaluate(self, address: str, item: Item) -> str:
        """An address with its marks replaced by what they mean; marks of no meaning stay."""
        if self.site.dialect == "pelican":
            found = re.match(r"[{|](filename|static|attach|author|tag|category|index)[}|]", address)
            if not found:
                return address
            rest = address[found.end() :]
            lists = {"author": "/author/", "tag": "/tag/", "category": "/category/", "index": "/"}
            return lists[found[1]] + rest if found[1] in lists else f"ref:{rest}"
        read = shortcodes if self.site.dialect == "hugo" else liquid
        if self.site.dialect not in {"hugo", "liquid"}:
            return address
        parts, at = [], 0
        for tag in read(address):
            meant = self._meant(tag, item)
            if meant is None:
                return address
            parts += [address[at : tag.start], meant]
            at = tag.end
        whole = "".join([*parts, address[at:]])
        # A base before a reference adds nothing.
        inner = whole.find("ref:")
        return whole[inner:] if inner > 0 else whole

    def _meant(self, tag: Tag, item: Item) -> str | None:
        if tag.name in _REFERENCES and tag.positional:
            first = tag.positional[0]
            if "/" not in first and not first.endswith(".md") and tag.name == "link":
                return f"ref:{first}"
            return f"ref:{first}" if not scheme(first) else first
        if tag.name in {"ref", "relref"} and tag.get("path"):
            return f"ref:{tag.get('path')}"
        if tag.name == "legacy-file" or not tag.positional:
            return None
        if tag.name == "":
            return self._expression(tag.positional[0], item)
        return None

    def _expression(self, expression: str, item: Item) -> str | None:
        found = _FILTERS.match(expression)
        if not found:
            return None
        filters = re.findall(r"\|\s*(\w+)", found[4])
        if not set(filters) <= _PLAIN_FILTERS:
            return None
        if found[3] is None:
            return found[1] if found[1] is not None else found[2]
        name = found[3]
        if name.startswith("page."):
            value = item.matter.values.get(name[5:])
            return text(value) if isinstance(value, str) else None
        return self.site.variables.get(name)

    def translate(self, sheet: Sheet, done: list[tuple[int, int]]) -> None:
        """Note the edits of all marks of a body but those inside addresses, which are `done`."""
        match self.site.dialect:
            case "hugo":
                tags = paired(list(shortcodes(sheet.text)))
            case "liquid":
                tags = paired(list(liquid(sheet.text)))
            case _:
                tags = []
        for found in _SNIPPET.finditer(sheet.text):
            if not sheet.in_code(found.start()):
                sheet.edit(found.start(), found.end(), f"`{found[0].strip()}`")
                why = "a text taken from another file: it stands in the text as code"
                sheet.note("shortcode", found.start(), found[0], why)
        silent: list[tuple[int, int]] = []
        for tag in tags:
            if within(silent, tag.start) or within(done, tag.start):
                continue
            if sheet.in_code(tag.start) and not tag.literal and tag.name not in _DIRECT:
                continue
            if tag.closing:
                if tag.partner is None:
                    self._unknown(sheet, tag)
                continue
            self._one(sheet, tag)
            if tag.partner and tag.name in _DIRECT | _HIDDEN | _CODE:
                silent.append((tag.end, tag.partner.end))
        if self.site.dialect == "liquid":
            for found in _KRAMDOWN.finditer(sheet.text):
                if not sheet.in_code(found.start()):
                    sheet.edit(found.start(), found.end(), "")
                    sheet.note("html-dropped", found.start(), found[0], "kramdown's attributes")

    def _one(self, sheet: Sheet, tag: Tag) -> None:
        name = tag.name.lower()
        end = tag.partner.start if tag.partner else tag.end
        inner = sheet.text[tag.end : end]
        if tag.literal:
            plain = re.sub(r"/\*\s?|\s?\*/", " ", tag.raw).replace("{{< ", "{{< ", 1)
            self._put(sheet, tag, plain, "shortcode-taken", alone=True)
        elif name == "":
            self._output(sheet, tag)
        elif name in _DIRECT and tag.partner:
            self._put(sheet, tag, "", "shortcode-taken", "shown as typed", alone=True)
            sheet.edit(tag.partner.start, tag.partner.end, "")
        elif name in _HIDDEN and tag.partner:
            sheet.edit(tag.start, tag.partner.end, "")
            sheet.note("text-left", tag.start, inner.strip(), "a comment: readers never saw it")
        elif name in _CODE and tag.partner:
            self._code(sheet, tag, inner)
        elif name in {"include", "include_relative", "render", "image"} and tag.positional:
            self._include(sheet, tag)
        elif _IMAGE.match(name) and (tag.get("src", "url", "image") or tag.positional):
            self._image(sheet, tag, "shortcode-taken")
        elif name in _VIDEOS and (tag.positional or tag.get("id")):
            self._video(sheet, tag, name)
        elif name in _QUOTES:
            self._quote(sheet, tag, inner)
        elif name in _BOXES and tag.partner:
            self._box(sheet, tag, inner)
        elif name in _REFERENCES and tag.positional:
            self._reference(sheet, tag)
        elif name == "abbr" and tag.get("title"):
            self._put(sheet, tag, html.escape(tag.get("title")), "shortcode-guessed")
        else:
            self._general(sheet, tag)

    def _put(
        self, sheet: Sheet, tag: Tag, new: str, code: str, why: str = "", *, alone: bool = False
    ) -> None:
        """Replace a tag; its partner goes without a word unless `alone`."""
        sheet.edit(tag.start, tag.end, new)
        if tag.partner and not alone:
            sheet.edit(tag.partner.start, tag.partner.end, "")
        sheet.note(code, tag.start, tag.raw, why or new)

    def _unknown(self, sheet: Sheet, tag: Tag) -> None:
        """No meaning: the source stands in the text as code, or round it nothing at all."""
        if tag.partner:
            self._put(sheet, tag, "", "shortcode", "the text inside was kept, the tags were not")
            return
        shown = " ".join(tag.raw.split())
        ticks = "``" if "`" in shown else "`"
        new = f"{ticks}{' ' if ticks == '``' else ''}{shown}{' ' if ticks == '``' else ''}{ticks}"
        self._put(sheet, tag, new, "shortcode", "it stands in the text as code: write it anew")

    def _output(self, sheet: Sheet, tag: Tag) -> None:
        value = self._expression(tag.positional[0], sheet.item)
        if value is None:
            self._unknown(sheet, tag)
        else:
            self._put(sheet, tag, value, "shortcode-taken")

    def _code(self, sheet: Sheet, tag: Tag, inner: str) -> None:
        assert tag.partner is not None
        language = tag.positional[0] if tag.positional else tag.get("lang", "language")
        language = re.sub(r"[^\w+#-]", "", language)
        block = "\n" in inner.strip() or (language and sheet.place(tag.start)[1] == 1)
        if block:
            fence = "```" if "```" not in inner else "~~~~"
            body = inner.strip("\n")
            new = f"{fence}{language}\n{body}\n{fence}"
            sheet.edit(tag.start, tag.partner.end, new)
            sheet.note("shortcode-taken", tag.start, tag.raw, "a block of code")
        elif language:
            sheet.edit(tag.start, tag.partner.end, f"`{inner.strip()}`")
            sheet.note("shortcode-taken", tag.start, tag.raw, "code")
        else:
            # Without a language and inside a line it marks words, as digital journals do.
            self._put(sheet, tag, "<mark>", "shortcode-guessed", "marked words")
            sheet.edit(tag.partner.start, tag.partner.end, "</mark>")

    def _image(self, sheet: Sheet, tag: Tag, code: str) -> None:
        address = tag.get("src", "url", "image", "path") or tag.positional[0]
        given = (
            tag.positional[1] if len(tag.positional) > 1 and tag.positional[0] == address else ""
        )
        alt = " ".join((tag.get("alt") or given or tag.get("title")).split())
        caption = " ".join(tag.get("caption", "attr", "credit").split())
        self._show(sheet, tag, address, alt, caption, tag.get("link", "href"), code)

    def _show(
        self, sheet: Sheet, tag: Tag, address: str, alt: str, caption: str, link: str, code: str
    ) -> None:
        item = sheet.item
        alt = alt.replace("[", "(").replace("]", ")")
        path, why = "", "it is on another site"
        if not scheme(address):
            path, why = self.images.find(address, item)
        if path:
            new = f"![{alt}]({relative(path, item)})"
            sheet.note("image-copied", tag.start, address, path)
        elif scheme(address) in {"http", "https"}:
            new = f"[Image: {alt or address}]({address})"
            sheet.note("image-missing", tag.start, address, f"{why}; a link instead")
        else:
            base = self.site.bases[0] if self.site.bases and address.startswith("/") else ""
            label = alt or caption or address
            new = (
                f"[Image: {label}]({base.rstrip('/')}{address})"
                if base
                else missing(label, address)
            )
            sheet.note("image-missing", tag.start, address, f"{why}; its description stands there")
        if link and scheme(link) in {"http", "https"} and path:
            new = f"[{new}]({link})"
        if caption and caption != alt:
            new = f"{new} *{_unstarred(caption)}*"
        self._put(sheet, tag, new, code, alone=tag.partner is None)

    def _include(self, sheet: Sheet, tag: Tag) -> None:
        what = tag.positional[0]
        src = tag.get("src", "url", "image", "image_path", "path")
        if tag.name == "image":
            alt = tag.positional[1] if len(tag.positional) > 1 else tag.get("alt")
            self._show(sheet, tag, what, alt, tag.get("caption"), "", "shortcode-taken")
        elif src and _IMAGE.match(what.rpartition("/")[2].rpartition(".")[0].lower() or what):
            alt = tag.get("alt", "title")
            self._show(sheet, tag, src, alt, tag.get("caption"), "", "shortcode-taken")
        elif what.rpartition("/")[2].rpartition(".")[0].lower() in _VIDEOS and tag.get("id"):
            self._video(sheet, tag, what.rpartition("/")[2].rpartition(".")[0].lower())
        else:
            self._unknown(sheet, tag)

    def _video(self, sheet: Sheet, tag: Tag, name: str) -> None:
        ident = tag.get("id") or "/".join(tag.positional)
        user = tag.get("user") or "i"
        if len(tag.positional) == 2 and "{user}" in _VIDEOS[name]:
            user, ident = tag.positional
        if not re.fullmatch(r"[\w/.-]+", ident) or not re.fullmatch(r"[\w.-]+", user):
            if scheme(ident) in {"http", "https"}:
                self._put(sheet, tag, f"<{ident}>", "shortcode-taken")
            else:
                self._unknown(sheet, tag)
            return
        address = _VIDEOS[name].replace("{user}", user).replace("{}", ident)
        called = _CALLED.get(name, name.capitalize())
        label = tag.get("title") or f"{called} {ident}"
        self._put(sheet, tag, f"[{_label(label)}]({address})", "shortcode-taken")

    def _quote(self, sheet: Sheet, tag: Tag, inner: str) -> None:
        said = tag.get("text", "quote") or (inner if tag.partner else " ".join(tag.positional))
        by = tag.get("cite", "author", "source", "by")
        if not said.strip():
            self._unknown(sheet, tag)
            return
        lines = [f"> {line}".rstrip() for line in said.strip().split("\n")]
        if by:
            lines += [">", f"> — {by}"]
        gap = _gap(sheet, tag.start)
        end = tag.partner.end if tag.partner else tag.end
        after = "" if sheet.text[end : end + 1] in {"", "\n"} else "\n\n"
        new = gap + "\n".join(lines) + after
        if tag.partner and not tag.get("text", "quote"):
            # Links inside are still to be rewritten: only the lines get their mark.
            self._wrap(sheet, tag, "> ", gap, "", f"\n>\n> — {by}" if by else "")
            sheet.note("shortcode-taken", tag.start, tag.raw, "a quotation")
        else:
            self._put(sheet, tag, new, "shortcode-taken", "a quotation")

    def _box(self, sheet: Sheet, tag: Tag, inner: str) -> None:
        kind = _BOXES[tag.name.lower()]
        title = tag.get("title", "heading", "kicker", "summary", "intro")
        if not title and tag.positional:
            title = next((p for p in tag.positional if p.lower() not in _BOXES), "")
        named = (tag.get("type", "variant") or next(iter(tag.positional), "")).lower()
        kind = _BOXES.get(named, kind) if kind == "note" else kind
        alone = _starts_line(sheet, tag.start)
        if not alone or not inner.strip():
            if title:
                self._put(sheet, tag, f"**{title}** ", "shortcode-guessed", "its text was kept")
            else:
                why = "inside a line: its text was kept, without the box"
                self._put(sheet, tag, "", "shortcode-guessed", why)
            return
        said = f' "{_quoteless(title)}"' if title else ""
        opening = (
            f"??? note{said or ' ' + chr(34) + 'More' + chr(34)}"
            if kind == "details"
            else (f"!!! {kind}{said}")
        )
        self._wrap(sheet, tag, "    ", _gap(sheet, tag.start), opening + "\n", "")
        sheet.note("shortcode-taken", tag.start, tag.raw, f"a box: {opening}")

    def _wrap(
        self, sheet: Sheet, tag: Tag, indent: str, gap: str, opening: str, closing: str
    ) -> None:
        """Put `indent` before each line between a tag and its partner."""
        assert tag.partner is not None
        source = sheet.text
        start = tag.end
        while start < tag.partner.start and source[start] in " \t\n":
            start += 1
        last = tag.partner.start
        while last > start and source[last - 1] in " \t\n":
            last -= 1
        sheet.edit(tag.start, start, f"{gap}{opening}{indent}")
        for found in re.finditer(r"\n(?=[^\n])", source[start:last]):
            at = start + found.end()
            sheet.edit(at, at, indent)
        end = tag.partner.end
        after = "" if source[end : end + 2] in {"", "\n", "\n\n"} else "\n"
        if source[end : end + 1] not in {"", "\n"}:
            after = "\n\n"
        sheet.edit(last, end, closing + after)

    def _reference(self, sheet: Sheet, tag: Tag) -> None:
        """A reference outside a link: the address would be printed, so its last part is shown."""
        self._unknown(sheet, tag)

    def _general(self, sheet: Sheet, tag: Tag) -> None:
        """A shortcode of the site's own: an address with a name is a link."""
        address = tag.get(*_ADDRESSES)
        label = tag.get(*_LABELS)
        if not address:
            address = next((p for p in tag.positional if scheme(p) in {"http", "https"}), "")
        if not tag.partner and scheme(address) in {"http", "https"}:
            new = f"[{_label(label or address)}]({address})"
            self._put(sheet, tag, new, "shortcode-guessed", "a link")
        elif not tag.partner and label and not scheme(address):
            said = f"{label} ({address})" if address else label
            ended = sheet.text[tag.end : tag.end + 1] == ")"
            if ended:
                self._unknown(sheet, tag)
            else:
                self._put(sheet, tag, said, "shortcode", "only its words were kept")
        elif tag.partner and (label or tag.get("text", "intro")):
            head = tag.get("title") or label
            new = f"**{head.strip('*')}** " if head else ""
            why = "the text inside and its heading were kept, the tags were not"
            if scheme(address) in {"http", "https"}:
                new = f"[{_label(head.replace('**', ''))}]({address}) "
            self._put(sheet, tag, new, "shortcode", why)
        else:
            self._unknown(sheet, tag)


def _label(label: str) -> str:
    return " ".join(label.replace("[", "(").replace("]", ")").split())


def _quoteless(title: str) -> str:
    return " ".join(title.replace('"', "”").split())


def _unstarred(caption: str) -> str:
    return caption.replace("*", "")


def _starts_line(sheet: Sheet, offset: int) -> bool:
    return not sheet.text[sheet.text.rfind("\n", 0, offset) + 1 : offset].strip()


def _gap(sheet: Sheet, offset: int) -> str:
    """What sets a block apart from what stands before it."""
    before = sheet.text[:offset]
    if not before.strip() or before.endswith("\n\n"):
        return ""
    return "\n" if before.endswith("\n") else "\n\n"
