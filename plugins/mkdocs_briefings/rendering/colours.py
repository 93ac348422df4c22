"""Which code is coloured: what may take long is shown as it is, without colours.

A highlighter is a set of regular expressions. For many languages a text can be written on which
they take the square of its length, for some one of 50 characters that takes hours. So code is
coloured only in languages for which a search found nothing worse than the square, and only so much
of a body that the square does no harm: a count, the same on every machine.
"""

from __future__ import annotations

from typing import Final

from markdown import Markdown
from pygments.lexer import Lexer  # type: ignore[import-untyped]
from pygments.lexers.special import TextLexer  # type: ignore[import-untyped]
from pymdownx.highlight import Highlight, HighlightExtension

MOST: Final = 10_000_000
"""Most of the sum of the squares of the lengths of a body's coloured blocks: one of 3,000
characters, or ten of 1,000. It takes a second, at the very worst."""
COLOURED: Final = frozenset(
    """
    ada apacheconf applescript asymptote awk bash batch bibtex c clojure cmake coffeescript cpp
    css d dart delphi diff django docker eiffel elixir elm emacs-lisp erlang fortran fsharp
    gdscript glsl go graphql graphviz groovy haskell html ini java javascript json jsonld jsx
    julia kotlin less llvm lua make markdown mathematica matlab mysql nasm nginx nimrod nixos
    objective-c ocaml octave perl php powershell prolog properties protobuf puppet pycon python
    racket restructuredtext rexx ruby rust sas sass scheme scss smalltalk solidity sparql splus
    sql sqlite3 stata swift systemverilog tcl terraform tex toml tsx turtle typescript typst
    vb.net verilog vhdl vim wast xml xquery xslt yaml yang zig
    """.split()
)
"""The languages whose code is coloured, by Pygments' first name: those for which
`python -m tests.fuzz.colours` finds no slow text, and in which no text names another language to be
read with."""


class Colours:
    """Colours the code of one body after another, as far as it may."""

    def __init__(self) -> None:
        self.left = MOST

    def begin(self) -> None:
        """Begin with a body."""
        self.left = MOST

    def watch(self, md: Markdown) -> None:
        """Bound what `md` colours from now on; its extensions are all there."""
        for extension in md.registeredExtensions:
            if isinstance(extension, HighlightExtension):
                extension.get_pymdownx_highlighter = self._highlighter
        if "indent-highlight" in md.treeprocessors:
            # Makes its highlighter itself; indented code says of no language.
            md.treeprocessors["indent-highlight"].config["default_lang"] = ""

    def bounded(self, lexer: Lexer, length: int) -> Lexer:
        """What finds the colours of so much code: the given one, if it may, and then it counts;
        else one that finds none, by the same name."""
        if lexer.aliases[0] in COLOURED and length**2 <= self.left:
            self.left -= length**2
            # Markdown in a text may name any language for its code.
            lexer.handlecodeblocks = False
            return lexer
        plain = TextLexer(stripnl=lexer.stripnl)
        plain.name = lexer.name
        return plain

    def _highlighter(self) -> type[Highlight]:
        colours = self

        class Bounded(Highlight):  # type: ignore[misc]
            def get_lexer(
                self, src: str, language: str, inline: bool, stripnl: bool
            ) -> tuple[Lexer, str]:
                lexer, name = super().get_lexer(src, language, inline, stripnl)
                return colours.bounded(lexer, len(src)), name

        return Bounded
