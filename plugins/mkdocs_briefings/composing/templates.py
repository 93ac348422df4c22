"""Templates compiled for sites of many pages: the same pages, in half of the time.

What a template includes is compiled into it, where Jinja looks the other template up, copies all
variables and passes on each piece of text for every page. What a template or block shows is
gathered in one list, where Jinja hands each piece up through all templates that are open.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from keyword import iskeyword
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from jinja2.idtracking import VAR_LOAD_RESOLVE, symbols_for_node
from jinja2.visitor import NodeTransformer
from markupsafe import escape

try:
    # What `escape` itself makes of a text, without a `Markup` round it: its `__new__` takes longer.
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]
except ImportError:  # Before version 3.
    escaped = escape

_SAFE: Final = frozenset({int, date})


def shown(value: object) -> str:
    """What a page shows of a value that is neither a `str` nor a `Markup`.

    >>> shown(12), shown(["R&D"])
    ('12', Markup('[&#39;R&amp;D&#39;]'))
    """
    return str(value) if type(value) in _SAFE else escape(value)


class _Writer(CodeGenerator):
    """Writes a template's code, which gives its text in one piece or a few."""

    environment: Templates

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {__name__} import escaped, shown")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if not self.environment.straight or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        self._gathered = frame.buffer
        super().blockvisit(nodes, frame)
        self.writeline(f'yield "".join({frame.buffer})')

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        if not node.with_context:
            # Jinja yields the text of such a template at once, past what is gathered.
            self.writeline(f'yield "".join({self._gathered})')
            self.writeline(f"{self._gathered}.clear()")
        super().visit_Include(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_plain(frame, finalize):
            # In the code itself: of a page's hundreds of values nearly all are texts.
            self.write("(escaped(_value) if (_kind := type(_value := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_plain(frame, finalize):
            self.write(")) is str else _value if _kind is Markup else shown(_value))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_plain(self, frame: Frame, finalize: Any) -> bool:
        """Whether a value is shown escaped, and as it is."""
        settled = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        return settled and finalize.src is None


class _Included(NodeTransformer):
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

    code_generator_class = _Writer
    straight = False
    """Whether templates ask the values for their attributes and no more, where Jinja also looks
    for items by that name, and makes what is missing undefined."""

    def __init__(self, loader: BaseLoader, code: Mapping[str, bytes] | None = None) -> None:
        super().__init__(loader=loader, auto_reload=False)
        self._code = _Code(dict(code or {}))
        self._extended: dict[str | None, list[str]] = {}
        """What each template that was compiled extends."""
        self._included = _Included(self._parsed, self._is_known)
        self._crooked: set[str] = set()
        """Templates that have asked for an attribute that is not there."""

    @cached_property
    def _straight(self) -> Templates:
        made = self.overlay()
        assert isinstance(made, Templates)
        made.straight = True
        made.bytecode_cache = self._code
        return made

    def compiled(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The code of templates and of those that they extend, for another process."""
        left = sorted(names)
        for name in left:
            # What is wrong with one is told where a page is made.
            with contextlib.suppress(TemplateError):
                self._straight.get_template(name)
            left += [other for other in self._extended.get(name, ()) if other not in left]
        return dict(self._code.kept)

    def page(self, name: str, values: Mapping[str, object]) -> str:
        """What a template shows of some values; those may not change while it does."""
        if name not in self._crooked:
            try:
                return self._straight.get_template(name).render(values)
            except AttributeError:
                self._crooked.add(name)
        return self.get_template(name).render(values)

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
