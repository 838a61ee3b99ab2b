"""A roster as one HTML page that works offline: calendar, filters, charts, tiers, problems, changes.

Data, styles and scripts are embedded; a content security policy lets nothing else in. Charts are drawn by Chart.js
(MIT), whose script lies beside this module.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from zhiban.io.atomic import written_whole
from zhiban.io.public_roster import PublicRoster, Published

SHOWN = ("calendar", "windows", "people", "duties", "leaves", "stand_ins", "bookings", "bank", "issues", "tiers",
         "info", "changes")  # fmt: skip
"""The tables that the page needs."""

UNUSED = {
    "duties": {"weekday", "day_class", "window_name", "name", "locked"},
    "leaves": {"name", "origin"},
}
"""What the page takes from elsewhere; left out to keep it small."""

MEANINGS = {
    "T1": "预约没有排足的人数",
    "T2": "值班没有排足的人数（比例方式为窗口数）",
    "T3": "开放岗位无人的时段数",
    "T4": "没有带班的日子（半天值班时为时段）",
    "T5a": "相对原值班表有改动的人数",
    "T5b": "相对原值班表改动的项数",
    "T6": "公平分数：各线各人（累计次数）²÷可参加的比例，合计；越小越均匀",
    "T7": "期末还没有调休的分钟",
    "T8": "没有满足的意愿，按权重合计",
    "T9": "零散的半天调休、午间值班当日只休半天、连续两周周末值班的合计",
}
"""What the value of a tier counts, in a sentence."""

SCRIPTS = ("chart", "script")
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")
_MARK = re.compile(r"\{\{(\w+)\}\}")


def html_text(roster: PublicRoster) -> str:
    """The whole page."""
    parts = {
        "title": html.escape(f"{roster.center}{_period(roster)}值班表"),
        "style": _resource("report.css"),
        "data": _data(roster),
        "license": _resource("chart.license.txt"),
        "chart": _SOURCE_MAP.sub("", _resource("chart.umd.min.js")),
        "script": _resource("report.js"),
    }
    parts["policy"] = (
        f"default-src 'none'; script-src {' '.join(_digest(parts[name]) for name in SCRIPTS)}; "
        f"style-src {_digest(parts['style'])}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return _MARK.sub(lambda found: parts[found[1]], _resource("report.html"))


def write_html(roster: PublicRoster, path: Path) -> None:
    """Write the page in UTF-8. `UsageError` when the file cannot be written."""
    with written_whole(path) as temporary:
        temporary.write_bytes(html_text(roster).encode())


def _resource(name: str) -> str:
    text = files("zhiban.io").joinpath(name).read_text("utf-8")
    return text.replace("\r\n", "\n")


def _digest(text: str) -> str:
    """The source expression of an embedded script or style (CSP level 2)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(roster: PublicRoster) -> str:
    """The data block. No < stands in it, so no text of the data can end the block or begin a comment."""
    made = next((item.content for item in roster.info if item.item == "现在"), "")
    data = {
        "period": f"{roster.first.isoformat()} 至 {roster.last.isoformat()}",
        "made": made,
        "edited": roster.edited,
        "meanings": MEANINGS,
        "tables": {name: _table(name, getattr(roster, name)) for name in SHOWN},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _table(name: str, records: Sequence[Published]) -> dict[str, Any]:
    """Rows without repeating the names of their fields."""
    left_out = UNUSED.get(name, set())
    rows = [record.model_dump(mode="json", by_alias=False, exclude=left_out) for record in records]
    return {"fields": list(rows[0]) if rows else [], "rows": [list(row.values()) for row in rows]}


def _period(roster: PublicRoster) -> str:
    """2026年11月, or both ends where the period spans several months."""
    first, last = roster.first, roster.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
