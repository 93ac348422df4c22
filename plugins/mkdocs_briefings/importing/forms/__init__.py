"""The forms that old sites have: how each is told, and how its files are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..records import Site
from ..tree import Tree


@dataclass(frozen=True, slots=True)
class Form:
    """One form of site."""

    name: str
    title: str
    detect: Callable[[Tree], str]
    """What shows that a tree has this form; empty when nothing does."""
    read: Callable[[Tree], Site]


def forms() -> Mapping[str, Form]:
    """Every form, by the name that `--from` takes, the surest to tell first."""
    # Imported here: the forms import this module.
    from . import documents, eleventy, hugo, jekyll, material, pelican

    every = (jekyll, pelican, eleventy, material, hugo, documents)
    return {form.FORM.name: form.FORM for form in every}
