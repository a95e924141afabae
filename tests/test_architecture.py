"""The direction of imports and the absence of cycles, and what no linter of ours sees.

Every import counts: at the top of a module, inside a function, under `if TYPE_CHECKING`. Ruff
holds the rest: pure rooms touch no disk, each `__all__` is sorted, no `# type: ignore` is bare.
"""

import ast
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

PACKAGE = "alliance_site"
PACKAGE_FOLDER = Path(__file__).resolve().parents[1] / PACKAGE
TEMPLATES_FOLDER = PACKAGE_FOLDER.parent / "templates"

GROUND = {
    *("as_json", "diagnostics", "ids", "paths", "pictures", "plain", "processors", "scan"),
    *("sealed", "typeface"),
}
STAGES = {"read", "prose", "model", "route", "view", "plan", "render", "write", "check"}

# Room → what it may import besides itself. The rooms stand in the order data flows.
MAY_IMPORT: Mapping[str, set[str]] = {
    "": set(),  # `alliance_site/__init__.py`
    "as_json": set(),
    "diagnostics": GROUND,
    "ids": set(),
    "paths": GROUND,
    "pictures": set(),
    "plain": set(),
    "processors": set(),
    "scan": set(),
    "sealed": set(),
    "typeface": set(),
    "quick": {"processors", "scan", "sealed"},
    "read": GROUND,
    "prose": GROUND | {"read"},
    "model": GROUND | {"read", "prose"},
    "route": GROUND | {"model", "read"},
    "chart": {"plain"},  # plain values in, SVG text out
    "view": GROUND | {"model", "route", "prose", "chart"},
    "plan": GROUND | {"view", "route", "read", "prose"},
    "render": GROUND | {"view", "plan", "prose", "chart"},
    "write": GROUND | {"plan"},
    "check": GROUND | {"model", "route", "plan", "read", "prose", "view"},
    "build": GROUND | STAGES,
    "report": GROUND,
    "serve": GROUND | {"build", "read", "report"},
    "guide": GROUND | {"model", "scan", "starter"},
    "starter": GROUND | {"read"},
    "importer": GROUND | {"model", "read"},
    "verify": GROUND | {"model", "prose", "route", "view", "render"},
    "cli": GROUND | {"build", "guide", "importer", "quick", "report", "serve", "starter", "verify"},
    "__main__": {"cli", "quick"},
}

# The records are the domain's own words, forty of them; a face that repeats each says nothing.
OPEN_MODULES = {f"{PACKAGE}.model.records", f"{PACKAGE}.model.comparison_records"}


def name_of(file: Path) -> str:
    """Give a file's full module name."""
    parts = file.relative_to(PACKAGE_FOLDER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in sorted(PACKAGE_FOLDER.rglob("*.py"))}
TREES = {module: ast.parse(file.read_bytes()) for module, file in MODULES.items()}


def room_of(module: str) -> str:
    """Give the room a module stands in; the package itself is in the room ``."""
    return module.split(".")[1] if "." in module else ""


def imported_by(tree: ast.AST, modules: Mapping[str, object]) -> Iterator[str]:
    """Find which of our modules a module imports, anywhere in it.

    `from room import name` imports the module `room.name` where there is one, else `room`.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else str(node.module) for name in full]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == PACKAGE)


def may_import(importer: str, imported: str) -> bool:
    """Say whether the table and the faces of the rooms allow an import."""
    room, other = room_of(importer), room_of(imported)
    if other == "":
        return True  # the package itself holds nothing
    if room == other:
        return imported != f"{PACKAGE}.{room}"  # inside a room, not by way of its own face
    is_face = imported == f"{PACKAGE}.{other}" or imported in OPEN_MODULES
    return other in MAY_IMPORT.get(room, set()) and is_face


IMPORTS = {module: sorted(set(imported_by(tree, MODULES))) for module, tree in TREES.items()}


def test_the_table_of_rooms_has_no_cycle() -> None:
    ground_first = {**MAY_IMPORT, **{room: set[str]() for room in GROUND}}
    assert len([*TopologicalSorter(ground_first).static_order()]) == len(MAY_IMPORT)


def test_every_module_stands_in_a_room_of_the_table() -> None:
    assert {room_of(module) for module in MODULES} <= MAY_IMPORT.keys()


def test_rooms_import_only_what_the_table_allows_and_only_by_the_face() -> None:
    found = [
        f"{module} imports {imported}"
        for module, all_imported in IMPORTS.items()
        for imported in all_imported
        if not may_import(module, imported)
    ]
    assert found == []


def test_modules_import_each_other_in_no_cycle() -> None:
    try:
        TopologicalSorter(IMPORTS).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]), pytrace=False)


def test_no_import_is_relative() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_every_room_that_is_a_package_states_its_face() -> None:
    rooms = [path.parent for path in MODULES.values() if path.name == "__init__.py"]
    faces = [name_of(room / "__init__.py") for room in rooms if room != PACKAGE_FOLDER]
    assert [face for face in faces if not has_face(TREES[face])] == []


def has_face(tree: ast.Module) -> bool:
    """Say whether a module gives `__all__` as a plain list of names."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    faces = [node.value for node in assigned if ast.unparse(node).startswith("__all__")]
    return len(faces) == 1 and isinstance(faces[0], ast.List | ast.Tuple)


