"""Outputs that are made of static files: copies, what is put together, sizes of pictures.

Never: holds the bytes of an output.
"""

from enum import StrEnum

from msgspec import Struct

from alliance_site.paths import InputPath, OutputPath
from alliance_site.pictures import Encoding


class AssetForm(StrEnum):
    """How the files of an asset become its bytes."""

    COPY = "copy"
    STYLE = "style"
    SCRIPT = "script"


class AssetTarget(Struct, frozen=True):
    """Files of `static/`: one as it is, or several put together without what only people need.

    Attributes:
        inputs: The files, in the order in which they are joined.
        digests: Their SHA-256, in the same order.
    """

    path: OutputPath
    inputs: tuple[InputPath, ...]
    digests: tuple[str, ...]
    form: AssetForm = AssetForm.COPY


class PictureTarget(Struct, frozen=True):
    """A photograph in one size and encoding.

    Attributes:
        input: The original.
        digest: SHA-256 of the original.
        width: In pixels.
        height: The same.
    """

    path: OutputPath
    input: InputPath
    digest: str
    encoding: Encoding
    width: int
    height: int
