"""A worksheet that writes the three common kinds of cells with less ceremony; everything else is XlsxWriter's own.

A roster of 600 people has 125,000 cells, and XlsxWriter looks for characters to escape in every attribute of each.
Should a later XlsxWriter call this no more, the files stay the same and only take longer; a test compares the two.
"""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]


class QuickSheet(Worksheet):
    """Texts, numbers and blanks quickly."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:  # pyright: ignore
        """As `Worksheet.write_string`, by row and column alone."""
        return self._write_string(row, col, string, cell_format)  # pyright: ignore

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> Any:  # pyright: ignore
        """As `Worksheet.write_number`, by row and column alone."""
        return self._write_number(row, col, number, cell_format)  # pyright: ignore

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = cell.__class__.__name__
        if cell.format is None or kind not in ("String", "Number", "Blank"):
            super()._write_cell(row, col, cell)  # pyright: ignore
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')  # pyright: ignore
        elif kind == "Number":
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")  # pyright: ignore
        else:
            self.fh.write(f"{start}/>")  # pyright: ignore
