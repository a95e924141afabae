"""Templates → what each depends on, from the names written in it.

Never: renders; follows a name that is computed at run time (that is an error).
"""

import hashlib
from collections.abc import Mapping

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.read import TemplateRefs


class TemplateSource(Struct, frozen=True):
    """A template's text, and the input it comes from."""

    name: str
    path: str
    digest: str


def check_references(
    sources: Mapping[str, TemplateSource], references: Mapping[str, TemplateRefs]
) -> tuple[Diagnostic, ...]:
    """Report every template that another asks for and that is not there."""
    faults = []
    for name, refs in references.items():
        for wanted, line in refs.names:
            if wanted not in sources:
                guess = nearest(wanted, sources)
                faults.append(
                    Diagnostic(
                        code=Code.TEMPLATE_MISSING,
                        message=f"`{wanted}` is no template",
                        span=Span(path=sources[name].path, line=line),
                        hint=f"did you mean `{guess}`?" if guess else Code.TEMPLATE_MISSING.hint,
                    )
                )
    return tuple(faults)


def closure_of(
    name: str,
    sources: Mapping[str, TemplateSource],
    references: Mapping[str, TemplateRefs],
) -> tuple[str, ...]:
    """Return a template and all that it extends, includes and imports, by name."""
    reached = {name}
    waiting = [name]
    while waiting:
        for wanted, _ in references[waiting.pop()].names:
            if wanted in sources and wanted not in reached:
                reached.add(wanted)
                waiting.append(wanted)
    return tuple(sorted(reached))


def closure_digests(
    sources: Mapping[str, TemplateSource], references: Mapping[str, TemplateRefs]
) -> dict[str, str]:
    """Digest each template together with all that it extends, includes and imports."""
    digests = {}
    for name in sources:
        reached = closure_of(name, sources, references)
        lines = "\n".join(f"{item} {sources[item].digest}" for item in reached)
        digests[name] = hashlib.sha256(lines.encode()).hexdigest()
    return digests
