"""CSV text → rows by column, each with the line that it begins on.

Never: gives a column a meaning.
"""

import csv
import io
from collections.abc import Mapping

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span


class Row(Struct, frozen=True):
    """A row: its trimmed texts by column, and where it begins."""

    line: int
    texts: Mapping[str, str]


class CsvTable(Struct, frozen=True):
    """A file with a header: its columns in order, and its rows.

    Attributes:
        columns: As they are named; a name may be empty, or stand there twice, and then the rows
            hold the last of its columns.
        line: That of the header.
    """

    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int = 1

    @property
    def header(self) -> Span:
        """Point at the header."""
        return Span(path=self.path, line=self.line)

    def span(self, row: Row) -> Span:
        """Point at a row."""
        return Span(path=self.path, line=row.line)


def read_csv(path: str, text: str) -> tuple[CsvTable | None, tuple[Diagnostic, ...]]:
    """Read a table; names and values lose the spaces around them.

    Args:
        path: For reports.
        text: With line feeds; a cell in quotes may hold some.

    Returns:
        The table, or None where a row has more or fewer cells than the header.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    columns: tuple[str, ...] = ()
    header = 1
    rows: list[Row] = []
    faults: list[Diagnostic] = []
    line = 1
    for texts in reader:
        first, line = line, reader.line_num + 1
        cells = [cell.strip() for cell in texts]
        if not any(columns):
            columns, header = tuple(cells), first
        elif len(cells) != len(columns):
            message = f"the row has {len(cells)} cells, expected {len(columns)} as in the header"
            faults.append(
                Diagnostic(code=Code.WRONG_TYPE, message=message, span=Span(path=path, line=first))
            )
        elif any(cells):
            rows.append(Row(first, dict(zip(columns, cells, strict=True))))
    return (None if faults else CsvTable(path, columns, tuple(rows), header)), tuple(faults)
