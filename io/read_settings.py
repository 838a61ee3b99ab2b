"""The keys of 基本设置: centre, preset and period read here, the rest handed to the policy as raw values."""

from difflib import get_close_matches

from zhiban.io.cell_text import clean_header
from zhiban.io.cells import BadCellError, Context, Value, cell_text, read_cell, setting_value
from zhiban.io.raw_workbook import RawCell
from zhiban.io.read_sheet import SheetReading
from zhiban.io.sheet_parts import Column, Kind
from zhiban.io.sheets_people import SETTINGS
from zhiban.model.errors import Complaint
from zhiban.model.inputs import Inputs
from zhiban.model.policy import preset_names, settings

CENTER = Column("中心名称", "center", Kind.NAME, "中心名称，印在各表标题上", "某某县政务服务中心", required=True)
PRESET = Column("服务方案", "preset", Kind.CHOICE, "按哪个方案服务", "淄博2024", required=True, choices=preset_names())
FIRST = Column("开始日期", "first", Kind.DATE, "排班的第一天", "2026-11-01", required=True)
LAST = Column("结束日期", "last", Kind.DATE, "排班的最后一天（含）", "2026-11-30", required=True)
OWN_KEYS = {column.header: column for column in (CENTER, PRESET, FIRST, LAST)}
"""The required keys, which are no part of the policy."""


def read_settings(reading: SheetReading, inputs: Inputs, epoch_1904: bool = False) -> list[Complaint]:
    """Lay the sheet's keys into `inputs`; unknown, doubled and missing keys are told, and values that do not read."""
    return _SettingsReader(reading, inputs, epoch_1904).read()


class _SettingsReader:
    """The state of reading the keys of one sheet."""

    def __init__(self, reading: SheetReading, inputs: Inputs, epoch_1904: bool) -> None:
        self._reading = reading
        self._inputs = inputs
        self._epoch_1904 = epoch_1904
        self._complaints: list[Complaint] = []
        self._rows: dict[str, int] = {}

    def read(self) -> list[Complaint]:
        known = (*OWN_KEYS, *settings())
        for row in self._reading.rows:
            if "项目" in row.bad:
                continue
            key = clean_header(str(row.values["key"]))
            if key not in known:
                self._tell_unknown(row.number, key, known)
            elif key in self._rows:
                text = f"项目“{key}”重复，与第 {self._rows[key]} 行相同"
                self._tell(row.number, "项目", key, text, "请只保留一行")
            else:
                self._rows[key] = row.number
                self._take(row.number, key, row.values.get("value"), "值" in row.bad)
        self._tell_missing()
        return self._complaints

    def _tell(self, row: int, column: str, value: str, text: str, advice: str) -> None:
        self._complaints.append(Complaint(SETTINGS.name, row, column, value, text, advice))

    def _tell_unknown(self, row: int, key: str, known: tuple[str, ...]) -> None:
        near = get_close_matches(key, known, n=1, cutoff=0.5)
        guess = f"，是否为 {near[0]}？" if near else ""
        advice = f"请改为 {near[0]}" if near else f"请改为以下之一，或删去这一行：{'、'.join(known)}"
        self._tell(row, "项目", key, f"没有项目“{key[:40]}”{guess}", advice)

    def _take(self, row: int, key: str, cell: Value, bad: bool) -> None:
        self._inputs.setting_rows[key] = row
        if not isinstance(cell, RawCell):
            if key in OWN_KEYS and not bad:
                self._tell(row, "值", "", f"{key}没有填，这一项必填", f"请填写，如 {OWN_KEYS[key].example}")
            return
        if key not in OWN_KEYS:
            self._inputs.settings[key] = setting_value(cell)
            return
        try:
            value = read_cell(cell, OWN_KEYS[key], Context(self._epoch_1904))
        except BadCellError as error:
            self._tell(row, "值", cell_text(cell, self._epoch_1904), error.text, error.advice)
        else:
            setattr(self._inputs, OWN_KEYS[key].field, value)

    def _tell_missing(self) -> None:
        if "项目" not in self._reading.letters or "值" not in self._reading.letters:
            return
        for key, column in OWN_KEYS.items():
            if key not in self._rows:
                text = f"缺少必填的项目“{key}”"
                self._tell(0, "项目", key, text, f"请增加一行：{key}，值如 {column.example}（{column.help}）")
