"""The templates: what they refer to, and the code that they are compiled to.

In a first build a process of its own reads and compiles them while this one does what needs no
template; every worker would compile them for itself otherwise.

Never: renders.
"""

from contextlib import ExitStack

from alliance_site.build.crew import Helper, can_fork
from alliance_site.build.inputs import KnownRefs, Templates, find_templates
from alliance_site.diagnostics import Diagnostic
from alliance_site.processors import processors
from alliance_site.read import Inputs
from alliance_site.render import CompiledTemplate, Renderer

Found = tuple[Templates, tuple[Diagnostic, ...]]


class Compiling:
    """Reads and compiles templates; what the process of their own works with.

    Args:
        inputs: Every input.
        known: What templates refer to that were parsed before.
    """

    def __init__(self, inputs: Inputs, known: KnownRefs) -> None:
        """Begin with nothing read."""
        self._inputs = inputs
        self._known = known
        self._texts: dict[str, str] = {}

    def find(self) -> Found:
        """Find what every template refers to."""
        templates, faults = find_templates(self._inputs, self._known)
        self._texts = dict(templates.texts)
        return templates, faults

    def compile(self) -> list[CompiledTemplate]:
        """Compile them; one with a fault is left out."""
        return Renderer(self._texts, {}, {}).compile()


class Theme:
    """The templates of a site, read ahead where that is worth a process.

    Args:
        inputs: Every input.
        known: What templates refer to that were parsed before.
        jobs: How many workers; 0 for one a processor.
        stack: Ends the process.
    """

    def __init__(self, inputs: Inputs, known: KnownRefs, jobs: int, stack: ExitStack) -> None:
        """Begin to read and compile them."""
        self._compiling = Compiling(inputs, known)
        self._helper: Helper | None = None
        self._stack = ExitStack()
        stack.callback(self._stack.close)
        if not known and (jobs or processors()) > 1 and can_fork():
            self._helper = self._stack.enter_context(Helper(self._compiling))
            self._helper.begin("find")
            self._helper.begin("compile")
        self._is_found = False

    def find(self) -> Found:
        """Find what every template refers to."""
        self._is_found = True
        found: Found = self._compiling.find() if self._helper is None else self._helper.finish()
        return found

    def compiled(self) -> list[CompiledTemplate]:
        """Hand over the code of those that were compiled ahead, and end the process."""
        codes: list[CompiledTemplate] = []
        if self._helper is not None and self._is_found:
            codes = self._helper.finish()
        self._helper = None
        self._stack.close()
        return codes
