"""Compares a built site with a clean build of the same inputs, byte by byte.

Never: changes the built site.
"""

import tempfile
from pathlib import Path

from msgspec.structs import replace

from alliance_site.build.options import BuildOptions, BuildResult, Progress
from alliance_site.build.run import build
from alliance_site.diagnostics import Code, NotExactError
from alliance_site.paths import OutputPath


def verify(options: BuildOptions, result: BuildResult, progress: Progress) -> int:
    """Build the site anew in a temporary folder, and compare it with what `result` left.

    Returns:
        How many files were compared.

    Raises:
        NotExactError: A file, or what the build remarked, differs.
    """
    with tempfile.TemporaryDirectory(prefix="alliance-site-") as name:
        aside = Path(name) / "site"
        clean = build(
            replace(options, output=aside, state=Path(name) / "state", use_cache=False), progress
        )
        paths = sorted(map(OutputPath, {*clean.left.outputs, *result.left.outputs}))
        wrong = [path for path in paths if not _are_equal(options.output_folder, aside, path)]
    remarks = [item for item in result.diagnostics if item.code is not Code.FOREIGN_FILE]
    if remarks != list(clean.diagnostics):
        wrong.append(OutputPath("(what the build remarks)"))
    if wrong:
        raise NotExactError(wrong)
    return len(paths)


def _are_equal(first: Path, second: Path, path: OutputPath) -> bool:
    one, other = first / path, second / path
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
