"""Outputs that are copies of static files.

Never: holds the bytes of an output.
"""

from dataclasses import dataclass

from alliance_site.paths import InputPath, OutputPath


@dataclass(frozen=True, slots=True)
class AssetTarget:
    """Files of `static/`, one or several put together, as they are.

    Attributes:
        inputs: The files, in the order in which they are joined.
        digests: Their SHA-256, in the same order.
    """

    path: OutputPath
    inputs: tuple[InputPath, ...]
    digests: tuple[str, ...]
