"""Template text → the names of the templates that it extends, includes and imports.

Never: renders; looks for the templates named.
"""

from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from alliance_site.diagnostics import Code, Diagnostic, Span

_REFERRING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


@dataclass(frozen=True, slots=True)
class TemplateRefs:
    """What a template refers to: (name, line), in the order of the text."""

    names: tuple[tuple[str, int], ...] = ()


def find_template_refs(path: str, text: str) -> tuple[TemplateRefs, tuple[Diagnostic, ...]]:
    """Parse a template for its references.

    Returns:
        The references, and an error for a syntax fault or a computed name.
    """
    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        return TemplateRefs(), (
            Diagnostic(
                code=Code.TEMPLATE_SYNTAX,
                message=(error.message or "cannot be parsed").rstrip(".").replace("'", "`"),
                span=Span(path=path, line=error.lineno),
            ),
        )
    names: list[tuple[str, int]] = []
    faults = []
    for node in tree.find_all(_REFERRING):
        template: nodes.Expr = getattr(node, "template")  # noqa: B009 - all four kinds have it
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            names.append((template.value, node.lineno))
        else:
            faults.append(
                Diagnostic(
                    code=Code.TEMPLATE_COMPUTED_NAME,
                    message="a template's name is computed at run time, expected a text",
                    span=Span(path=path, line=node.lineno),
                    hint=Code.TEMPLATE_COMPUTED_NAME.hint,
                )
            )
    return TemplateRefs(tuple(names)), tuple(faults)
