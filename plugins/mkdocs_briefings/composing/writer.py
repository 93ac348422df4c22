"""How the code of a template is written: its text in one piece or a few.

What a template or block shows is gathered in one list, where Jinja hands each piece up through all
templates that are open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

if TYPE_CHECKING:
    from .templates import Templates

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


class Writer(CodeGenerator):
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

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        extends = self.has_known_extends or self.extends_so_far
        if frame.buffer is None or extends or node.scoped or node.required:
            super().visit_Block(node, frame)
            return
        # At once, where Jinja takes piece after piece.
        block = f"context.blocks[{node.name!r}][0]({self.get_context_ref()})"
        self.writeline(f"{frame.buffer}.extend({block})", node)

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
