"""A native chart of how the duties are shared, under a table."""

from collections.abc import Sequence

from zhiban.io.look import UNIT_PIXELS, Page

HEIGHT = 400
COLORS = ("#5B8DB8", "#9CC3E5", "#2F5F8A", "#D98880", "#A9B7A0", "#C9A66B")


def insert_share_chart(
    page: Page, sheet: str, title: str, rows: tuple[int, int], names: int, columns: Sequence[int]
) -> None:
    """A stacked column per row of the table, one colour a column; it begins a page of its own.

    `names` is the column that holds the labels; the row above the table's first one holds the names of the series.
    Names and values are references to cells, so that no text of the data becomes a formula.
    """
    first, last = rows
    if last < first:
        return
    header = page.header_row
    chart = page.look.book.add_chart({"type": "column", "subtype": "stacked"})  # pyright: ignore
    for color, column in zip(COLORS, columns, strict=True):
        chart.add_series(  # pyright: ignore
            {
                "name": [sheet, header, column],
                "categories": [sheet, first, names, last, names],
                "values": [sheet, first, column, last, column],
                "fill": {"color": color},
                "gap": 60,
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 14, "bold": False}})  # pyright: ignore
    chart.set_legend({"position": "bottom"})  # pyright: ignore
    chart.set_x_axis({"num_font": {"size": 9, "rotation": -45 if last - first > 12 else 0}})  # pyright: ignore
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # pyright: ignore
    width = sum(page.widths) * UNIT_PIXELS + 5 * len(page.widths)
    chart.set_size({"width": int(width) - 10, "height": HEIGHT})  # pyright: ignore
    page.row += 1
    page.sheet.set_h_pagebreaks([page.row])
    page.sheet.insert_chart(page.row, 0, chart)  # pyright: ignore
