"""Renders specimens with plain Jinja, the way a site's own templates are rendered.

    python -m tests.theme.render FOLDER

writes all of them with the theme's assets to FOLDER, to be served and looked at.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import material
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from mkdocs_briefings.rendering.filters import FILTERS

from .specimen import BARE_CHROME, CHROME, Specimen, specimens

THEME = Path(__file__).resolve().parents[2] / "theme"
MATERIAL = Path(material.__file__).parent / "templates"


def environment() -> Environment:
    """As MkDocs makes it for a theme that extends Material, and stricter: nothing undefined."""
    made = Environment(
        loader=FileSystemLoader([THEME, MATERIAL]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
    )
    made.filters.update(FILTERS)
    return made


def render(specimen: Specimen, env: Environment) -> str:
    chrome = BARE_CHROME if specimen.bare else CHROME
    return env.get_template(specimen.view.template).render(
        view=specimen.view,
        chrome=replace(chrome, serving=specimen.serving),
        base=specimen.base,
        body=Markup(specimen.body),
        structured=Markup(specimen.structured),
    )


def output(specimen: Specimen) -> str:
    """A file of its own for each specimen, as deep as its page, so that its links are right."""
    depth = specimen.view.url.count("/")
    return "/".join([*("x" * depth), f"{specimen.name}.html"])


def main(folder: Path) -> None:
    env = environment()
    for specimen in specimens():
        path = folder / output(specimen)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(specimen, env), encoding="utf-8")
        print(output(specimen))
    shutil.copytree(THEME / "assets", folder / "assets", dirs_exist_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
