"""Templates compiled for sites of many pages: the same pages, in half of the time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, MutableMapping
from functools import cached_property
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, Template, TemplateError, nodes
from jinja2.bccache import Bucket

from .included import Included
from .writer import Writer


class _Code(BytecodeCache):
    """Code of compiled templates by Jinja's keys; of another version of Python it is none."""

    def __init__(self, kept: dict[str, bytes]) -> None:
        self.kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


class Templates(Environment):
    """Templates of one site, which do not change.

    Args:
        loader: Gives their sources.
        code: What `compiled` gave of these very templates.
    """

    code_generator_class = Writer
    straight = False
    """Whether templates ask the values for their attributes and no more, where Jinja also looks
    for items by that name, and makes what is missing undefined."""

    def __init__(self, loader: BaseLoader, code: Mapping[str, bytes] | None = None) -> None:
        super().__init__(loader=loader, auto_reload=False)
        self._code = _Code(dict(code or {}))
        self._extended: dict[str | None, list[str]] = {}
        """What each template that was compiled extends."""
        self._included = Included(self._parsed, self._is_known)
        self._crooked: set[str] = set()
        """Templates that have asked for an attribute that is not there."""
        self._loaded: dict[str, Template] = {}

    @cached_property
    def _straight(self) -> Templates:
        made = self.overlay()
        assert isinstance(made, Templates)
        made.straight = True
        made._loaded = {}
        made.bytecode_cache = self._code
        return made

    @property
    def code(self) -> Mapping[str, bytes]:
        """The code of all templates that were compiled or taken over so far."""
        return self._code.kept

    def compiled(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The code of templates and of those that they extend, for another process."""
        left = sorted(names)
        for name in left:
            # What is wrong with one is told where a page is made.
            with contextlib.suppress(TemplateError):
                self._straight.get_template(name)
            left += [other for other in self._extended.get(name, ()) if other not in left]
        return dict(self.code)

    def page(self, name: str, values: Mapping[str, object]) -> str:
        """What a template shows of some values; those may not change while it does."""
        if name not in self._crooked:
            try:
                return self._straight.get_template(name).render(values)
            except AttributeError:
                self._crooked.add(name)
        return self.get_template(name).render(values)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """In one mapping, since for each page all are copied; Jinja's shows what is changed in
        those of the environment."""
        return {**self.globals, **(d or {})}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        # For each page two are asked for, and Jinja's own memory has a lock.
        if (found := self._loaded.get(name)) is None or globals:
            found = self._loaded[name] = super()._load_template(name, globals)
        return found

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        extended = (tag.template for tag in source.find_all(nodes.Extends))
        self._extended[name] = [
            str(other.value) for other in extended if isinstance(other, nodes.Const)
        ]
        return super()._generate(self._included.visit(source), name, filename, defer_init)

    def _parsed(self, name: str) -> nodes.Template:
        assert self.loader
        source, filename, _ = self.loader.get_source(self, name)
        return self._parse(source, name, filename)

    def _is_known(self, below: Iterable[nodes.Node]) -> bool:
        """Whether there are all filters and tests that some nodes ask for."""
        return all(
            node.name in (self.filters if isinstance(node, nodes.Filter) else self.tests)
            for node in below
            if isinstance(node, nodes.Filter | nodes.Test)
        )
