"""Templates compiled for sites of many pages: the same pages, in half of the time.

What a template includes is compiled into it, where Jinja looks the other template up, copies all
variables and passes on each piece of text for every page. What a template or block shows is
gathered in one list, where Jinja hands each piece up through all templates that are open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from jinja2 import BaseLoader, Environment, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_PLAIN: Final = re.compile(r"[^&<>\"']*")


def shown(value: object) -> str:
    """What a page shows of a value, escaped if need be.

    >>> shown("R&D"), shown(12)
    (Markup('R&amp;D'), Markup('12'))
    """
    # Nearly all have nothing to escape: to see that takes a third of the time of making them safe.
    kind = type(value)
    if kind is Markup or (kind is str and _PLAIN.fullmatch(cast(str, value))):
        return cast(str, value)
    return escape(value)


class _Writer(CodeGenerator):
    """Writes a template's code, which gives its text in one piece or a few."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f'yield "".join({frame.buffer})')

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Included(NodeTransformer):
    """Puts what is included in the place of its tag, where that changes nothing."""

    def __init__(self, parse: Callable[[str], nodes.Template]) -> None:
        self._parse = parse
        self._bodies: dict[str, _Body | None] = {}
        """By name; None for what is included as a page is made."""
        self._set: frozenset[str] = frozenset()
        """Names that are set somewhere in the block that is visited."""

    def visit_Template(self, node: nodes.Template) -> nodes.Node:
        return self._block(node)

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return self._block(node)

    def _block(self, node: nodes.Node) -> nodes.Node:
        around, self._set = self._set, _set_in(node)
        made = self.generic_visit(node)
        self._set = around
        return made

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context:
            return node
        if name not in self._bodies:
            self._bodies[name] = None  # One may include itself.
            self._bodies[name] = self._body(name)
        body = self._bodies[name]
        # Before a name is set it is what it was outside of the block for what is included, and
        # nothing for what stands in the block.
        if body is None or body.used & self._set:
            return node
        return nodes.Scope(body.nodes, lineno=node.lineno)

    def _body(self, name: str) -> _Body | None:
        try:
            tree = self._parse(name)
        except TemplateNotFound:
            return None
        if any(tree.find(kind) for kind in _APART):
            return None
        tree = self.visit(tree)
        used = (name.name for name in tree.find_all(nodes.Name) if name.ctx == "load")
        return _Body(tree.body, frozenset(used))


@dataclass(frozen=True, slots=True)
class _Body:
    nodes: list[nodes.Node]
    used: frozenset[str]
    """Names that it may take from around it."""


def _set_in(block: nodes.Node) -> frozenset[str]:
    """The names that are set in a block, but for those of loops and the like."""
    names: set[str] = set()
    assigned: list[nodes.Assign | nodes.AssignBlock] = [
        *block.find_all(nodes.Assign),
        *block.find_all(nodes.AssignBlock),
    ]
    for assign in assigned:
        within = nodes.Tuple([assign.target], "store")
        names |= {name.name for name in within.find_all(nodes.Name)}
    return frozenset(names | {macro.name for macro in block.find_all(nodes.Macro)})


_APART: Final[tuple[type[nodes.Node], ...]] = (
    nodes.Extends,
    nodes.Block,
    nodes.Import,
    nodes.FromImport,
)
"""A template with one of these is more than its text."""


class Templates(Environment):
    """Templates of one site, which do not change."""

    code_generator_class = _Writer
    shown = staticmethod(shown)

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(loader=loader, auto_reload=False)
        self._included = _Included(self._parsed)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        return super()._generate(self._included.visit(source), name, filename, defer_init)

    def _parsed(self, name: str) -> nodes.Template:
        assert self.loader
        source, filename, _ = self.loader.get_source(self, name)
        return self._parse(source, name, filename)
