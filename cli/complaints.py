"""What is said of an input, for people (grouped by weight) and for programs."""

from collections.abc import Iterable

from zhiban.model.errors import Complaint

WEIGHTS = {
    "错误": "错误（须更正，更正前不能排班）",
    "提醒": "提醒（请核对，不影响排班）",
    "提示": "提示（供参考）",
}
"""The three weights in the order in which they are told, with their headings."""


def complaint_lines(complaints: Iterable[Complaint]) -> list[str]:
    """The complaints by weight, in sheet order within: the cell, what is wrong, and beneath what to do."""
    complaints = list(complaints)
    lines: list[str] = []
    for weight, heading in WEIGHTS.items():
        chosen = [complaint for complaint in complaints if complaint.weight == weight]
        if chosen:
            lines += ["", heading]
        for complaint in chosen:
            lines.append("  " + "  ".join(part for part in (complaint.cell, complaint.text) if part))
            if complaint.advice:
                lines.append(f"      {complaint.advice}")
    return lines[1:]


def tally(complaints: Iterable[Complaint]) -> dict[str, int]:
    """How many complaints there are of each weight."""
    counts = dict.fromkeys(WEIGHTS, 0)
    for complaint in complaints:
        counts[complaint.weight] += 1
    return counts


def complaint_data(complaint: Complaint) -> dict[str, object]:
    """A complaint as plain data."""
    return {
        "weight": complaint.weight,
        "cell": complaint.cell,
        "sheet": complaint.sheet,
        "row": complaint.row,
        "column": complaint.column,
        "value": complaint.value,
        "text": complaint.text,
        "advice": complaint.advice,
    }
