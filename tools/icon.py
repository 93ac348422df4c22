"""Make `theme/assets/icon.png`: `icon.svg` for home screens, and as the publisher's logo.

    .venv/bin/python tools/icon.py

Without round corners and with nothing seen through: whoever shows it cuts it to their own shape.
Run this only to change the icon; the file is kept in the repository.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ICON = Path(__file__).resolve().parent.parent / "theme" / "assets" / "icon.png"
SIZE = 180
"""Pixels: what home screens ask for, and more than the 112 that a logo needs."""
FINE = 8
UNITS = 32
"""Width of the drawing in `icon.svg`."""
INK, PAPER, MARK = "#13201b", "#e9eeea", "#f4b90a"


def main() -> None:
    scale = SIZE * FINE / UNITS
    image = Image.new("RGB", (SIZE * FINE, SIZE * FINE), INK)
    pen = ImageDraw.Draw(image)

    def disc(x: float, radius: float, colour: str) -> None:
        pen.circle((x * scale, 16 * scale), radius * scale, fill=colour)

    pen.rectangle((5 * scale, 14.75 * scale, 20 * scale, 17.25 * scale), fill=PAPER)
    disc(7, 2.75, PAPER)
    disc(13.5, 2.75, PAPER)
    disc(22, 6.5, PAPER)
    disc(22, 4.5, MARK)
    small = image.resize((SIZE, SIZE), Image.Resampling.BOX)
    small.quantize(32, dither=Image.Dither.NONE).save(ICON, optimize=True)
    print(f"{ICON.name}: {ICON.stat().st_size} bytes")


if __name__ == "__main__":
    main()
