"""Static files → the bytes of an asset: copied, or joined without comments and needless spaces.

Never: changes what a style sheet or a script means; shortens a name.
"""

from collections.abc import Iterable

import rcssmin  # type: ignore[import-untyped] # the package brings no types
import rjsmin  # type: ignore[import-untyped] # as above

from alliance_site.plan import AssetForm


def asset_bytes(form: AssetForm, files: Iterable[bytes]) -> bytes:
    """Make an asset of its files.

    Args:
        form: What it is; a copy has one file.
        files: UTF-8 but for a copy, in the order in which they are joined.

    Source: rcssmin and rjsmin, which strip by the lexical rules of CSS and ECMAScript and give the
    same text on every machine.
    """
    joined = b"\n".join(files)
    match form:
        case AssetForm.COPY:
            return joined
        case AssetForm.STYLE:
            return bytes(rcssmin.cssmin(joined)) + b"\n"
        case AssetForm.SCRIPT:
            return bytes(rjsmin.jsmin(joined)) + b"\n"
