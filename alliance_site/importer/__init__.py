"""The edge that takes in what others publish: CSV files → the files of a comparison.

A mapping in YAML says which column is what; nothing here knows a certain index.

Never: drops a name; a row that finds no criterion, or a value without a meaning, is reported.
"""

from alliance_site.importer.run import Imported, import_comparison

__all__ = ["Imported", "import_comparison"]
