"""Input files by what they are: records, templates, static files.

Never: opens a file itself (that is `read`).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from alliance_site.diagnostics import Diagnostic, Span
from alliance_site.paths import InputPath, OutputPath
from alliance_site.plan import AssetForm, AssetTarget, TemplateSource, check_references, closure_of
from alliance_site.read import (
    InputFile,
    Inputs,
    TemplateRefs,
    decode,
    find_template_refs,
)
from alliance_site.render import asset_bytes

_FIRST_STYLES = {"css/tokens.css": 0, "css/base.css": 1}


class Templates(Struct, frozen=True, kw_only=True):
    """All templates, with what each refers to.

    Attributes:
        sources: By name.
        references: By name.
        texts: By name.
    """

    sources: Mapping[str, TemplateSource]
    references: Mapping[str, TemplateRefs]
    texts: Mapping[str, str]

    def paths(self) -> dict[str, str]:
        """Return the input each template comes from, by name."""
        return {name: item.path for name, item in self.sources.items()}


class Assets(Struct, frozen=True, kw_only=True):
    """What static files become.

    Attributes:
        stylesheets: Page template → `css/` put together, without the components that neither the
            template nor anything it refers to names.
        scripts: `js/` put together: the theme's, then the site's own. They are two files, for one
            that a browser cannot parse does nothing at all.
        others: Every other file, copied under its own name.
    """

    stylesheets: Mapping[str, AssetTarget]
    scripts: tuple[AssetTarget, ...]
    others: tuple[AssetTarget, ...]

    def all(self) -> tuple[AssetTarget, ...]:
        """List them, each once."""
        sheets = {sheet.path: sheet for sheet in self.stylesheets.values()}
        return (*sheets.values(), *self.scripts, *self.others)


def _below(inputs: Inputs, folder: str) -> Iterable[tuple[str, InputFile]]:
    """Yield the files of a folder, the site's or the theme's, by their names in it."""
    for file in inputs.of_theme:
        inner = file.path.removeprefix("theme/")
        if inner.startswith(folder):
            yield inner.removeprefix(folder), file


KnownRefs = Mapping[str, Sequence[tuple[str, int]]]
"""Digest of a template → what it refers to, of templates without faults."""


def find_templates(inputs: Inputs, known: KnownRefs) -> tuple[Templates, tuple[Diagnostic, ...]]:
    """Find what every template refers to.

    Args:
        inputs: Every input.
        known: What templates refer to that were parsed before.
    """
    sources: dict[str, TemplateSource] = {}
    references: dict[str, TemplateRefs] = {}
    texts: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for name, file in _below(inputs, "templates/"):
        text, found = decode(file.path, file.data)
        faults += found
        texts[name] = text or ""
        if file.digest in known:
            references[name] = TemplateRefs(tuple(known[file.digest]))
        else:
            references[name], wrong = find_template_refs(file.path, texts[name])
            faults += wrong
        sources[name] = TemplateSource(name, file.path, file.digest)
    faults += check_references(sources, references)
    return Templates(sources=sources, references=references, texts=texts), tuple(faults)


def digest_of_theme(inputs: Inputs) -> str:
    """Digest all templates and static files, by path."""
    named = []
    for file in inputs.of_theme:
        if not file.is_known:
            file.read()  # for its digest alone, as below
        named.append(f"{file.path} {file.digest}")
    return hashlib.sha256("\n".join(named).encode("utf-8", "surrogatepass")).hexdigest()


def static_files(inputs: Inputs) -> Iterable[tuple[str, InputFile]]:
    """Yield the files that are copied, by their names in the output."""
    for name, file in _below(inputs, "static/"):
        if not (_is_style(name) or _is_script(name)):
            yield name, file


def _is_style(name: str) -> bool:
    return name.startswith("css/") and name.endswith(".css")


def _is_script(name: str) -> bool:
    return name.startswith("js/") and name.endswith(".js")


def find_assets(inputs: Inputs, templates: Templates) -> Assets:
    """Tell style sheets and scripts from the files that are copied.

    What is put together is named for its bytes, so that browsers may keep it for ever. Tokens come
    first, then what they are used by, then all else in the order of names.
    """
    styles: list[tuple[str, InputFile]] = []
    scripts: list[tuple[str, InputFile]] = []
    for name, file in _below(inputs, "static/"):
        if _is_style(name):
            styles.append((name, file))
        elif _is_script(name):
            scripts.append((name, file))
    styles.sort(key=lambda item: (_FIRST_STYLES.get(item[0], len(_FIRST_STYLES)), item[0]))
    scripts.sort(key=lambda item: item[0])
    return Assets(
        stylesheets=_stylesheets(styles, templates),
        scripts=tuple(_scripts(scripts)),
        others=tuple(_copied(name, file) for name, file in static_files(inputs)),
    )


def _copied(name: str, file: InputFile) -> AssetTarget:
    if not file.is_known:
        file.read()  # for its digest alone: the bytes of all photographs do not fit into memory
    return AssetTarget(OutputPath(name), (file.path,), (file.digest,))


def _scripts(scripts: Sequence[tuple[str, InputFile]]) -> Iterator[AssetTarget]:
    """Put together the scripts of the theme, and those of the site."""
    of_theme = [item for item in scripts if item[1].path.startswith("theme/")]
    own = [item for item in scripts if item not in of_theme]
    for part in (of_theme, own):
        if part:
            yield _joined(part, AssetForm.SCRIPT, "js")


def _stylesheets(
    styles: Sequence[tuple[str, InputFile]], templates: Templates
) -> dict[str, AssetTarget]:
    """Put together, for each page template, the styles that its pages can need.

    A component's styles are named as its macro, so that they are needed where the template reaches
    that macro's file, or names a class so, itself or in what it refers to. All other styles always
    are.
    """
    classes = {name: _classes_in(text) for name, text in templates.texts.items()}
    found: dict[str, AssetTarget] = {}
    made: dict[tuple[str, ...], AssetTarget] = {}
    for name in templates.texts:
        if name.startswith("pages/"):
            reached = closure_of(name, templates.sources, templates.references)
            named = {PurePosixPath(item).stem for item in reached}.union(
                *(classes[item] for item in reached)
            )
            needed = [item for item in styles if _component(item[0]) in {"", *named}]
            key = tuple(item[0] for item in needed)
            if key not in made:
                made[key] = _joined(needed, AssetForm.STYLE, "css")
            found[name] = made[key]
    return found


def _classes_in(template: str) -> set[str]:
    """Return the words of class attributes, and those quoted in code: a class may be one."""
    written = _CLASS.findall(template)
    given = (text for code in _CODE.findall(template) for text in _QUOTED.findall(code))
    return {word for text in (*written, *given) for word in _WORD.findall(text)}


_CLASS = re.compile(r'\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*+)"', re.DOTALL)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"""["']([\w -]+)["']""")
_WORD = re.compile(r"[\w-]+")
_COMPONENTS = "css/components/"


def _component(style: str) -> str:
    """Return the component that a style sheet is for; empty where it is for all pages."""
    is_one = style.startswith(_COMPONENTS)
    return style.removeprefix(_COMPONENTS).removesuffix(".css") if is_one else ""


def _joined(named: Sequence[tuple[str, InputFile]], form: AssetForm, ending: str) -> AssetTarget:
    files = [file for _, file in named]
    data = asset_bytes(form, (file.data for file in files))
    path = OutputPath(f"assets/site-{hashlib.sha256(data).hexdigest()[:10]}.{ending}")
    paths = tuple(file.path for file in files)
    return AssetTarget(path, paths, tuple(file.digest for file in files), form)


def excerpts_of(diagnostics: Iterable[Diagnostic], inputs: Inputs) -> dict[Span, str]:
    """Take the line that each span points at."""
    found: dict[Span, str] = {}
    for item in diagnostics:
        for span in (item.span, *(place for place, _ in item.related)):
            file = inputs.get(InputPath(span.path))
            if file is not None and span.line:
                text = file.data.decode("utf-8-sig", "replace")
                lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
                found[span] = lines[span.line - 1] if span.line <= len(lines) else ""
    return found
