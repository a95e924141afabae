"""Template text → the names of the templates that it extends, includes and imports.

Never: renders; looks for the templates named.
"""

from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span

_REFERRING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class TemplateRefs(Struct, frozen=True):
    """What a template refers to: (name, line), in the order of the text."""

    names: tuple[tuple[str, int], ...] = ()


def find_template_refs(path: str, text: str) -> tuple[TemplateRefs, tuple[Diagnostic, ...]]:
    """Parse a template for its references.

    Returns:
        The references, and an error for a syntax fault or a computed name.
    """
    names, faults = _parsed(text)
    return TemplateRefs(names), tuple(
        Diagnostic(code=code, message=message, span=Span(path=path, line=line), hint=hint)
        for code, message, line, hint in faults
    )


_Fault = tuple[Code, str, int, str]


@lru_cache(maxsize=512)
def _parsed(text: str) -> tuple[tuple[tuple[str, int], ...], tuple[_Fault, ...]]:
    """Parse a text; one that was parsed before in this process is not parsed again."""
    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        message = (error.message or "cannot be parsed").rstrip(".").replace("'", "`")
        return (), ((Code.TEMPLATE_SYNTAX, message, error.lineno, ""),)
    names: list[tuple[str, int]] = []
    faults: list[_Fault] = []
    for node in tree.find_all(_REFERRING):
        template: nodes.Expr = getattr(node, "template")  # noqa: B009 - all four kinds have it
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            names.append((template.value, node.lineno))
        else:
            message = "a template's name is computed at run time, expected a text"
            code = Code.TEMPLATE_COMPUTED_NAME
            faults.append((code, message, node.lineno, code.hint))
    return tuple(names), tuple(faults)
