"""Make the display face of the theme: one static instance of Newsreader, cut to the letters we use.

The source is the npm package `@fontsource-variable/newsreader`, which holds the variable font
under the SIL Open Font License 1.1. Run this only to change the instance or the letters; the
files it makes are kept in the repository.

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    pip install "fonttools>=4.50" brotli
    python tools/fonts.py package

It writes `theme/assets/fonts/newsreader.woff2` (Latin-1 and punctuation),
`newsreader-ext.woff2` (the rest of Latin, loaded by `unicode-range` only where a page has such
letters) and the licence, and prints the metrics that the `@font-face` rules of the fallback
faces in `theme/assets/briefings.css` use. The same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OPTICAL_SIZE = 40
"""Points: the size of a headline, where the drawing is fine but holds on a plain screen."""
WEIGHT = 550
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum"]
FONTS = Path(__file__).resolve().parent.parent / "theme" / "assets" / "fonts"

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
    for path in arguments.compare:
        other = TTFont(path, fontNumber=0)
        print(f"{path.name}: size-adjust {own / mean_width(other):.1%}, {metrics(other)}")


if __name__ == "__main__":
    main()