def test_nothing_casts() -> None:
    found = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if is_cast(node)
    ]
    assert found == []


def is_cast(node: ast.AST) -> bool:
    """Recognise `typing.cast`, imported or by attribute."""
    match node:
        case ast.ImportFrom(module="typing", names=names):
            return any(alias.name == "cast" for alias in names)
        case ast.Attribute(value=ast.Name(id="typing"), attr="cast"):
            return True
        case _:
            return False


def template_faults(text: str) -> list[str]:
    """Find `safe` and every template named only at run time, each with its line."""
    # Their tags must be known for the text to parse, whether or not the theme has them on.
    tree = Environment(
        autoescape=True,
        extensions=["jinja2.ext.do", "jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
    ).parse(text)
    filters = [node for node in tree.find_all(nodes.Filter) if node.name == "safe"]
    references = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport
    return [
        *(f"{node.lineno}: `safe`: give the view's field the type `Markup`" for node in filters),
        *(
            f"{node.lineno}: a template name computed at run time"
            for node in tree.find_all(nodes.Stmt)
            if isinstance(node, references) and not isinstance(node.template, nodes.Const)
        ),
    ]


def test_templates_trust_no_text_and_name_their_templates_plainly() -> None:
    found = [
        f"{file.relative_to(TEMPLATES_FOLDER)}:{fault}"
        for file in sorted(TEMPLATES_FOLDER.rglob("*"))
        if file.is_file()
        for fault in template_faults(file.read_text("utf-8"))
    ]
    assert found == []


# That the questions above can be answered with no:


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("alliance_site.model.records", "alliance_site.route"),
        ("alliance_site.render.templates", "alliance_site.route"),
        ("alliance_site.view.article", "alliance_site.model.site"),
        ("alliance_site.read.files", "alliance_site.read"),
        ("alliance_site.build", "alliance_site.cli"),
        ("alliance_site.paths", "alliance_site.read"),
        ("alliance_site.helpers", "alliance_site.read"),
    ],
)
def test_an_import_is_refused(importer: str, imported: str) -> None:
    assert not may_import(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("alliance_site.model.resolve", "alliance_site.model.records"),
        ("alliance_site.view.article", "alliance_site.model"),
        ("alliance_site.route", "alliance_site.diagnostics"),
        ("alliance_site.__main__", "alliance_site.cli"),
    ],
)
def test_an_import_is_allowed(importer: str, imported: str) -> None:
    assert may_import(importer, imported)


@pytest.mark.parametrize(
    "text",
    [
        "import alliance_site.read",
        "from alliance_site import read",
        "from alliance_site.read import read_site",
        "def later():\n    from alliance_site.read import read_site",
        "if TYPE_CHECKING:\n    import alliance_site.read as disk",
    ],
)
def test_every_form_of_import_counts(text: str) -> None:
    modules = {"alliance_site": None, "alliance_site.read": None}
    assert [*imported_by(ast.parse(text), modules)] == ["alliance_site.read"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ body | safe }}",
        "{% filter safe %}<b>{% endfilter %}",
        "{% include name %}",
        "{% extends 'pages/' ~ kind %}",
        "{% from ['a.html', 'b.html'] import card %}",
    ],
)
def test_a_template_is_refused(text: str) -> None:
    assert len(template_faults(text)) == 1


def test_a_template_that_names_its_templates_is_accepted() -> None:
    text = "{% extends 'base.html' %}{% from 'components/card.html' import card %}{{ body }}"
    assert template_faults(text) == []


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    passed_over = request.config.getini("norecursedirs")
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}
    names = {part for folder in folders for part in folder.relative_to(Path(__file__).parent).parts}
    assert "build" in names
    assert [name for name in names for rule in passed_over if fnmatch(name, rule)] == []
