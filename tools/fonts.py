"""Make the display face: one static instance of Newsreader, cut to the letters we use.

The source is the npm package `@fontsource-variable/newsreader`, which holds the variable font
under the SIL Open Font License 1.1. Run this only to change the instance or the letters; the
files it makes are kept in the repository.

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    pip install "fonttools>=4.50" brotli
    python tools/fonts.py package

It writes `theme/assets/fonts/newsreader.woff2` (Latin-1 and punctuation),
`newsreader-ext.woff2` (the rest of Latin, loaded by `unicode-range` only where a page has such
letters) and the licence, and prints the metrics that the `@font-face` rules of the fallback
faces in `theme/assets/briefings.css` use. For social cards it writes the same instance, all its
letters in one TrueType file, with lists of these letters and of their pairs, to a folder of the
Python package: MkDocs copies every file of a theme to the site, and no reader needs this one. The
same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OPTICAL_SIZE = 40
"""Points: the size of a headline, where the drawing is fine but holds on a plain screen."""
WEIGHT = 550
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum"]
ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "theme" / "assets" / "fonts"
CARD_FACE = ROOT / "plugins" / "mkdocs_briefings" / "publishing" / "newsreader"

# Latin-1 without controls, then what English prose and our own pages add: dashes, quotation
# marks, ellipsis, primes, arrows, euro, trade mark, minus, hair spaces and the French ligature.
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC, 0x2009, 0x200A, 0x202F, 0x2010, 0x2011),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026),
    *(0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2191, 0x2193, 0x2212),
]
EXTENDED = [*range(0x100, 0x250), *range(0x300, 0x32A), *range(0x1E00, 0x1F00)]
SUBSETS = ("latin", "latin-ext", "vietnamese")
"""How the package divides the letters of the face."""
KERNED = [code for code in LATIN if code != 0x20 and not 0xC0 <= code < 0x100]
"""Letters that cards set closer or wider in pairs; with all of them the list would be larger than
the face. The space is none of them, so that a line is as wide as its words and spaces."""
LEAST_KERN = 12
"""In font units, of 2000 an em: less is not seen."""


def instance(source: Path, letters: list[int]) -> TTFont:
    """The static instance of the variable font `source`, with `letters` alone."""
    font = TTFont(source, recalcTimestamp=False)
    font = instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": WEIGHT})
    options = Options(
        layout_features=FEATURES, hinting=False, desubroutinize=True, notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def card_face(files: Path, folder: Path) -> None:
    """Write the instance for social cards to `folder`, with its letters and its pairs.

    One TrueType file, since what draws the cards reads no woff2 everywhere; its pairs beside it,
    since it reads them only with a library of the system.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pairs: dict[tuple[int, int], int] = {}
    with tempfile.TemporaryDirectory() as work:
        parts = []
        seen: set[int] = set()
        for subset in SUBSETS:
            # Each letter once, from the first part that has it.
            letters = [n for n in (*LATIN, *EXTENDED) if n not in seen and not combining(n)]
            font = instance(files / f"newsreader-{subset}-opsz-normal.woff2", letters)
            seen |= set(font.getBestCmap())
            cmap = font.getBestCmap()
            names = {cmap[code]: code for code in KERNED if code in cmap}
            for (left, right), value in kerning(font):
                if abs(value) >= LEAST_KERN and left in names and right in names:
                    pairs.setdefault((names[left], names[right]), value)
            for tag in ("GPOS", "GSUB", "GDEF", "STAT", "gasp"):
                if tag in font:
                    del font[tag]
            font.flavor = None
            parts.append(f"{work}/{subset}.ttf")
            font.save(parts[-1])
        face = Merger().merge(parts)
    face["head"].created = face["head"].modified = 0
    face.recalcTimestamp = False
    face.save(folder / "newsreader.ttf")
    letters = "".join(chr(code) for code in sorted(face.getBestCmap()))
    (folder / "letters.txt").write_text(letters, encoding="utf-8", newline="")
    rows: dict[str, dict[str, str]] = {}
    for (left, right), value in sorted(pairs.items()):
        row = rows.setdefault(chr(left), {})
        row[str(value)] = row.get(str(value), "") + chr(right)
    text = json.dumps(rows, ensure_ascii=False, indent=0, separators=(",", ":"))
    (folder / "pairs.json").write_text(f"{text}\n", encoding="utf-8", newline="")
    print(f"newsreader.ttf: {(folder / 'newsreader.ttf').stat().st_size} bytes")
    print(f"  {len(letters)} letters, {len(pairs)} pairs")


