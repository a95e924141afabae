"""The Jinja environment and the one way a page is made: a template over a view.

A template sees `view` and nothing else. Undefined names are errors, and everything is escaped but
in plain text and Markdown (`.txt`, `.md`).

Never: loads a file; sees the site.
"""

import marshal
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from jinja2 import (
    BytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
    select_autoescape,
)
from jinja2.bccache import Bucket
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from alliance_site.as_json import compact
from alliance_site.chart import draw
from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.render.escaping import EscapingEnvironment
from alliance_site.render.markup import Shelf, block_html, citation_html, inline_html, json_text
from alliance_site.view import ChartView, ProseView, SocialImageView

if TYPE_CHECKING:
    from types import CodeType


class _Compiled(BytecodeCache):
    """The code of templates that this process has compiled, by their text.

    It lives in memory alone: code that lies on a disk could be a stranger's.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code, where there is one."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def packed(self) -> "list[CompiledTemplate]":
        """Return all of it, so that another process of this build can take it."""
        return [(*names, marshal.dumps(code)) for names, code in self._codes.items()]

    def take(self, codes: "Iterable[CompiledTemplate]") -> None:
        """Take what another process of this build has compiled."""
        for name, checksum, code in codes:
            self._codes[name, checksum] = marshal.loads(code)  # noqa: S302 - never of a disk


CompiledTemplate = tuple[str, str, bytes]
"""The code of a template: the key of its name, that of its text, and the code itself."""

_COMPILED = _Compiled()


def take_compiled(codes: Iterable[CompiledTemplate]) -> None:
    """Take templates that another process of this build has compiled."""
    _COMPILED.take(codes)


class Renderer:
    """Renders views; made once for a build and once in each worker.

    Args:
        templates: Template name → text.
        paths: Template name → the input it comes from, for diagnostics.
        shelf: Compiled texts, by key.
        font: Gives the bytes of the typeface; called when the first image is drawn.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        paths: Mapping[str, str],
        shelf: Shelf,
        font: Callable[[], bytes] = bytes,
    ) -> None:
        """Make the environment."""
        self._names = tuple(templates)
        self._paths = paths
        self._font = font
        self._environment = EscapingEnvironment(
            loader=FunctionLoader(partial(_load, templates)),
            undefined=_Undefined,
            autoescape=select_autoescape(disabled_extensions=("md", "txt"), default=True),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_COMPILED,
        )
        # What differs from one rendering to the next has no place in a page.
        for name in ("lipsum", "cycler", "joiner"):
            self._environment.globals.pop(name)
        self._environment.policies["json.dumps_function"] = _json
        for name in ("random", "safe"):
            self._environment.filters.pop(name)
        self._environment.filters |= {
            "prose": partial(block_html, shelf=shelf),
            "inline": partial(inline_html, shelf=shelf),
            "cite": citation_html,
            "drawn": _drawn,
            "jsontext": json_text,
            "feedtext": partial(_feed_text, shelf=shelf),
        }

    def compile(self) -> list[CompiledTemplate]:
        """Compile all templates but those with faults, which are told elsewhere."""
        for name in self._names:
            with suppress(TemplateSyntaxError):
                self._environment.get_template(name)
        return _COMPILED.packed()

    def render(self, template: str, view: Any) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Render one view.

        Returns:
            The page as UTF-8, or the bytes of an image, or nothing, and what is wrong with the
            template.
        """
        if isinstance(view, SocialImageView):
            return self._draw_image(view), ()
        try:
            text = self._environment.get_template(template).render(view=view)
        except TemplateSyntaxError as error:
            fault = self._fault(
                Code.TEMPLATE_SYNTAX, error.message or "", error.name or template, error.lineno
            )
            return b"", (fault,)
        except _FAILURES as error:
            name, line = _place_of(error, template)
            message = _VIEW_OBJECT.sub(r"`\1`", f"{error}").replace("'", "`")
            message = message or type(error).__name__
            fault = self._fault(Code.TEMPLATE_FAILED, message, name, line)
            return b"", (replace(fault, hint=_hint_on(error) or fault.hint),)
        return text.encode(), ()

    @cached_property
    def _draw_image(self) -> Callable[[SocialImageView], bytes]:
        from alliance_site.render.social import SocialImages  # noqa: PLC0415 - Pillow loads here

        return SocialImages(self._font()).draw

    def _fault(self, code: Code, message: str, name: str, line: int) -> Diagnostic:
        path = self._paths.get(name, name)
        return Diagnostic(
            code=code,
            message=message.rstrip(".").replace("'", "`"),
            span=Span(path=path, line=line),
            hint=code.hint,
        )


class _NoFieldError(UndefinedError):
    """A template asked a value for something that it does not have."""

    def __init__(self, value: Any, name: str, message: str) -> None:
        """Keep what was asked, and for what."""
        super().__init__(message)
        self.value = value
        self.name = name


class _Undefined(StrictUndefined):
    """Stands for what a value does not have, and says which value that was."""

    __slots__ = ()

    def __init__(self, *given: Any, **named: Any) -> None:
        """Keep what was asked, and for what."""
        super().__init__(*given, **named)
        made = partial(_NoFieldError, self._undefined_obj, f"{self._undefined_name}")
        self._undefined_exception = made  # type: ignore[assignment]  # it is called, as a class is


def _hint_on(error: Exception) -> str:
    """Name the field that was meant, or all that a view has; empty where no view was asked."""
    if not isinstance(error, _NoFieldError) or not isinstance(error.value, Struct):
        return ""
    names = [name for name in dir(type(error.value)) if not name.startswith("_")]
    guess = nearest(error.name, names)
    return f"did you mean `{guess}`?" if guess else f"it has {', '.join(names)}"


_FAILURES = (
    TemplateRuntimeError,
    UndefinedError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What an expression in a template can raise."""

_VIEW_OBJECT = re.compile(r"'[\w.]+\.(\w+) object'")


def _json(value: Any, **_: object) -> str:
    return compact(value)


def _load(templates: Mapping[str, str], name: str) -> tuple[str, str, None] | None:
    """Give a template with its name for a file name, so that tracebacks lead to it."""
    return (templates[name], name, None) if name in templates else None


def _place_of(error: Exception, template: str) -> tuple[str, int]:
    """Find the innermost template line in a traceback, which Jinja has rewritten to point there."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith((".html", ".json", ".md", ".txt", ".xml")):
            return frame.filename, frame.lineno or 0
    return template, 0


def _drawn(chart: ChartView, layouts: str = "narrow wide") -> Markup:
    """Draw a chart as SVG, once for each layout named."""
    return draw(
        chart.form,
        chart.title,
        chart.description,
        layouts=layouts.split(),
        is_mirrored=chart.is_mirrored,
    )


def _feed_text(prose: ProseView, shelf: Shelf) -> str:
    """Return HTML as a text, for a feed that holds it escaped."""
    return str(block_html(prose, shelf))
