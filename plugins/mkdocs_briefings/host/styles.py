"""A site's own stylesheets: `extra_css`, from its folder of overrides. Scripts it has none."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig


def own_styles(config: MkDocsConfig) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Stylesheets that follow ours, by path, in the order written; and what is wrong."""
    folder = config.theme.custom_dir
    found: dict[str, bytes] = {}
    warnings = []
    for written in map(str, config.extra_css):
        path = PurePosixPath(written)
        file = Path(folder, written) if folder else None
        if ":" in written or path.is_absolute() or ".." in path.parts:
            why = "pages load nothing from elsewhere: put the file below `custom_dir`"
        elif file is None or not file.is_file():
            why = "there is no such file below `custom_dir` of `theme`"
        else:
            found[path.as_posix()] = file.read_bytes()
            continue
        warnings.append(f"extra_css: '{written}' is left out, since {why}")
    warnings += [
        f"extra_javascript: '{written}' is left out, since pages run no scripts but the theme's"
        for written in config.extra_javascript
    ]
    return found, tuple(warnings)
