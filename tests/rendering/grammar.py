"""Random briefings' bodies: what people write, in every combination."""

from __future__ import annotations

import random

PHRASES = [
    "[[a]]",
    "[[b|text]]",
    "[[b|wrapped\ntext]]",
    "[[c#d]]",
    "[e](f.md)",
    "![i](j.png)",
    "[k][r]",
    "`[[no]]`",
    "*em [l](m.md) x*",
    "**b**",
    "word",
    "Mr. Smith said",
    "<b>[n](o.md)</b>",
    '<a href="p.md">q</a>',
    "text",
    "\\[[x]]",
    "[^1]",
    "[u](#v)",
    "[w](http://x.example)",
    "<http://z.example>",
    "(a [p](q.md))",
    "a_b",
    '[m](n.md "t")',
    "[o](<p q.md>)",
    "[t](u(v).md)",
    "~~s~~",
    "&amp;",
    "<br>",
    "[![a](b.png)](c.md)",
    "[a] (b.md)",
    "x&y <!-- [h](h.md) --> z",
]


def body(seed: int) -> str:
    """A body of up to four blocks, the same for the same seed on every machine."""
    dice = random.Random(seed)
    blocks = [_block(dice, 0) for _ in range(dice.randint(1, 4))]
    return "\n\n".join([*blocks, "[r]: ref.md"])


def _phrases(dice: random.Random, most: int) -> str:
    return " ".join(dice.choice(PHRASES) for _ in range(dice.randint(1, most)))


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


def _block(dice: random.Random, depth: int) -> str:
    kind = dice.randint(0, 13 if depth < 3 else 10)
    if kind == 0:
        return "#" * dice.randint(1, 4) + " " + _phrases(dice, 4)
    if kind == 1:
        return dice.choice(["Head", "Head [[s]]"]) + "\n" + dice.choice(["---", "==="])
    if kind == 2:
        marks = (dice.choice("*-+") for _ in range(dice.randint(1, 3)))
        return "\n".join(f"{mark} {_phrases(dice, 4)}" for mark in marks)
    if kind == 3:
        return "\n".join(f"{n}. {_phrases(dice, 4)}" for n in range(1, dice.randint(2, 4)))
    if kind == 4:
        return f"```\n{_phrases(dice, 4)}\n```"
    if kind == 5:
        return "    " + _phrases(dice, 4)
    if kind == 6:
        return f"a | b\n--|--\n{_phrases(dice, 2)} | {_phrases(dice, 2)}"
    if kind == 7:
        return f"<div>{_phrases(dice, 4)}</div>"
    if kind == 8:
        lines = ["# h", "> q [[qq]]", "- x [[li]]", "---", "line " + _phrases(dice, 3)]
        return f"line {_phrases(dice, 3)}\n{dice.choice(lines)}"
    if kind == 9:
        return dice.choice(
            ["---", "* * *", "[s]: s.md", "[^n]: note [[fn]]", "*[ab]: c", "Term\n:   def [[df]]"]
        )
    if kind == 10:
        return _phrases(dice, 8)
    inner = _block(dice, depth + 1)
    if kind == 11:
        return f"- {_phrases(dice, 4)}\n\n{_indented(inner, '    ')}"
    if kind == 12:
        return _indented(inner, "> ")
    return f'!!! note "T [[q]]"\n{_indented(inner, "    ")}'
