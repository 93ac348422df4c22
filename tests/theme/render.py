"""Renders specimens with plain Jinja, the way a site's own templates are rendered.

    python -m tests.theme.render FOLDER

writes all of them with the theme's assets to FOLDER, to be served and looked at.
"""

from __future__ import annotations

import shutil
import struct
import sys
import zlib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from mkdocs_briefings.publishing.citations import citation
from mkdocs_briefings.rendering.assets import published_assets
from mkdocs_briefings.rendering.filters import filters
from mkdocs_briefings.viewing.records import BriefingView
from mkdocs_briefings.wording.language import ENGLISH

from .basin import BARE_CHROME, CHROME
from .specimen import Specimen, specimens

THEME = Path(__file__).resolve().parents[2] / "theme"
MATERIAL = Path(str(files("material"))) / "templates"


def environment() -> Environment:
    """As MkDocs makes it for a theme that extends Material, and stricter: nothing undefined."""
    made = Environment(
        loader=FileSystemLoader([THEME, MATERIAL]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
    )
    made.filters.update(filters(ENGLISH))
    return made


def render(specimen: Specimen, env: Environment) -> str:
    chrome, view = BARE_CHROME if specimen.bare else CHROME, specimen.view
    return env.get_template(view.template).render(
        view=view,
        chrome=replace(chrome, serving=specimen.serving),
        base=specimen.base,
        body=Markup(specimen.body),
        structured=Markup(specimen.structured),
        cite=citation(view, chrome) if isinstance(view, BriefingView) else None,
    )


def output(specimen: Specimen) -> str:
    """A file of its own for each specimen, as deep as its page, so that its links are right."""
    depth = specimen.view.url.count("/")
    return "/".join([*("x" * depth), f"{specimen.name}.html"])


def picture(width: int, height: int) -> bytes:
    """A PNG of a grey sky over a darker lake."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    rows = b"".join(
        b"\0" + bytes([200 - 90 * y // height if y < height * 0.6 else 90]) * width
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def write(folder: Path) -> None:
    """Write every specimen and the theme's assets, as a build publishes them."""
    env = environment()
    for specimen in specimens():
        path = folder / output(specimen)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(specimen, env), encoding="utf-8")
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "pier.png").write_bytes(picture(600, 400))
    shutil.copytree(THEME / "assets", folder / "assets", dirs_exist_ok=True)
    for name, content in published_assets(THEME).items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
