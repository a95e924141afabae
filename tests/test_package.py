"""What is shipped: a wheel that carries the theme, and works where no checkout is."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.build.command import REPOSITORY, environment_with
from tests.build.small_site import SmallSite, files_below


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as it is released, by way of nothing but the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    ended = subprocess.run([*command, str(REPOSITORY)], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    """The names of the files in the wheel."""
    with ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment in which the wheel, and not the checkout, is installed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    site_packages = Path(paths["purelib"])
    here = sysconfig.get_path("purelib")
    # What it depends on comes from this environment; its own package stands before that.
    (site_packages / "dependencies.pth").write_text(f"{here}\n")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Without the last option pip would first uninstall the checkout from the environment in use.
    install += ["--no-deps", "--no-index", "--prefix", str(folder), "--ignore-installed"]
    install.append(str(wheel))
    subprocess.run(install, check=True)
    return Path(paths["scripts"]) / "alliance-site"


def run(command: Path, *arguments: object, cwd: Path) -> str:
    """Run the installed command, and return what it says; it must go well."""
    environment = environment_with({})
    del environment["PYTHONPATH"]
    python = command.with_name("python")
    ended = subprocess.run(
        [str(python), "-P", str(command), *map(str, arguments)],
        cwd=cwd,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_the_wheel_carries_the_whole_theme(names: frozenset[str]) -> None:
    for part in ("templates", "static"):
        theme = {f"alliance_site/theme/{part}/{name}" for name in files_below(REPOSITORY / part)}
        assert theme
        assert theme <= names


def test_the_wheel_carries_every_module_and_says_that_it_is_typed(names: frozenset[str]) -> None:
    modules = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "alliance_site").rglob("*.py")
    }
    assert modules | {"alliance_site/py.typed"} <= names


def test_the_wheel_carries_nothing_else(names: frozenset[str]) -> None:
    strays = {
        name
        for name in names
        if not name.startswith("alliance_site/") and ".dist-info/" not in name
    }
    assert strays == set()
    assert not any("__pycache__" in name for name in names)


def test_the_wheel_carries_its_licence(names: frozenset[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_installed_command_is_not_the_checkout(command: Path, tmp_path: Path) -> None:
    code = "import alliance_site; print(alliance_site.__file__)"
    found = subprocess.run(
        [str(command.with_name("python")), "-P", "-c", code],
        cwd=tmp_path,
        env={},
        check=True,
        capture_output=True,
        text=True,
    )
    assert str(REPOSITORY) not in found.stdout


def test_an_installed_command_starts_and_builds_a_site(command: Path, tmp_path: Path) -> None:
    run(command, "init", "mine", cwd=tmp_path)
    said = run(command, "build", "-C", "mine", "--strict", cwd=tmp_path)
    assert "files written" in said
    made = files_below(tmp_path / "mine/_site")
    assert b'rel="stylesheet"' in made["index.html"]
    assert "favicon.svg" in made
    assert " 0 files written" in run(command, "build", "-C", "mine", "--strict", cwd=tmp_path)
    run(command, "check", "-C", "mine", "--strict", cwd=tmp_path)


def test_an_installed_command_makes_the_bytes_of_the_checkout(
    command: Path, tmp_path: Path
) -> None:
    site = SmallSite.at(tmp_path / "site")
    options = ["--base-url", "https://example.org/harbour/"]
    run(command, "build", "-C", "site", *options, cwd=tmp_path)
    installed = site.outputs()
    site.build(output=site.root / "other")
    assert files_below(site.root / "other") == installed
