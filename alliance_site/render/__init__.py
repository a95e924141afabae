"""Room 6: targets → bytes.

Never: sees the site; loads a file.
"""

from alliance_site.render.assets import asset_bytes
from alliance_site.render.markup import Shelf
from alliance_site.render.pictures import encode_pictures, encodings_here
from alliance_site.render.search_text import SearchRecord, search_record
from alliance_site.render.tables import table_csv, table_json
from alliance_site.render.templates import CompiledTemplate, Renderer, take_compiled

__all__ = [
    "CompiledTemplate",
    "Renderer",
    "SearchRecord",
    "Shelf",
    "asset_bytes",
    "encode_pictures",
    "encodings_here",
    "search_record",
    "table_csv",
    "table_json",
    "take_compiled",
]
