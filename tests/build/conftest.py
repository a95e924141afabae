"""The small site, in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.build.small_site import SmallSite


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A small site that nobody has built yet."""
    return SmallSite.at(tmp_path / "site")


@pytest.fixture
def built(site: SmallSite) -> SmallSite:
    """A small site that has been built."""
    site.build()
    return site


@pytest.fixture
def another_disk(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, on another file system where this machine has one (Linux keeps /dev/shm)."""
    shared = Path("/dev/shm")  # noqa: S108 - it is meant
    with TemporaryDirectory(dir=shared if shared.is_dir() else tmp_path) as folder:
        yield Path(folder)
