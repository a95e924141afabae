"""Outputs that are made of static files.

Never: holds the bytes of an output.
"""

from dataclasses import dataclass
from enum import StrEnum

from alliance_site.paths import InputPath, OutputPath


class AssetForm(StrEnum):
    """How the files of an asset become its bytes."""

    COPY = "copy"
    STYLE = "style"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class AssetTarget:
    """Files of `static/`: one as it is, or several put together without what only people need.

    Attributes:
        inputs: The files, in the order in which they are joined.
        digests: Their SHA-256, in the same order.
    """

    path: OutputPath
    inputs: tuple[InputPath, ...]
    digests: tuple[str, ...]
    form: AssetForm = AssetForm.COPY