def combining(code: int) -> bool:
    """Whether a mark is set on the letter before it, which takes rules that cards have not."""
    return 0x300 <= code < 0x370


def kerning(font: TTFont) -> Iterator[tuple[tuple[str, str], int]]:
    """Every pair of glyphs with what is added between them, in font units; the first one counts."""
    glyphs = font.getGlyphOrder()
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if lookup.LookupType != 2:
                continue
            firsts = table.Coverage.glyphs
            if table.Format == 1:
                for left, pairs in zip(firsts, table.PairSet, strict=True):
                    for pair in pairs.PairValueRecord:
                        if pair.Value1:
                            yield (left, pair.SecondGlyph), pair.Value1.XAdvance
                continue
            one, two = table.ClassDef1.classDefs, table.ClassDef2.classDefs
            for left in firsts:
                row = table.Class1Record[one.get(left, 0)].Class2Record
                for right in glyphs:
                    value = row[two.get(right, 0)].Value1
                    if value and value.XAdvance:
                        yield (left, right), value.XAdvance


def metrics(font: TTFont) -> str:
    """Ascent and descent as parts of the em, and the mean width of English text."""
    em = font["head"].unitsPerEm
    hhea = font["hhea"]
    return (
        f"ascent {hhea.ascent / em:.3f} descent {-hhea.descent / em:.3f}"
        f" gap {hhea.lineGap / em:.3f} mean width {mean_width(font):.4f}"
    )


# How often each letter comes in English prose, per thousand, with the space between words.
_FREQUENCY = {
    letter: often
    for often, letters in (
        (180, " "),
        (104, "e"),
        (74, "t"),
        (65, "ao"),
        (57, "in"),
        (51, "sh"),
        (49, "r"),
        (34, "dl"),
        (23, "cu"),
        (18, "mwfg"),
        (15, "ypb"),
        (7, "vk"),
    )
    for letter in letters
}


def mean_width(font: TTFont) -> float:
    """Mean advance of a letter of English prose, as a part of the em."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[cmap[ord(c)]][0] * n for c, n in _FREQUENCY.items())
    return total / sum(_FREQUENCY.values()) / font["head"].unitsPerEm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("--compare", type=Path, nargs="*", default=[], metavar="FONT")
    arguments = parser.parse_args()
    FONTS.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(arguments.package / "LICENSE", FONTS / "OFL.txt")
    files = arguments.package / "files"
    own = 0.0
    for subset, letters, name in (
        ("latin", LATIN, "newsreader.woff2"),
        ("latin-ext", EXTENDED, "newsreader-ext.woff2"),
    ):
        font = instance(files / f"newsreader-{subset}-opsz-normal.woff2", letters)
        font.save(FONTS / name)
        print(f"{name}: {(FONTS / name).stat().st_size} bytes")
        if subset == "latin":
            own = mean_width(font)
            print(f"  {metrics(font)}")
    card_face(files, CARD_FACE)
    shutil.copyfile(arguments.package / "LICENSE", CARD_FACE / "OFL.txt")
    for path in arguments.compare:
        other = TTFont(path, fontNumber=0)
        print(f"{path.name}: size-adjust {own / mean_width(other):.1%}, {metrics(other)}")


if __name__ == "__main__":
    main()
