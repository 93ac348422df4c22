"""What a template includes, put into it before it is compiled.

Where Jinja includes, it looks the other template up, copies all variables and passes on each piece
of text for every page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.compiler import find_undeclared
from jinja2.idtracking import VAR_LOAD_RESOLVE, symbols_for_node
from jinja2.visitor import NodeTransformer


class Included(NodeTransformer):
    """Puts what is included in the place of its tag, where that changes nothing."""

    def __init__(
        self,
        parse: Callable[[str], nodes.Template],
        is_known: Callable[[Iterable[nodes.Node]], bool],
    ) -> None:
        self._parse = parse
        self._is_known = is_known
        self._bodies: dict[str, _Body | None] = {}
        """By name; None for what is included as a page is made."""
        self._set: frozenset[str] = frozenset()
        """Names that are set somewhere in the block that is visited."""
        self._named: frozenset[str] = frozenset()
        """All names in it."""
        self._first: frozenset[str] = frozenset()
        """As of the bodies that were put into it."""
        self._lends_loop = True
        """Whether what is put here may ask for `loop` in a loop of its own: Jinja gives the loops
        around it away, too, then, to all that is included in them as a page is made."""

    def visit_Template(self, node: nodes.Template) -> nodes.Node:
        # What is included escapes as it itself says, and so do macros and filters in it.
        modified = any(isinstance(each, nodes.EvalContextModifier) for each in _below(node))
        return node if modified else self._block(node)

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return self._block(node)

    def _block(self, node: nodes.Node) -> nodes.Node:
        around = self._set, self._named, self._lends_loop
        below = _below(node)
        self._set, self._lends_loop = _set_in(below), True
        self._named = self._set | {each.name for each in below if isinstance(each, nodes.Name)}
        made = self.generic_visit(node)
        self._set, self._named, self._lends_loop = around
        return made

    def visit_For(self, node: nodes.For) -> nodes.Node:
        around = self._lends_loop
        self._lends_loop &= _lends_loop(node) or not any(map(self._stays, _included(node)))
        made = self.generic_visit(node)
        self._lends_loop = around
        return made

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        body = self._fitting(node)
        if body is None or ("loop" in body.used and not self._lends_loop):
            return node
        self._first |= body.first
        return nodes.Scope(body.nodes, lineno=node.lineno)

    def _stays(self, node: nodes.Include) -> bool:
        """Whether something is left to be included as a page is made."""
        body = self._fitting(node)
        return body is None or body.includes

    def _fitting(self, node: nodes.Include) -> _Body | None:
        """What may stand in the place of a tag."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context:
            return None
        if name not in self._bodies:
            self._bodies[name] = None  # One may include itself.
            self._bodies[name] = self._body(name)
        body = self._bodies[name]
        # Before a name is set it is what it was outside of the block for what is included, and
        # nothing for what stands in the block.
        if body is None or body.used & self._set or body.first & self._named:
            return None
        return body

    def _body(self, name: str) -> _Body | None:
        try:
            tree = self._parse(name)
        except (TemplateNotFound, TemplateSyntaxError):  # It counts where it is reached only.
            return None
        below = _below(tree)
        if any(isinstance(each, _APART) for each in below):
            return None
        if _names_loop(tree) or not self._is_known(below):
            return None
        around, self._first = self._first, _set_first(tree, below)
        tree = self.visit(tree)
        first, self._first = self._first, around
        below = _below(tree)
        names = [each.name for each in below if isinstance(each, nodes.Name) and each.ctx == "load"]
        used = frozenset((*names, *(each.name for each in below if isinstance(each, nodes.NSRef))))
        return None if used & _OWN else _Body(tree.body, used, first, any(_included(tree)))


@dataclass(frozen=True, slots=True)
class _Body:
    nodes: list[nodes.Node]
    used: frozenset[str]
    """Names that it may take from around it."""
    first: frozenset[str]
    """Names that it sets before it uses them, but for loops and the like, in which Jinja finds them
    undefined until then: what is around it must not have them."""
    includes: bool
    """Whether it includes more as a page is made."""


def _below(node: nodes.Node) -> list[nodes.Node]:
    """All nodes below one, in any order: `find_all` goes through as many generators as they lie
    deep."""
    found: list[nodes.Node] = []
    left = [node]
    while left:
        one = left.pop()
        for name in one.fields:
            held = getattr(one, name)
            for each in held if isinstance(held, list) else (held,):
                if isinstance(each, nodes.Node):
                    left.append(each)
                    found.append(each)
    return found


def _set_in(below: Iterable[nodes.Node]) -> frozenset[str]:
    """The names that are set in some nodes, but for those of loops and the like."""
    names: set[str] = set()
    for node in below:
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            within = nodes.Tuple([node.target], "store")
            names |= {name.name for name in within.find_all(nodes.Name)}
        elif isinstance(node, nodes.Macro):
            names.add(node.name)
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
    return frozenset(names)


def _set_first(tree: nodes.Template, below: Iterable[nodes.Node]) -> frozenset[str]:
    """As of `_Body.first`, without what the template includes."""
    symbols = symbols_for_node(tree)
    resolved = {symbol for symbol, (how, _) in symbols.loads.items() if how == VAR_LOAD_RESOLVE}
    return frozenset(name for name in _set_in(below) if symbols.refs.get(name) not in resolved)


def _included(node: nodes.Node) -> Iterator[nodes.Include]:
    """The tags below a node that include a template with all that is known there."""
    return (tag for tag in node.find_all(nodes.Include) if tag.with_context)


def _lends_loop(node: nodes.For) -> bool:
    """Whether what is included in a loop has its `loop`, as Jinja decides it."""
    asked = find_undeclared(node.iter_child_nodes(only=("body",)), ("loop",))
    return node.recursive or bool(asked) or any(b.scoped for b in node.find_all(nodes.Block))


def _names_loop(node: nodes.Node) -> bool:
    """Whether a node asks for `loop`, or sets it, outside of a loop of its own."""
    if isinstance(node, nodes.Name):
        return node.name == "loop"
    outside = ("body",) if isinstance(node, nodes.For) else ()
    return any(map(_names_loop, node.iter_child_nodes(exclude=outside)))


_APART: Final[tuple[type[nodes.Node], ...]] = (
    nodes.Extends,
    nodes.Block,
    nodes.Import,
    nodes.FromImport,
)
"""A template with one of these is more than its text."""

_OWN: Final = frozenset({"self", "super", "caller", "varargs", "kwargs"})
"""Names that mean something else in the block or macro of who includes."""
