"""Escaping of what templates print, in fewer steps.

`markupsafe.escape` makes a `Markup` of all it is given, so that nothing is escaped twice. What a
template prints is joined at once, so the text itself will do, and few texts hold anything to
escape: a page of a comparison prints a thousand.

Never: marks a text as safe.
"""

import re
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_find_special = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """Return a value as HTML: the same text as `markupsafe.escape`, not always as `Markup`."""
    kind = type(value)
    if kind is Markup or (kind is str and _find_special(value) is None):
        return value  # type: ignore[no-any-return]
    return escape(value)


class EscapingGenerator(CodeGenerator):
    """Compiles templates to code that escapes what it prints with `escaped` of its environment."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class EscapingEnvironment(Environment):
    """An environment whose templates escape with `escaped`."""

    code_generator_class = EscapingGenerator
    escaped = staticmethod(escaped)
