"""Tables → CSV and JSON.

Never: chooses a column.
"""

import csv
import io

from alliance_site.as_json import readable
from alliance_site.view import Table


def table_csv(table: Table) -> bytes:
    """Write CSV: UTF-8, commas, a header row. Source: RFC 4180, with line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode()


def table_json(table: Table) -> bytes:
    """Write a JSON array of objects, one a line; missing values are null."""
    lines = (
        readable({key: value or None for key, value in zip(table.columns, row, strict=True)})
        for row in table.rows
    )
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()
