"""Code is an input: what a changed dependency makes otherwise is made again."""

import os
import shutil
from pathlib import Path

import rcssmin  # type: ignore[import-untyped] # the package brings no types

from tests.build.command import REPOSITORY, alliance_site
from tests.build.small_site import SmallSite, files_below


def test_a_dependency_that_is_patched_makes_again_what_it_changes(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    patched = tmp_path / "patched"
    patched.mkdir()
    module = Path(shutil.copy(rcssmin.__file__, patched))
    environment = {"PYTHONPATH": os.pathsep.join((str(patched), str(REPOSITORY)))}
    alliance_site("build", "-C", site.root, environment=environment)
    before = site.outputs()
    again = alliance_site("build", "-C", site.root, environment=environment)
    assert " 0 files written" in again.stdout

    with module.open("a", encoding="utf-8") as file:
        file.write(
            "\n_former = cssmin\ndef cssmin(style, **_):\n    return b'/**/' + _former(style)\n"
        )
    alliance_site("build", "-C", site.root, environment=environment)
    after = site.outputs()
    sheets = [name for name in after if name.startswith("assets/") and name.endswith(".css")]
    assert all(after[name].startswith(b"/**/") for name in sheets)
    assert sheets
    assert not set(sheets) & set(before)

    clean = ["build", "-C", site.root, "--no-cache", "-o", tmp_path / "clean"]
    alliance_site(*clean, environment=environment)
    assert files_below(tmp_path / "clean") == after
